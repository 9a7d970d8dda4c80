/* One look at a source, for a person who wants to know how it does: fetched and parsed as the worker
 * would do it for the first time, the feed that a page offers included, and told of in numbers.
 * Nothing is kept. Any one thread. */
#ifndef MOTOGRAPH_WIRE_PROBE_H
#define MOTOGRAPH_WIRE_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/config.h"
#include "feed/feed.h"
#include "wire/failure.h"
#include "wire/line.h"
#include "wire/outbox.h"
#include "wire/place.h"

/* What came of it. */
struct probe_report {
    enum failure failure; /* failure_airs(): it would air */
    char detail[FAILURE_DETAIL_BYTES];
    int status;          /* of HTTP; 0 = none */
    enum feed_kind kind; /* so too the next three: of what was recognised */
    char title[FEED_TITLE_BYTES];
    char encoding[FEED_ENCODING_BYTES];
    char coding[64];     /* of the transfer: gzip; "" = none */
    size_t items, files; /* headlines; of a folder: files */
    int64_t newest; /* the date of the newest headline; HEADLINE_NO_TIME = none has one */
    char url[HEADLINE_LINK_BYTES +
             1];  /* where it was found in the end, if that is elsewhere */
    bool offered; /* and that is a feed which the page at its address offers */
    int64_t ms;   /* that it took */
};

struct probe {
    const struct config_source *source; /* borrowed */
    struct place place;                 /* owned, so too the next */
    char *found;
    struct outbox outbox; /* the headlines, until probe_fini */
    struct line *line;    /* while it is fetched */
    int64_t began_ms;
    bool begun, done;
    struct probe_report report; /* once it is done */
};

/* What is to be looked at. False if memory is short; probe_fini is needed all the same. */
bool probe_init(struct probe *probe, const struct config_source *source);
void probe_fini(struct probe *probe);

/* Begins, on a free LINE of LINES if it is on the web: what is a file is read at once. False if it
 * has to wait, because its host is being asked. */
bool probe_begin(struct probe *probe, struct lines *lines, struct line *line,
                 CURLM *multi, int64_t now_ms);

/* Takes the end of its fetch, where line->done. It may go on with the feed that a page offers. */
void probe_take(struct probe *probe, CURLM *multi, int64_t now_ms);

/* Ends it with FAILURE. */
void probe_end(struct probe *probe, enum failure failure, int64_t now_ms);

#endif
