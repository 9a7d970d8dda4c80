/* What comes in is put at once; what may air is judged (judge.c) when somebody next asks, so that
 * many messages of one frame cost one judgement. */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "desk/inside.h"

enum { FLASH_S = 15 * 60, FLASH_MOST_S = 12 * 3600, FEW = 4 /* a quarter is few */ };

void source_init(struct desk *desk, struct source *source, size_t rank)
{
    *source = (struct source){.key = ++desk->keys,
                              .weight = 1,
                              .keep = ENTRIES_MAX,
                              .rank = rank,
                              .max_age_s = INT64_MAX,
                              .good_at = HEADLINE_NO_TIME,
                              .failing_since = HEADLINE_NO_TIME,
                              .doubted_since = HEADLINE_NO_TIME,
                              .due = INT64_MAX};
}

struct desk *desk_new(size_t sources)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (!desk) {
        return NULL;
    }
    desk->source_count = sources;
    desk->push = SIZE_MAX;
    desk->now = desk->good_at = HEADLINE_NO_TIME;
    desk->due = INT64_MAX;
    desk->sources = calloc(sources + 1, sizeof *desk->sources);
    desk->order = calloc(sources + 1, sizeof *desk->order);
    if (!desk->sources || !desk->order || !items_init(&desk->items) ||
        !stories_init(&desk->stories) || !memory_init(&desk->memory)) {
        desk_free(desk);
        return NULL;
    }
    for (size_t i = 0; i < sources; i++) {
        desk->order[i] = i;
        source_init(desk, &desk->sources[i], i);
    }
    desk_limit_flashes(desk, FLASH_S, FLASH_MOST_S);
    return desk;
}

void desk_free(struct desk *desk)
{
    if (!desk) {
        return;
    }
    for (size_t i = 0; i < desk->source_count && desk->sources; i++) {
        struct source *source = &desk->sources[i];
        for (size_t j = 0; j < source->count; j++) {
            stories_leave(&desk->stories, source->entries[j].item);
        }
        free(source->entries);
    }
    free(desk->sources);
    free(desk->order);
    items_fini(&desk->items);
    stories_fini(&desk->stories);
    memory_fini(&desk->memory);
    free(desk);
}

/* --- Rules --------------------------------------------------------------------------------- */

static void rank_sources(struct desk *desk)
{
    for (size_t i = 0; i < desk->source_count; i++) {
        size_t place = i;
        while (place > 0 &&
               desk->sources[desk->order[place - 1]].weight < desk->sources[i].weight) {
            desk->order[place] = desk->order[place - 1];
            place--;
        }
        desk->order[place] = i;
    }
    for (size_t i = 0; i < desk->source_count; i++) {
        desk->sources[desk->order[i]].rank = i;
    }
}

static void take_rules(struct desk *desk, const struct config *config)
{
    for (size_t i = 0; i < desk->source_count && i < config->source_count; i++) {
        const struct config_source *rules = &config->sources[i];
        struct source *source = &desk->sources[i];
        source->weight = rules->weight;
        source->keep = (size_t)rules->keep;
        source->max_age_s = rules->max_age_s;
        source->web = strncasecmp(rules->url, "http://", 7) == 0 ||
                      strncasecmp(rules->url, "https://", 8) == 0;
    }
    rank_sources(desk);
    desk->duplicates_s = config->desk.duplicates_s;
    desk->lap_ms = config->desk.lap_s * 1000;
    desk->keep_newest = (size_t)config->desk.keep_newest;
    desk_limit_flashes(desk, config->flash.expires_s, config->flash.max_expires_s);
}

static void part_all(struct desk *desk)
{
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        for (size_t j = 0; j < source->count; j++) {
            judge_part(desk, source->entries[j].item);
        }
    }
}

void desk_set_rules(struct desk *desk, const struct config *config)
{
    part_all(desk);
    take_rules(desk, config);
}

void desk_adopt_rules(struct desk *desk, const struct config *config)
{
    if (desk->duplicates_s != config->desk.duplicates_s) {
        part_all(desk);
    }
    take_rules(desk, config);
}

void desk_limit_flashes(struct desk *desk, int64_t expires_s, int64_t most_s)
{
    desk->flash_s = expires_s;
    desk->flash_most_s = most_s;
    judge_mark_all(desk);
}

/* --- Messages ------------------------------------------------------------------------------ */

static uint64_t mixed(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b) * 0xff51afd7ed558ccdu;
    return h ^ h >> 33;
}

/* Under which this headline is remembered in its source: its identity, and what it would be
 * known by if its source gave it a new id each time. */
static void memory_keys(const struct desk *desk, const struct message *message,
                        uint64_t keys[2])
{
    const struct message_keys *own = &message->keys;
    uint64_t source = desk->sources[message->source].key;
    keys[0] = mixed(message->headline.identity, source);
    uint64_t words = own->link;
    for (size_t i = 0; i < own->count; i++) {
        words = mixed(words, own->marks[i]);
    }
    keys[1] = own->link && own->count ? mixed(words, ~source) : 0;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return b != HEADLINE_NO_TIME && b < a ? b : a;
}

/* The time by which a new headline is sorted and ages. */
static int64_t time_of(const struct desk *desk, const struct message *message,
                       const struct item *item)
{
    uint64_t keys[2];
    int64_t seen = item->headline.first_seen, published = item->headline.published;
    int64_t time = published != HEADLINE_NO_TIME ? published : seen;
    if (message->source == desk->push) {
        return time;
    }
    memory_keys(desk, message, keys);
    time = earlier(time, memory_recall(&desk->memory, keys[0]));
    int64_t again = memory_recall(&desk->memory, keys[1]);
    /* A column has the same title and address each week, and is a new one. */
    if (again != HEADLINE_NO_TIME && time - again <= desk->duplicates_s) {
        time = earlier(time, again);
    }
    return time;
}

static void note_time(struct desk *desk, const struct message *message, int64_t time)
{
    uint64_t keys[2];
    memory_keys(desk, message, keys);
    memory_note(&desk->memory, keys[0], time);
    memory_note(&desk->memory, keys[1], time);
}

static bool update(struct desk *desk, struct source *source, struct entry *entry,
                   const struct message *message)
{
    if (items_same(entry->item, message)) {
        return true;
    }
    bool was_flash = entry->state == DESK_AIRS && entry->item->headline.flash;
    judge_part(desk, entry->item);
    judge_mark(desk, source);
    struct item *item = items_replace(&desk->items, entry->item, message);
    if (!item) {
        return false;
    }
    desk->flash_edition += was_flash || item->calls;
    struct entry moved = *entry;
    moved.item = item;
    moved.time = item->time = earlier(entry->time, item->headline.published);
    judge_limit(desk, item);
    judge_look(&moved);
    if (moved.time == entry->time) {
        *entry = moved;
    } else {
        source->count--;
        memmove(entry, entry + 1,
                (size_t)(source->entries + source->count - entry) * sizeof *entry);
        entries_place(source, moved);
        note_time(desk, message, moved.time);
    }
    return true;
}

static bool insert(struct desk *desk, struct source *source,
                   const struct message *message)
{
    int64_t seen = message->headline.first_seen;
    seen = seen != HEADLINE_NO_TIME && seen < desk->now ? seen : desk->now;
    if (!entries_make_room(source)) {
        return false;
    }
    struct item *item = items_add(&desk->items, message, seen);
    if (!item) {
        return false;
    }
    if (source->count == ENTRIES_MAX) {
        entries_drop_oldest(desk, source);
    }
    item->time = time_of(desk, message, item);
    note_time(desk, message, item->time);
    item->hidden =
        hand_has_hidden(desk, item->headline.identity) && message->source != desk->push;
    struct entry entry = {.time = item->time,
                          .item = item,
                          .fetch = source->fetch,
                          .state = DESK_CAP /* until it is judged */};
    judge_limit(desk, item);
    judge_look(&entry);
    entries_place(source, entry);
    judge_mark(desk, source);
    return true;
}

static bool put(struct desk *desk, struct source *source, const struct message *message)
{
    struct item *item = items_find(&desk->items, &message->headline, message->source);
    struct entry *entry = item ? entries_find(source, item) : NULL;
    bool again = entry && entry->fetch == source->fetch;
    if (!again && source->came == HEADLINE_ITEMS) {
        return true;
    }
    if (!entry) {
        bool done = insert(desk, source, message);
        source->came += done;
        return done;
    }
    /* It came, whether or not there is memory for what is new about it. */
    source->came += !again;
    entry->fetch = source->fetch;
    return update(desk, source, entry, message);
}

/* Whether the fetch that is complete now is to be believed, however little it brought. */
static bool is_believed(const struct source *source)
{
    return !source->web || source->doubted_since != HEADLINE_NO_TIME ||
           FEW * source->came >= source->count;
}

static void end_fetch(struct desk *desk, struct source *source,
                      const struct message *message)
{
    enum message_kind kind = message->kind;
    if (kind == MESSAGE_CACHED) {
        /* The disk is no source: age is measured as of when it was one. */
        source->good_at = message->at;
        desk->good_at = message->at > desk->good_at ? message->at : desk->good_at;
        return;
    }
    source->answers = kind != MESSAGE_FAILED;
    if (!source->answers) {
        source->failing_since =
            source->failing_since != HEADLINE_NO_TIME ? source->failing_since : desk->now;
        return;
    }
    source->good_at = message->at;
    desk->good_at = desk->now;
    source->failing_since = HEADLINE_NO_TIME;
    if (kind == MESSAGE_FETCHED && is_believed(source)) {
        entries_withdraw(desk, source, source->fetch);
        source->doubted_since = HEADLINE_NO_TIME;
    } else if (kind == MESSAGE_FETCHED) {
        source->doubted_since = desk->now;
        source->doubted = source->fetch;
    } else if (source->doubted_since != HEADLINE_NO_TIME) {
        /* "Not modified": the second fetch agrees with the one before. */
        entries_withdraw(desk, source, source->doubted);
        source->doubted_since = HEADLINE_NO_TIME;
    }
}

bool desk_take(struct desk *desk, const struct message *message, int64_t now)
{
    if (message->source >= desk->source_count) {
        return true;
    }
    struct source *source = &desk->sources[message->source];
    judge_time(desk, now);
    if (message->kind == MESSAGE_HEADLINE) {
        if (message->source == desk->push) {
            hand_prepare(desk, &message->headline);
        }
        return put(desk, source, message);
    }
    bool answered = source->answers;
    end_fetch(desk, source, message);
    /* What came before a failure counts for no later fetch. */
    source->came = 0;
    source->fetch++;
    judge_mark(desk, source);
    if (answered != source->answers) {
        judge_mark_all(desk);
    }
    return true;
}

void desk_expire(struct desk *desk, int64_t now)
{
    judge_time(desk, now);
    judge_settle(desk);
}

/* --- Questions ----------------------------------------------------------------------------- */

size_t desk_count(struct desk *desk)
{
    judge_settle(desk);
    return desk->on_air;
}

uint64_t desk_flash_edition(struct desk *desk)
{
    judge_settle(desk);
    return desk->flash_edition;
}

size_t desk_flashes(struct desk *desk, const struct headline **out, size_t room)
{
    judge_settle(desk);
    size_t count = 0, wanted = desk->flashes < room ? desk->flashes : room;
    for (size_t i = 0; count < wanted && i < desk->source_count; i++) {
        const struct source *source = &desk->sources[i];
        for (size_t j = 0; source->flashes && count < wanted && j < source->count; j++) {
            const struct item *item = source->entries[j].item;
            if (source->entries[j].state == DESK_AIRS && item->headline.flash) {
                out[count++] = &item->headline;
            }
        }
    }
    return count;
}

int64_t desk_good_at(const struct desk *desk, size_t source)
{
    return source < desk->source_count ? desk->sources[source].good_at : HEADLINE_NO_TIME;
}

static enum desk_lean lean(size_t rtl, size_t ltr, size_t times)
{
    if (rtl > ltr && rtl >= times * ltr) {
        return DESK_LEANS_RTL;
    }
    return ltr > rtl && ltr >= times * rtl ? DESK_LEANS_LTR : DESK_LEANS_NEITHER;
}

enum desk_lean desk_lean(struct desk *desk, size_t times)
{
    return desk_lean_among(desk, NULL, times);
}

enum desk_lean desk_lean_among(struct desk *desk, const uint64_t *only, size_t times)
{
    size_t sources[3] = {0};
    judge_settle(desk);
    for (size_t i = 0; i < desk->source_count; i++) {
        const struct source *source = &desk->sources[i];
        if (only && !(only[i / 64] >> i % 64 & 1)) {
            continue;
        }
        sources[lean(source->rtl, source->on_air - source->rtl, times)]++;
    }
    return lean(sources[DESK_LEANS_RTL], sources[DESK_LEANS_LTR], times);
}
