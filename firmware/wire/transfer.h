/* One hop of a fetch: the easy handle with its limits and callbacks, and what it
 * received. All limits are set for every transfer; the configuration can lift none.
 * Worker thread. */
#ifndef MOTOGRAPH_WIRE_TRANSFER_H
#define MOTOGRAPH_WIRE_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

#include <curl/curl.h>

#include "base/config.h"
#include "wire/answer.h"
#include "wire/failure.h"
#include "wire/vet.h"

enum {
    TRANSFER_CONNECT_MS = 10 * 1000,
    TRANSFER_SLOW_BYTES = 100, /* a second, over TRANSFER_SLOW_S */
    TRANSFER_SLOW_S = 15,
    TRANSFER_HEADER_BYTES = 64 << 10,
    TRANSFER_SPILL_BYTES = 64 << 10 /* read and thrown away of a body that is of no use */
};

/* Why a callback ended it. */
enum transfer_stop {
    TRANSFER_ON,
    TRANSFER_FULL,     /* FEED_BODY_BYTES have come */
    TRANSFER_SPILL,    /* enough of a body that nobody wants */
    TRANSFER_HEADERS,  /* too many of them */
    TRANSFER_ENCODING, /* one we did not ask for */
    TRANSFER_MEMORY
};

struct transfer {
    CURLM *multi; /* while it runs in it, else NULL */
    CURL *easy;   /* owned; so too headers and body */
    struct curl_slist *headers;
    const struct config_source *source;
    const char *accept; /* borrowed: another header of that name, or NULL */
    bool own;           /* this hop is the operator's own host */
    enum transfer_stop stop;
    enum vet_class refused; /* the address it was kept from; VET_PUBLIC: none */
    size_t header_bytes, spilt_bytes;
    struct answer answer;
    char error[CURL_ERROR_SIZE];
    char *body; /* decoded; of 2xx answers only */
    size_t length, room;
};

/* Makes the handle for SOURCE (which must outlive it), with USER as its CURLOPT_PRIVATE;
 * FRESH asks for a new connection. False if memory is short. */
bool transfer_init(struct transfer *transfer, const struct config_source *source,
                   bool fresh, void *user);

/* Starts getting URL in MULTI. OWN says that it is at the operator's host: only then are
 * the source's trust, login and headers used. VALIDATORS make it conditional. It ends
 * after TIMEOUT_MS at the latest. */
enum failure transfer_start(struct transfer *transfer, CURLM *multi, const char *url,
                            bool own, const struct answer_validators *validators,
                            long timeout_ms);

/* Takes it out of its multi handle, at once, finished or not. */
void transfer_leave(struct transfer *transfer);

/* The failure libcurl reported with CODE, and in DETAIL its reason where that helps. */
enum failure transfer_failure(const struct transfer *transfer, CURLcode code,
                              char detail[FAILURE_DETAIL_BYTES]);

/* Stops and frees it. A zeroed one is fine. */
void transfer_fini(struct transfer *transfer);

#endif
