/* Sources are judged from the best to the worst and each from its newest headline to its oldest.
 * A headline yields only to a better source or to a newer one of its own, so whatever it depends
 * on has been judged before it, and when something changes only sources further down must be
 * looked at again. A flash yields to flashes alone; where it takes a story from a better source,
 * that one is judged once more. */
#include <stdlib.h>

#include "base/clock.h"
#include "desk/inside.h"

enum { ROUNDS_MAX = 8, DOUBT_S = 3600 };

void judge_mark(struct desk *desk, struct source *source)
{
    source->dirty = true;
    desk->dirty = true;
}

void judge_mark_all(struct desk *desk)
{
    for (size_t i = 0; i < desk->source_count; i++) {
        desk->sources[i].dirty = true;
    }
    desk->dirty = true;
}

static struct source *source_of(const struct desk *desk, const struct item *item)
{
    return &desk->sources[item->headline.source];
}

/* Gives ITEM's story up, for another member to air. */
static void yield(struct desk *desk, const struct item *item)
{
    struct story *story = item->story;
    if (!story || story->holder != item) {
        return;
    }
    story->holder = NULL;
    for (const struct item *other = story->members; other; other = other->twin) {
        if (other != item) {
            judge_mark(desk, source_of(desk, other));
        }
    }
}

void judge_part(struct desk *desk, struct item *item)
{
    yield(desk, item);
    stories_leave(&desk->stories, item);
}

/* --- One source ---------------------------------------------------------------------------- */

/* What a source is judged by. */
struct hearing {
    struct desk *desk;
    struct source *source;
    int64_t age_at; /* when age is measured; HEADLINE_NO_TIME = age hides nothing */
    size_t newest;  /* so many air however old */
    size_t placed;  /* so many air by now */
};

/* While no source answers at all, the news grows no older than it was when one last did: the
 * last good headlines go on. */
static int64_t age_at(const struct desk *desk)
{
    if (desk->lifted || !clock_known(desk->now)) {
        return HEADLINE_NO_TIME;
    }
    for (size_t i = 0; i < desk->source_count; i++) {
        if (desk->sources[i].answers) {
            return desk->now;
        }
    }
    return desk->good_at;
}

static bool is_live(const struct desk *desk, const struct source *source)
{
    return source->failing_since == HEADLINE_NO_TIME ||
           desk->now - source->failing_since < source->max_age_s;
}

/* Notes that AT changes something. What lies behind would be noted for ever. */
static void note_due(const struct desk *desk, struct source *source, int64_t at)
{
    if (at > desk->now && at < source->due) {
        source->due = at;
    }
}

static bool is_better(const struct desk *desk, const struct item *holder,
                      const struct item *item)
{
    if (holder->headline.flash != item->headline.flash) {
        return holder->headline.flash;
    }
    size_t a = source_of(desk, holder)->rank, b = source_of(desk, item)->rank;
    return a < b || (a == b && holder->pass == desk->pass);
}

/* Whether ITEM, which would air, may do so for its story. */
static bool claim(struct desk *desk, struct item *item, int64_t time)
{
    if (desk->duplicates_s == 0) {
        return true;
    }
    if (!item->story && !item->alone) {
        stories_join(&desk->stories, item, time, desk->duplicates_s);
    }
    struct story *story = item->story;
    if (!story || story->holder == item) {
        return true;
    }
    if (story->holder && is_better(desk, story->holder, item)) {
        return false;
    }
    if (story->holder && story->holder->headline.source != item->headline.source) {
        judge_mark(desk, source_of(desk, story->holder));
    }
    story->holder = item;
    return true;
}

/* What a person has put into a folder without a date stays until it is taken away. */
static bool is_old(const struct hearing *hearing, const struct item *item, int64_t time)
{
    int64_t max_age_s = hearing->source->max_age_s;
    if (!hearing->source->web && item->headline.published == HEADLINE_NO_TIME) {
        return false;
    }
    return hearing->age_at != HEADLINE_NO_TIME && max_age_s != INT64_MAX &&
           hearing->age_at - time > max_age_s;
}

/* A flash by a keyword only becomes an ordinary headline; any other leaves. */
static bool has_expired(struct hearing *hearing, struct item *item)
{
    bool over = item->until != HEADLINE_NO_TIME && item->until <= hearing->desk->now;
    item->headline.flash = item->calls && !over;
    if (!over && item->until != HEADLINE_NO_TIME) {
        note_due(hearing->desk, hearing->source, item->until);
    }
    int64_t own = item->headline.expires;
    bool own_over = own != HEADLINE_NO_TIME && own <= hearing->desk->now;
    return own_over || (over && item->calls && !item->keyword);
}

static enum desk_state judge(struct hearing *hearing, struct item *item, int64_t time)
{
    struct source *source = hearing->source;
    bool expired = has_expired(hearing, item);
    if (item->hidden) {
        return DESK_HIDDEN;
    }
    if (expired) {
        return DESK_EXPIRED;
    }
    if (item->rule) {
        return DESK_FILTER;
    }
    if (item->headline.flash) {
        return claim(hearing->desk, item, time) ? DESK_AIRS : DESK_DUPLICATE;
    }
    bool old = is_old(hearing, item, time);
    if (hearing->placed >= source->keep || (old && hearing->placed >= hearing->newest)) {
        source->old += old;
        return old ? DESK_OLD : DESK_CAP;
    }
    if (!claim(hearing->desk, item, time)) {
        return DESK_DUPLICATE;
    }
    hearing->placed++;
    if (!old && source->max_age_s != INT64_MAX && hearing->placed > hearing->newest) {
        note_due(hearing->desk, source, time + source->max_age_s + 1);
    }
    return DESK_AIRS;
}

/* Of a plain one that comes after all that air only the age is left to be told. */
static void judge_rest(struct hearing *hearing, struct entry *entry)
{
    bool old = is_old(hearing, entry->item, entry->time);
    hearing->source->old += old;
    if (entry->state == DESK_AIRS) {
        yield(hearing->desk, entry->item);
    }
    entry->state = old ? DESK_OLD : DESK_CAP;
}

static void judge_entry(struct hearing *hearing, struct entry *entry)
{
    struct source *source = hearing->source;
    struct item *item = entry->item;
    bool was_flash = entry->state == DESK_AIRS && item->headline.flash;
    entry->state = (uint8_t)judge(hearing, item, entry->time);
    item->pass = hearing->desk->pass;
    bool airs = entry->state == DESK_AIRS, flash = airs && item->headline.flash;
    if (!airs) {
        yield(hearing->desk, item);
    }
    source->on_air += airs;
    source->rtl += airs && item->rtl;
    source->flashes += flash;
    hearing->desk->flash_edition += flash != was_flash;
}

static void judge_source(struct desk *desk, struct source *source)
{
    struct hearing hearing = {.desk = desk, .source = source, .age_at = age_at(desk)};
    bool live = is_live(desk, source) || hearing.age_at != desk->now;
    hearing.newest = live ? desk->keep_newest : 0;
    source->dirty = false;
    source->on_air = source->rtl = source->flashes = source->old = 0;
    source->done = 0;
    source->due = INT64_MAX;
    if (source->failing_since != HEADLINE_NO_TIME && source->max_age_s != INT64_MAX) {
        note_due(desk, source, source->failing_since + source->max_age_s);
    }
    if (source->doubted_since != HEADLINE_NO_TIME) {
        note_due(desk, source, source->doubted_since + DOUBT_S);
    }
    desk->pass++;
    for (size_t i = 0; i < source->count; i++) {
        struct entry *entry = &source->entries[i];
        if (entry->plain && hearing.placed >= source->keep) {
            judge_rest(&hearing, entry);
        } else {
            judge_entry(&hearing, entry);
        }
    }
}

/* --- All ----------------------------------------------------------------------------------- */

static void judge_marked(struct desk *desk)
{
    for (int round = 0; desk->dirty && round < ROUNDS_MAX; round++) {
        desk->dirty = false;
        for (size_t i = 0; i < desk->source_count; i++) {
            struct source *source = &desk->sources[desk->order[i]];
            if (source->dirty) {
                judge_source(desk, source);
            }
        }
        for (size_t i = 0; i < desk->source_count && !desk->dirty; i++) {
            desk->dirty = desk->sources[i].dirty;
        }
    }
    desk->dirty = false;
}

static void sum_up(struct desk *desk, size_t *old)
{
    desk->on_air = desk->flashes = *old = 0;
    desk->due = INT64_MAX;
    for (size_t i = 0; i < desk->source_count; i++) {
        const struct source *source = &desk->sources[i];
        desk->on_air += source->on_air;
        desk->flashes += source->flashes;
        *old += source->old;
        desk->due = source->due < desk->due ? source->due : desk->due;
    }
}

void judge_settle(struct desk *desk)
{
    size_t old;
    if (!desk->dirty) {
        return;
    }
    if (desk->lifted) {
        desk->lifted = false;
        judge_mark_all(desk);
    }
    judge_marked(desk);
    sum_up(desk, &old);
    if (desk->on_air == desk->flashes && old > 0) {
        desk->lifted = true;
        judge_mark_all(desk);
        judge_marked(desk);
        sum_up(desk, &old);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* When ITEM leaves by itself. Of a flash that is dated, the longest time counts from its date:
 * what a board finds when it starts in the evening was breaking in the morning. */
void judge_limit(const struct desk *desk, struct item *item)
{
    const struct headline *headline = &item->headline;
    item->until = headline->expires;
    if (item->calls) {
        int64_t most = headline->first_seen + desk->flash_most_s;
        bool dated =
            headline->published != HEADLINE_NO_TIME && clock_known(headline->first_seen);
        most = dated ? earlier(most, item->time + desk->flash_most_s) : most;
        int64_t until = headline->expires != HEADLINE_NO_TIME
                            ? headline->expires
                            : headline->first_seen + desk->flash_s;
        item->until = until < most ? until : most;
    }
}

void judge_look(struct entry *entry)
{
    const struct item *item = entry->item;
    entry->plain = !item->calls && !item->hidden && !item->rule &&
                   item->until == HEADLINE_NO_TIME &&
                   item->headline.expires == HEADLINE_NO_TIME;
}

/* --- Time ---------------------------------------------------------------------------------- */

/* The clock went back: nothing was seen, or happened, later than now. */
static void go_back(struct desk *desk)
{
    int64_t now = desk->now;
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        int64_t *times[] = {&source->good_at, &source->failing_since,
                            &source->doubted_since, &desk->good_at};
        for (size_t j = 0; j < sizeof times / sizeof *times; j++) {
            *times[j] = earlier(*times[j], now);
        }
        for (size_t j = 0; j < source->count; j++) {
            struct entry *entry = &source->entries[j];
            struct headline *headline = &entry->item->headline;
            entry->time = earlier(entry->time, now);
            entry->item->time = entry->time;
            headline->first_seen = earlier(headline->first_seen, now);
            judge_limit(desk, entry->item);
        }
    }
}

/* The clock was not set before, and is now: what was seen without it was seen now. */
static void set_clock(struct desk *desk, int64_t before)
{
    int64_t now = desk->now;
    memory_clear(&desk->memory);
    hand_set_clock(desk, before, now);
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        int64_t *times[] = {&source->good_at, &source->failing_since,
                            &source->doubted_since, &desk->good_at};
        for (size_t j = 0; j < sizeof times / sizeof *times; j++) {
            bool early = *times[j] != HEADLINE_NO_TIME && !clock_known(*times[j]);
            *times[j] = early ? now : *times[j];
        }
        for (size_t j = 0; j < source->count; j++) {
            struct entry *entry = &source->entries[j];
            struct headline *headline = &entry->item->headline;
            if (clock_known(headline->first_seen)) {
                continue;
            }
            headline->first_seen = now;
            headline->published = earlier(headline->published, now);
            bool dated = headline->published != HEADLINE_NO_TIME;
            entry->time = dated ? headline->published : now;
            entry->item->time = entry->time;
            judge_limit(desk, entry->item);
        }
        entries_sort(source);
    }
}

static void end_doubts(struct desk *desk, struct source *source)
{
    if (source->doubted_since != HEADLINE_NO_TIME &&
        desk->now - source->doubted_since >= DOUBT_S) {
        source->doubted_since = HEADLINE_NO_TIME;
        entries_withdraw(desk, source, source->doubted);
    }
}

void judge_time(struct desk *desk, int64_t now)
{
    int64_t before = desk->now;
    desk->now = now;
    if (before != HEADLINE_NO_TIME && now < before) {
        go_back(desk);
        judge_mark_all(desk);
    }
    if (before != HEADLINE_NO_TIME && !clock_known(before) && clock_known(now)) {
        set_clock(desk, before);
        judge_mark_all(desk);
    }
    for (size_t i = 0; now >= desk->due && i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        if (now >= source->due) {
            end_doubts(desk, source);
            judge_mark(desk, source);
        }
    }
}
