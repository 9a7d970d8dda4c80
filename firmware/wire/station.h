/* One source as the worker keeps it: where it is, when it is due, what it said last.
 * Takes what a fetch or a file brought, tells the outbox, plans the next time, and logs a
 * line when its state changes, never at each retry. Worker thread. */
#ifndef MOTOGRAPH_WIRE_STATION_H
#define MOTOGRAPH_WIRE_STATION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "wire/answer.h"
#include "wire/failure.h"
#include "wire/fetch.h"
#include "wire/health.h"
#include "wire/local.h"
#include "wire/outbox.h"
#include "wire/place.h"
#include "wire/schedule.h"
#include "wire/shelf.h"

struct station {
    const struct config_source *source;
    uint16_t index;
    struct place place;
    char *found; /* owned: the feed that the page at place offers, asked instead of it */
    struct schedule schedule;
    struct answer_validators validators; /* of what the desk holds */
    struct local_stamp stamp;            /* of a file */
    uint64_t folder_state;               /* of a folder; 0 = not read yet */
    struct shelf shelf;                  /* for the disk */
    struct health health;                /* for those who ask */
    enum failure failure;                /* of the last attempt */
    bool declined; /* the offered feed was of no use: the page itself is taken */
    bool busy;     /* a fetch is under way */
    bool held;     /* the desk has its content */
    bool was_feed; /* it has delivered a feed */
    bool insisted; /* asked again because "not modified" cannot be */
};

/* What stations share. */
struct station_desk {
    struct outbox *outbox;
    const atomic_bool *quit;
    struct message_stamp stamp;
    const struct cache *cache;
    struct health_counts *counts; /* of all; NULL = nobody counts */
};

/* SOURCE must outlive it. False if memory is short; a bad address is a failure of its
 * own, reported by station_open(). */
bool station_init(struct station *station, const struct config_source *source,
                  uint16_t index, uint64_t seed, int64_t now_ms);

/* Frees what it owns. A zeroed one is fine. */
void station_fini(struct station *station);

/* Says MESSAGE_FAILED and why if its address is bad: it will never be due. */
void station_open(struct station *station, const struct station_desk *desk);

/* Forgets what makes its next fetch conditional, and makes it due: all it has is to be delivered
 * anew. What it is known to be (a feed, a page that offers one) stays. */
void station_renew(struct station *station, int64_t now_ms);

/* Makes it due no later than its interval, which may have changed, says. */
void station_hasten(struct station *station, int64_t now_ms);

/* Delivers what the disk has of it (web sources only): headlines as the source gave them last,
 * then MESSAGE_CACHED; its first fetch is conditional then. */
void station_recall(struct station *station, const struct station_desk *desk);

/* Looks at its file or folder, and reads and delivers it if it has changed. The outbox
 * must be empty. */
void station_read(struct station *station, const struct station_desk *desk,
                  int64_t now_ms);

/* What its next fetch shall be. */
struct fetch_order station_order(const struct station *station);

/* Takes the end of its fetch. The outbox must be empty. */
void station_take(struct station *station, const struct station_desk *desk,
                  const struct fetch_result *result, int64_t now_ms);

/* Its fetch could not even begin. */
void station_fail(struct station *station, const struct station_desk *desk,
                  enum failure failure, int64_t now_ms);

#endif
