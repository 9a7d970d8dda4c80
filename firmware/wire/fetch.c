/* Redirects are followed here, hop by hop, not by libcurl: so each target is judged
 * before it is asked (redirect.c), and only the operator's own host sees his password and
 * headers. */
#include "wire/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/place.h"
#include "wire/redirect.h"
#include "wire/transfer.h"

struct fetch {
    struct transfer transfer; /* of this hop */
    struct answer_validators validators;
    const char *first; /* the operator's URL */
    char *url;         /* this hop's; owned */
    int64_t started_ms;
    int hops; /* redirects followed so far */
    struct fetch_result result;
};

static const enum failure of_stop[] = {
    [TRANSFER_ON] = FAILURE_NONE,           [TRANSFER_FULL] = FAILURE_NONE,
    [TRANSFER_SPILL] = FAILURE_NONE,        [TRANSFER_HEADERS] = FAILURE_HEADERS,
    [TRANSFER_ENCODING] = FAILURE_ENCODING, [TRANSFER_MEMORY] = FAILURE_MEMORY,
};

/* Starts the hop at fetch->url. */
static enum failure start_hop(struct fetch *fetch, CURLM *multi, bool own, int64_t now_ms)
{
    int64_t left_ms = FETCH_TOTAL_MS - fetch_age_ms(fetch, now_ms);
    if (left_ms <= 0) {
        return FAILURE_TIMEOUT;
    }
    return transfer_start(&fetch->transfer, multi, fetch->url, own, &fetch->validators,
                          (long)left_ms);
}

static void fail(struct fetch *fetch, enum failure failure, const char *detail)
{
    fetch->result.failure = failure;
    snprintf(fetch->result.detail, sizeof fetch->result.detail, "%s", detail);
}

/* Goes on to LOCATION, where an answer or a page points. False: it does not, and the result
 * says why. */
static bool follow(struct fetch *fetch, CURLM *multi, const char *location, bool own,
                   int64_t now_ms)
{
    struct redirect redirect;
    if (fetch->hops >= REDIRECT_MOST) {
        fail(fetch, FAILURE_REDIRECTS, "");
        return false;
    }
    if (!redirect_judge(&redirect, fetch->first, fetch->url, location)) {
        fail(fetch, FAILURE_REDIRECT_REFUSED, redirect.reason);
        return false;
    }
    /* Once away from the operator's host, nothing brings its trust back: a foreign page
     * may not choose where on it to go. */
    own = own && redirect.own;
    char *url = strdup(redirect.url);
    redirect_fini(&redirect);
    if (!url) {
        fail(fetch, FAILURE_MEMORY, "");
        return false;
    }
    free(fetch->url);
    fetch->url = url;
    fetch->hops++;
    fail(fetch, start_hop(fetch, multi, own, now_ms), "");
    return fetch->result.failure == FAILURE_NONE;
}

struct fetch *fetch_new(CURLM *multi, const struct fetch_order *order, void *user,
                        int64_t now_ms, enum failure *failure)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);
    *failure = FAILURE_MEMORY;
    if (!fetch) {
        return NULL;
    }
    fetch->first = order->url;
    fetch->started_ms = now_ms;
    fetch->url = strdup(order->url);
    if (order->validators) {
        fetch->validators = *order->validators;
    }
    if (transfer_init(&fetch->transfer, order->source, order->fresh, user) &&
        fetch->url) {
        fetch->transfer.accept = order->accept;
        if (order->found) {
            follow(fetch, multi, order->found, true, now_ms);
            *failure = fetch->result.failure;
        } else {
            *failure = start_hop(fetch, multi, !order->foreign, now_ms);
        }
    }
    if (*failure) {
        fetch_free(fetch);
        return NULL;
    }
    return fetch;
}

static bool is_redirect(const struct answer *answer)
{
    int s = answer->status;
    return answer->located && (s == 301 || s == 302 || s == 303 || s == 307 || s == 308);
}

/* The result of the last hop. */
static void conclude(struct fetch *fetch, CURLcode code)
{
    const struct transfer *t = &fetch->transfer;
    struct fetch_result *result = &fetch->result;
    enum failure status_failure = failure_of_status(t->answer.status);
    if (of_stop[t->stop]) {
        fail(fetch, of_stop[t->stop], "");
    } else if (t->answer.status >= 300 && status_failure) {
        /* After a status that says no, the body's fate does not matter. */
        result->failure = status_failure;
        snprintf(result->detail, sizeof result->detail, "HTTP %d", t->answer.status);
    } else if (code != CURLE_OK && t->stop == TRANSFER_ON) {
        result->failure = transfer_failure(t, code, result->detail);
        if (result->failure == FAILURE_ADDRESS_REFUSED && fetch->hops > 0) {
            result->failure = FAILURE_REDIRECT_REFUSED;
        }
    } else if (t->answer.status < 200) {
        fail(fetch, FAILURE_PROTOCOL, "");
    } else {
        fail(fetch, FAILURE_NONE, "");
    }
}

static void show(struct fetch *fetch)
{
    struct fetch_result *result = &fetch->result;
    /* Links resolve on it, and end on screens: without the operator's password. */
    place_strip(fetch->url);
    result->answer = &fetch->transfer.answer;
    result->url = fetch->url;
    result->body = fetch->transfer.body;
    result->length = fetch->transfer.length;
    result->full = fetch->transfer.stop == TRANSFER_FULL;
}

bool fetch_step(struct fetch *fetch, CURLcode code, int64_t now_ms)
{
    CURLM *multi = fetch->transfer.multi;
    transfer_leave(&fetch->transfer);
    if (of_stop[fetch->transfer.stop] || !is_redirect(&fetch->transfer.answer)) {
        conclude(fetch, code);
    } else if (follow(fetch, multi, fetch->transfer.answer.location, fetch->transfer.own,
                      now_ms)) {
        return false;
    }
    show(fetch);
    return true;
}

void fetch_adopt(struct fetch *fetch, const struct config_source *source)
{
    fetch->transfer.source = source;
}

void fetch_expire(struct fetch *fetch)
{
    transfer_leave(&fetch->transfer);
    fail(fetch, FAILURE_TIMEOUT, "");
    show(fetch);
}

int64_t fetch_age_ms(const struct fetch *fetch, int64_t now_ms)
{
    return now_ms - fetch->started_ms;
}

const struct fetch_result *fetch_result(const struct fetch *fetch)
{
    return &fetch->result;
}

void fetch_free(struct fetch *fetch)
{
    if (fetch) {
        transfer_fini(&fetch->transfer);
        free(fetch->url);
        free(fetch);
    }
}
