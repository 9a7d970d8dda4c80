/* A walk is no position but marks: each entry has a bit for each lane, set where it has aired in
 * the lap its source was last seen in; a source that comes to its turn in a newer lap clears its
 * bits then, so a new lap costs nothing when it begins.
 *
 * Sources take turns by stride scheduling (Waldspurger, 1995): each has the moment of its next
 * turn, the earliest one airs and is due again after a step that is the shorter the greater its
 * weight. Moments stay over laps and refreshes; one who had nothing to say saves up nothing. */
#include "desk/order.h"

#include <string.h>

enum { READ_CODES_A_SECOND = 11, LABEL_CODES = 14, STEP = 5040 };

struct walk {
    struct desk *desk;
    struct desk_cursor *cursor;
    const struct desk_view *view; /* NULL = all */
    int lane;                     /* from 0 */
    int passed;                   /* headlines that the view does not show */
    bool over;                    /* the lap's time is up */
};

/* The cursor's lane, from 0, given at its first use; -1 if there is none left. */
static int lane_of(struct desk *desk, struct desk_cursor *cursor)
{
    if (cursor->lane == 0) {
        if (desk->lanes == UINT32_MAX) {
            return -1;
        }
        int lane = __builtin_ctz(~desk->lanes);
        desk->lanes |= (uint32_t)1 << lane;
        desk->laps[lane]++;
        *cursor = (struct desk_cursor){.lane = (unsigned)lane + 1};
    }
    return (int)cursor->lane - 1;
}

static uint32_t bit_of(const struct walk *walk)
{
    return (uint32_t)1 << walk->lane;
}

/* Brings SOURCE into the lap of the walk. */
static void enter_lap(const struct walk *walk, struct source *source)
{
    uint32_t lap = walk->desk->laps[walk->lane];
    if (source->laps[walk->lane] == lap) {
        return;
    }
    source->laps[walk->lane] = lap;
    source->done &= ~bit_of(walk);
    source->turned &= ~bit_of(walk);
    for (size_t i = 0; i < source->count; i++) {
        source->entries[i].aired &= ~bit_of(walk);
    }
}

/* Whether SOURCE may have something for this lap. */
static bool is_waiting(const struct walk *walk, size_t number)
{
    const struct source *source = &walk->desk->sources[number];
    if (source->on_air == 0 || (walk->view && !view_has_source(walk->view, number))) {
        return false;
    }
    return source->laps[walk->lane] != walk->desk->laps[walk->lane] ||
           !((source->done | (walk->over ? source->turned : 0)) & bit_of(walk));
}

/* When SOURCE is due. */
static uint64_t moment_of(const struct walk *walk, const struct source *source)
{
    uint64_t now = walk->desk->turns[walk->lane];
    uint64_t next = source->next_turn[walk->lane];
    return next > now ? next : now;
}

/* The source whose turn it is, NULL if none waits. */
static struct source *turn(const struct walk *walk)
{
    struct source *best = NULL;
    for (size_t i = 0; i < walk->desk->source_count; i++) {
        struct source *source = &walk->desk->sources[i];
        if (is_waiting(walk, i) &&
            (!best || moment_of(walk, source) < moment_of(walk, best))) {
            best = source;
        }
    }
    return best;
}

static void pay(const struct walk *walk, struct source *source)
{
    uint64_t moment = moment_of(walk, source);
    walk->desk->turns[walk->lane] = moment;
    source->next_turn[walk->lane] = moment + STEP / (uint64_t)source->weight;
    source->turned |= bit_of(walk);
}

static bool may_air(const struct walk *walk, const struct entry *entry)
{
    return entry->state == DESK_AIRS && !(entry->aired & bit_of(walk));
}

/* The first from AT on that has not aired and that the view shows; count if there is none, or if
 * too many had to be passed over. */
static size_t find(struct walk *walk, struct source *source, size_t at)
{
    while (at < source->count && walk->passed < VIEW_PASSED) {
        struct entry *entry = &source->entries[at];
        if (may_air(walk, entry)) {
            if (!walk->view || view_shows(walk->view, &entry->item->headline)) {
                return at;
            }
            entry->aired |= bit_of(walk);
            walk->passed++;
        }
        at++;
    }
    return source->count;
}

static int64_t time_ms(const struct walk *walk, const struct headline *headline)
{
    if (walk->view && walk->view->hold_ms > 0) {
        return walk->view->hold_ms;
    }
    int64_t codes = LABEL_CODES;
    for (const char *p = headline_get(headline, HEADLINE_TEXT); *p; p++) {
        codes += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return codes * 1000 / READ_CODES_A_SECOND;
}

static const struct headline *air(const struct walk *walk, struct entry *entry)
{
    entry->aired |= bit_of(walk);
    walk->cursor->spent_ms += time_ms(walk, &entry->item->headline);
    return &entry->item->headline;
}

/* A flash that has not aired in this lap; NULL as a rule. */
static const struct headline *next_flash(struct walk *walk)
{
    struct desk *desk = walk->desk;
    for (size_t i = 0; desk->flashes > 0 && i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        if (source->flashes == 0 || (walk->view && !view_has_source(walk->view, i))) {
            continue;
        }
        enter_lap(walk, source);
        for (size_t j = 0; j < source->count; j++) {
            struct entry *entry = &source->entries[j];
            if (entry->item->headline.flash && may_air(walk, entry) &&
                (!walk->view || view_shows(walk->view, &entry->item->headline))) {
                return air(walk, entry);
            }
        }
    }
    return NULL;
}

static const struct headline *next_ordinary(struct walk *walk)
{
    struct source *source;
    while (walk->passed < VIEW_PASSED && (source = turn(walk))) {
        enter_lap(walk, source);
        size_t at = find(walk, source, 0);
        if (at == source->count) {
            source->done |= walk->passed < VIEW_PASSED ? bit_of(walk) : 0;
            continue;
        }
        pay(walk, source);
        return air(walk, &source->entries[at]);
    }
    return NULL;
}

const struct headline *order_next(struct desk *desk, struct desk_cursor *cursor,
                                  const struct desk_view *view)
{
    struct walk walk = {.desk = desk, .cursor = cursor, .view = view};
    judge_settle(desk);
    walk.lane = lane_of(desk, cursor);
    if (walk.lane < 0 || desk->on_air == 0) {
        return NULL;
    }
    for (int laps = 0; laps < 2 && walk.passed < VIEW_PASSED; laps++) {
        walk.over = desk->lap_ms > 0 && cursor->spent_ms >= desk->lap_ms;
        const struct headline *headline = next_flash(&walk);
        headline = headline ? headline : next_ordinary(&walk);
        if (headline || walk.passed >= VIEW_PASSED) {
            return headline;
        }
        desk->laps[walk.lane]++;
        cursor->lap++;
        cursor->spent_ms = 0;
    }
    return NULL;
}

const struct headline *desk_next(struct desk *desk, struct desk_cursor *cursor)
{
    return order_next(desk, cursor, NULL);
}

void desk_fork(struct desk *desk, const struct desk_cursor *from, struct desk_cursor *to)
{
    int lane = lane_of(desk, to);
    if (lane < 0 || from->lane == 0) {
        return;
    }
    int model = (int)from->lane - 1;
    uint32_t bit = (uint32_t)1 << lane, mark = (uint32_t)1 << model;
    to->lap = from->lap;
    to->spent_ms = from->spent_ms;
    desk->turns[lane] = desk->turns[model];
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        source->next_turn[lane] = source->next_turn[model];
        if (source->laps[model] != desk->laps[model]) {
            continue; /* what its marks say is of a lap before: ours are not valid, too */
        }
        source->laps[lane] = desk->laps[lane];
        source->done = (source->done & ~bit) | (source->done & mark ? bit : 0);
        source->turned = (source->turned & ~bit) | (source->turned & mark ? bit : 0);
        for (size_t j = 0; j < source->count; j++) {
            uint32_t *aired = &source->entries[j].aired;
            *aired = (*aired & ~bit) | (*aired & mark ? bit : 0);
        }
    }
}

void desk_leave(struct desk *desk, struct desk_cursor *cursor)
{
    if (cursor->lane == 0) {
        return;
    }
    int lane = (int)cursor->lane - 1;
    desk->lanes &= ~((uint32_t)1 << lane);
    desk->turns[lane] = 0;
    for (size_t i = 0; i < desk->source_count; i++) {
        desk->sources[i].next_turn[lane] = 0;
    }
    *cursor = (struct desk_cursor){0};
}
