/* A login page of a wireless network answers every request with "200 OK" and a page, or a
 * line of text; such a thing must never air as news. feed/ refuses pages that are no article
 * and no list of them; and where there once was a feed nothing less will do. */
#include "wire/delivery.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"

enum {
    FUTURE_S = 24 * 3600, /* a date further ahead is a mistake: it is taken as "now" */
};

struct sink {
    const struct delivery *delivery;
    struct outbox *outbox;
    const char *name; /* the operator's for the source, or "" */
    const char *lang; /* so too its language */
    uint16_t count;
    bool short_of_memory;
    struct message message;
};

static const char *given(const char *text)
{
    return text ? text : "";
}

/* What the operator calls it. A typed source has only its address for a name. */
const char *delivery_name(const struct config_source *source)
{
    if (*given(source->label)) {
        return source->label;
    }
    return source->typed ? "" : given(source->name);
}

static int64_t clamp_future(int64_t time, int64_t at)
{
    return clock_known(at) && time != HEADLINE_NO_TIME && time > at + FUTURE_S ? at
                                                                               : time;
}

static bool take(void *user, const struct headline *headline)
{
    struct sink *sink = user;
    const struct delivery *delivery = sink->delivery;
    struct headline *own = &sink->message.headline;
    if (atomic_load(delivery->quit) || sink->count >= HEADLINE_ITEMS) {
        return false;
    }
    memcpy(own, headline, headline_bytes(headline));
    own->source = delivery->index;
    /* After a restart the flash of an hour ago is still that. */
    bool written = delivery->since > 0 && clock_known(delivery->since) &&
                   delivery->since < delivery->at;
    own->first_seen = written ? delivery->since : delivery->at;
    own->flash = own->flash || delivery->flash;
    own->published = clamp_future(own->published, delivery->at);
    own->updated = clamp_future(own->updated, delivery->at);
    if (*sink->name) {
        headline_set(own, HEADLINE_SOURCE, sink->name, strlen(sink->name));
    }
    if (*sink->lang) {
        headline_set(own, HEADLINE_LANG, sink->lang, strlen(sink->lang));
    }
    if (delivery->stamp.call) {
        delivery->stamp.call(delivery->stamp.user, &sink->message);
    }
    if (!outbox_add(sink->outbox, &sink->message)) {
        sink->short_of_memory = true;
        return false;
    }
    sink->count++;
    return true;
}

static bool begins(const char *bytes, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length >= n && strncasecmp(bytes, word, n) == 0;
}

static bool is_page(const struct feed_input *input)
{
    const char *p = input->bytes;
    size_t left = input->length;
    if (begins(p, left, "\xef\xbb\xbf")) {
        p += 3, left -= 3;
    }
    while (left && strchr(" \t\r\n", *p) && *p) {
        p++, left--;
    }
    return begins(p, left, "<!doctype html") || begins(p, left, "<html");
}

/* The verdict on what feed_parse() found. */
static enum failure judge(const struct delivery *delivery, const struct feed_input *input,
                          const struct feed_info *info)
{
    bool feed =
        info->kind != FEED_UNKNOWN && info->kind != FEED_HTML && info->kind != FEED_TEXT;
    if (info->kind == FEED_UNKNOWN) {
        return delivery->broken ? delivery->broken
               : is_page(input) ? FAILURE_WEB_PAGE
                                : FAILURE_CONTENT;
    }
    if (info->kind == FEED_HTML && delivery->web &&
        (delivery->was_feed || delivery->found || info->items == 0)) {
        return FAILURE_WEB_PAGE;
    }
    if (!feed && (delivery->was_feed || delivery->found)) {
        return FAILURE_CONTENT;
    }
    if (delivery->broken && (!feed || info->partial)) {
        return delivery->broken;
    }
    return info->partial ? FAILURE_FLAWED : FAILURE_NONE;
}

static const char *detail_of(enum failure failure, const struct feed_info *info)
{
    if (failure == FAILURE_CONTENT && info->kind != FEED_UNKNOWN) {
        return "it was one before";
    }
    bool told = failure == FAILURE_FLAWED || failure == FAILURE_CONTENT ||
                failure == FAILURE_WEB_PAGE;
    const char *reason = told ? info->reason : "";
    /* It may repeat the failure's own words first. */
    bool page = failure == FAILURE_WEB_PAGE;
    bool repeats = page || strncmp(reason, "not a feed: ", 12) == 0;
    const char *rest = repeats ? strstr(reason, ": ") : NULL;
    return rest ? rest + 2 : reason;
}

void delivery_parse(const struct delivery *delivery, const struct feed_input *input,
                    struct outbox *outbox, struct delivery_result *result)
{
    struct sink sink;
    struct feed_info info = {.kind = FEED_UNKNOWN};
    const char *lang = given(delivery->source->lang);
    *result = (struct delivery_result){.failure = FAILURE_EMPTY};
    if (input->length == 0) {
        return;
    }
    sink.delivery = delivery;
    sink.outbox = outbox;
    sink.name = delivery_name(delivery->source);
    sink.lang = strcmp(lang, "auto") == 0 ? "" : lang;
    sink.count = 0;
    sink.short_of_memory = false;
    message_init(&sink.message, MESSAGE_HEADLINE, delivery->index, delivery->at);
    size_t mark = outbox_mark(outbox);
    if (!feed_parse(input, take, &sink, &info)) {
        info.kind = FEED_UNKNOWN;
    }
    result->feed =
        info.kind != FEED_UNKNOWN && info.kind != FEED_HTML && info.kind != FEED_TEXT;
    result->kind = info.kind;
    snprintf(result->encoding, sizeof result->encoding, "%s", info.encoding);
    result->failure =
        sink.short_of_memory ? FAILURE_MEMORY : judge(delivery, input, &info);
    snprintf(result->detail, sizeof result->detail, "%s",
             detail_of(result->failure, &info));
    bool keep = failure_airs(result->failure) || (result->feed && delivery->broken);
    if (!keep) {
        outbox_rewind(outbox, mark);
        sink.count = 0;
    }
    result->count = sink.count;
    if (delivery->web && !delivery->was_feed) {
        snprintf(result->feed_url, sizeof result->feed_url, "%s", info.feed_url);
    }
    outbox_name(outbox, *info.title ? info.title : delivery->label);
}

bool delivery_say(struct outbox *outbox, enum message_kind kind, uint16_t index,
                  uint16_t count, int64_t at)
{
    struct message message;
    message_init(&message, kind, index, at);
    message.count = count;
    return outbox_add(outbox, &message);
}
