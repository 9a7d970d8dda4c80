/* Each source has its headlines in an array, the newest first; items.h finds them by
 * identity. A walk is no position but marks: every headline has one bit for each
 * lane, and has aired in the lane's lap where its bit equals the lane's bit in `parity`. When
 * a lap ends all bits equal it, so flipping that one bit makes all of them "not yet aired",
 * and nothing has to be cleared. `left` counts per source and lane what has not aired, so
 * that a source without any costs one look. */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "desk/items.h"

enum {
    ENTRIES_MIN = 16,
    ENTRIES_MAX = 2 * HEADLINE_ITEMS,
    OVER_MAX = 64,
    FLASH_S = 15 * 60,
    FLASH_MOST_S = 12 * 3600
};

struct entry {
    int64_t time;
    struct item *item;
    uint32_t fetch; /* in which it came last */
    uint32_t aired; /* a bit for each lane */
};

struct source {
    struct entry *entries; /* owned; the newest first */
    size_t count, room;
    size_t rtl;     /* of them are read from right to left */
    size_t came;    /* of the fetch that is coming in */
    uint32_t fetch; /* its number */
    uint16_t left[DESK_LANES];
    int64_t good_at;
};

/* A flash whose time is up although its source may hold it still. */
struct over {
    uint64_t identity; /* 0 = none */
    uint16_t source;
    uint32_t fetch; /* in which it came last */
};

struct desk {
    struct source *sources; /* owned */
    size_t source_count;
    struct items items;
    uint32_t parity; /* a bit for each lane; so too lanes */
    uint32_t lanes;  /* in use */
    size_t flashes;
    uint64_t flash_edition;
    int64_t flash_s, flash_most_s;
    struct over over[OVER_MAX];
    size_t next_over;
    int64_t next_expiry; /* no headline expires before */
};

struct desk *desk_new(size_t sources)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (!desk) {
        return NULL;
    }
    desk->source_count = sources;
    desk->next_expiry = INT64_MAX;
    desk_limit_flashes(desk, FLASH_S, FLASH_MOST_S);
    desk->sources = calloc(sources ? sources : 1, sizeof *desk->sources);
    if (!desk->sources || !items_init(&desk->items)) {
        desk_free(desk);
        return NULL;
    }
    for (size_t i = 0; i < sources; i++) {
        desk->sources[i].good_at = HEADLINE_NO_TIME;
    }
    return desk;
}

void desk_free(struct desk *desk)
{
    if (!desk) {
        return;
    }
    for (size_t i = 0; i < desk->source_count && desk->sources; i++) {
        free(desk->sources[i].entries);
    }
    free(desk->sources);
    items_fini(&desk->items);
    free(desk);
}

size_t desk_count(const struct desk *desk)
{
    return desk->items.count;
}

/* --- Entries of a source ------------------------------------------------------------------ */

static int64_t time_of(const struct headline *headline)
{
    return headline->published != HEADLINE_NO_TIME ? headline->published
                                                   : headline->first_seen;
}

/* The first entry that is older than TIME: equals stay in the order they came. */
static size_t place_of(const struct source *source, int64_t time)
{
    size_t low = 0, high = source->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->entries[middle].time >= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct entry *entry_of(const struct source *source, const struct item *item)
{
    size_t i = place_of(source, time_of(&item->headline));
    do {
        i--;
    } while (source->entries[i].item != item);
    return &source->entries[i];
}

static void count_flash(struct desk *desk, bool flash, int by)
{
    if (flash) {
        desk->flashes += (size_t)by;
        desk->flash_edition++;
    }
}

/* Takes ENTRY's headline off the desk; closing the gap is the caller's. */
static void release(struct desk *desk, struct source *source, struct entry *entry)
{
    uint32_t waiting = entry->aired ^ desk->parity;
    for (int lane = 0; lane < DESK_LANES; lane++) {
        source->left[lane] = (uint16_t)(source->left[lane] - (waiting >> lane & 1));
    }
    source->rtl -= entry->item->rtl;
    count_flash(desk, entry->item->headline.flash, -1);
    items_remove(&desk->items, entry->item);
}

/* --- What ends by itself ------------------------------------------------------------------- */

void desk_limit_flashes(struct desk *desk, int64_t expires_s, int64_t most_s)
{
    desk->flash_s = expires_s;
    desk->flash_most_s = most_s;
}

static bool has_ended(int64_t until, int64_t now)
{
    return until != HEADLINE_NO_TIME && until <= now;
}

static int64_t until_of(const struct desk *desk, const struct headline *headline,
                        int64_t first_seen)
{
    if (!headline->flash) {
        return headline->expires;
    }
    int64_t most = first_seen + desk->flash_most_s;
    int64_t until = headline->expires != HEADLINE_NO_TIME ? headline->expires
                                                          : first_seen + desk->flash_s;
    return until < most ? until : most;
}

/* Sets when ITEM leaves, and sees to it that it does. */
static void limit(struct desk *desk, struct item *item)
{
    item->until = until_of(desk, &item->headline, item->headline.first_seen);
    if (item->until != HEADLINE_NO_TIME && item->until < desk->next_expiry) {
        desk->next_expiry = item->until;
    }
}

/* Remembers that ITEM is over, in the place of the one that has been longest. */
static void note_over(struct desk *desk, const struct item *item, uint32_t fetch)
{
    if (item->headline.flash && item->headline.expires != item->until) {
        desk->over[desk->next_over++ % OVER_MAX] =
            (struct over){item->headline.identity, item->headline.source, fetch};
    }
}

/* Whether HEADLINE of SOURCE has been over before; it then counts as held in this fetch. */
static bool is_over(struct desk *desk, uint16_t source, const struct headline *headline)
{
    for (size_t i = 0; headline->flash && i < OVER_MAX; i++) {
        struct over *over = &desk->over[i];
        if (over->identity == headline->identity && over->source == source) {
            over->fetch = desk->sources[source].fetch;
            return true;
        }
    }
    return false;
}

/* Forgets those that did not come in the fetch of SOURCE that is now complete. */
static void forget_over(struct desk *desk, uint16_t source)
{
    for (size_t i = 0; i < OVER_MAX; i++) {
        struct over *over = &desk->over[i];
        if (over->source == source && over->fetch != desk->sources[source].fetch) {
            *over = (struct over){0};
        }
    }
}

/* Drops what has expired and, if the fetch is COMPLETE, what did not come in it. */
static void drop(struct desk *desk, struct source *source, bool complete, int64_t now)
{
    size_t kept = 0;
    for (size_t i = 0; i < source->count; i++) {
        struct entry *entry = &source->entries[i];
        bool ended = has_ended(entry->item->until, now);
        if (ended) {
            note_over(desk, entry->item, entry->fetch);
        }
        if (ended || (complete && entry->fetch != source->fetch)) {
            release(desk, source, entry);
        } else {
            source->entries[kept++] = *entry;
        }
    }
    source->count = kept;
}

/* Drops the oldest that did not come in this fetch. A full source always has one: it holds
 * ENTRIES_MAX, of which at most HEADLINE_ITEMS came in one fetch. */
static void drop_oldest(struct desk *desk, struct source *source)
{
    size_t i = source->count - 1;
    while (i > 0 && source->entries[i].fetch == source->fetch) {
        i--;
    }
    release(desk, source, &source->entries[i]);
    source->count--;
    memmove(&source->entries[i], &source->entries[i + 1],
            (source->count - i) * sizeof *source->entries);
}

static bool make_room(struct source *source)
{
    if (source->count < source->room) {
        return true;
    }
    size_t room = source->room ? 2 * source->room : ENTRIES_MIN;
    room = room < ENTRIES_MAX ? room : ENTRIES_MAX;
    struct entry *entries = realloc(source->entries, room * sizeof *entries);
    if (!entries) {
        return false;
    }
    source->entries = entries;
    source->room = room;
    return true;
}

/* Puts ENTRY where its time belongs; the room is there. */
static void place(struct source *source, struct entry entry)
{
    size_t i = place_of(source, entry.time);
    memmove(&source->entries[i + 1], &source->entries[i],
            (source->count - i) * sizeof *source->entries);
    source->entries[i] = entry;
    source->count++;
}

/* --- Messages ------------------------------------------------------------------------------ */

static bool update(struct desk *desk, struct source *source, struct entry *entry,
                   const struct headline *headline)
{
    bool was_rtl = entry->item->rtl, was_flash = entry->item->headline.flash;
    struct item *item = items_replace(&desk->items, entry->item, headline);
    if (!item || item == entry->item) {
        return item != NULL;
    }
    count_flash(desk, was_flash, -1);
    source->rtl += (size_t)item->rtl - was_rtl;
    count_flash(desk, item->headline.flash, 1);
    entry->item = item;
    limit(desk, item);
    if (time_of(&item->headline) != entry->time) {
        struct entry moved = *entry;
        moved.time = time_of(&item->headline);
        source->count--;
        memmove(entry, entry + 1,
                (size_t)(source->entries + source->count - entry) * sizeof *entry);
        place(source, moved);
    }
    return true;
}

static int64_t seen_of(const struct headline *headline, int64_t now)
{
    return headline->first_seen != HEADLINE_NO_TIME ? headline->first_seen : now;
}

static bool insert(struct desk *desk, uint16_t number, const struct headline *headline,
                   int64_t now)
{
    struct source *source = &desk->sources[number];
    if (source->count < ENTRIES_MAX && !make_room(source)) {
        return false;
    }
    struct item *item = items_add(&desk->items, headline, number, seen_of(headline, now));
    if (!item) {
        return false;
    }
    if (source->count == ENTRIES_MAX) {
        drop_oldest(desk, source);
    }
    place(source,
          (struct entry){time_of(&item->headline), item, source->fetch, ~desk->parity});
    source->rtl += item->rtl;
    count_flash(desk, item->headline.flash, 1);
    limit(desk, item);
    for (int lane = 0; lane < DESK_LANES; lane++) {
        source->left[lane]++;
    }
    return true;
}

static bool put(struct desk *desk, uint16_t number, const struct headline *headline,
                int64_t now)
{
    struct source *source = &desk->sources[number];
    struct item *item = items_find(&desk->items, headline, number);
    struct entry *entry = item ? entry_of(source, item) : NULL;
    bool again = entry && entry->fetch == source->fetch;
    if (!again && source->came == HEADLINE_ITEMS) {
        return true;
    }
    int64_t until = until_of(desk, headline, seen_of(headline, now));
    if (!entry && (has_ended(until, now) || is_over(desk, number, headline))) {
        return true;
    }
    if (!entry) {
        bool done = insert(desk, number, headline, now);
        source->came += done;
        return done;
    }
    /* It came, whether or not there is memory for what is new about it. */
    source->came += !again;
    entry->fetch = source->fetch;
    return update(desk, source, entry, headline);
}

bool desk_take(struct desk *desk, const struct message *message, int64_t now)
{
    if (message->source >= desk->source_count) {
        return true;
    }
    struct source *source = &desk->sources[message->source];
    if (message->kind == MESSAGE_HEADLINE) {
        return put(desk, message->source, &message->headline, now);
    }
    if (message->kind == MESSAGE_FETCHED) {
        drop(desk, source, true, now);
        forget_over(desk, message->source);
    }
    if (message->kind != MESSAGE_FAILED) {
        source->good_at = message->at;
    }
    /* What came before a failure counts for no later fetch. */
    source->came = 0;
    source->fetch++;
    return true;
}

void desk_expire(struct desk *desk, int64_t now)
{
    if (now < desk->next_expiry) {
        return;
    }
    desk->next_expiry = INT64_MAX;
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        drop(desk, source, false, now);
        for (size_t j = 0; j < source->count; j++) {
            limit(desk, source->entries[j].item);
        }
    }
}

/* --- Directions ---------------------------------------------------------------------------- */

static enum desk_lean lean(size_t rtl, size_t ltr, size_t times)
{
    if (rtl > ltr && rtl >= times * ltr) {
        return DESK_LEANS_RTL;
    }
    return ltr > rtl && ltr >= times * rtl ? DESK_LEANS_LTR : DESK_LEANS_NEITHER;
}

enum desk_lean desk_lean(const struct desk *desk, size_t times)
{
    return desk_lean_among(desk, NULL, times);
}

enum desk_lean desk_lean_among(const struct desk *desk, const uint64_t *only,
                               size_t times)
{
    size_t sources[3] = {0};
    for (size_t i = 0; i < desk->source_count; i++) {
        const struct source *source = &desk->sources[i];
        if (only && !(only[i / 64] >> i % 64 & 1)) {
            continue;
        }
        sources[lean(source->rtl, source->count - source->rtl, times)]++;
    }
    return lean(sources[DESK_LEANS_RTL], sources[DESK_LEANS_LTR], times);
}

/* --- The walk ------------------------------------------------------------------------------ */

/* The cursor's lane, from 0, given at its first use; -1 if there is none left. */
static int lane_of(struct desk *desk, struct desk_cursor *cursor)
{
    if (cursor->lane == 0) {
        if (desk->lanes == UINT32_MAX) {
            return -1;
        }
        int lane = __builtin_ctz(~desk->lanes);
        desk->lanes |= (uint32_t)1 << lane;
        *cursor = (struct desk_cursor){.lane = (unsigned)lane + 1};
    }
    return (int)cursor->lane - 1;
}

/* The source whose turn it is: from the cursor's on the first that has something left. */
static struct source *turn(const struct desk *desk, const struct desk_cursor *cursor,
                           int lane)
{
    size_t number = cursor->source < desk->source_count ? cursor->source : 0;
    for (size_t i = 0; i < desk->source_count; i++) {
        if (desk->sources[number].left[lane]) {
            return &desk->sources[number];
        }
        number = number + 1 < desk->source_count ? number + 1 : 0;
    }
    return NULL;
}

static void begin_lap(struct desk *desk, struct desk_cursor *cursor, int lane)
{
    desk->parity ^= (uint32_t)1 << lane;
    for (size_t i = 0; i < desk->source_count; i++) {
        desk->sources[i].left[lane] = (uint16_t)desk->sources[i].count;
    }
    cursor->lap++;
}

/* Whether ENTRY has not aired in this lap of LANE. */
static bool is_waiting(const struct desk *desk, const struct entry *entry, int lane)
{
    return (entry->aired ^ desk->parity) >> lane & 1;
}

static const struct headline *air(struct source *source, struct entry *entry, int lane)
{
    entry->aired ^= (uint32_t)1 << lane;
    source->left[lane]--;
    return &entry->item->headline;
}

/* The newest flash of the first source that has one waiting; NULL as a rule. */
static const struct headline *next_flash(struct desk *desk, int lane)
{
    for (size_t i = 0; desk->flashes && i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        for (size_t j = 0; source->left[lane] && j < source->count; j++) {
            struct entry *entry = &source->entries[j];
            if (entry->item->headline.flash && is_waiting(desk, entry, lane)) {
                return air(source, entry, lane);
            }
        }
    }
    return NULL;
}

uint64_t desk_flash_edition(const struct desk *desk)
{
    return desk->flash_edition;
}

size_t desk_flashes(const struct desk *desk, const struct headline **out, size_t room)
{
    size_t count = 0, wanted = desk->flashes < room ? desk->flashes : room;
    for (size_t i = 0; count < wanted && i < desk->source_count; i++) {
        const struct source *source = &desk->sources[i];
        for (size_t j = 0; count < wanted && j < source->count; j++) {
            if (source->entries[j].item->headline.flash) {
                out[count++] = &source->entries[j].item->headline;
            }
        }
    }
    return count;
}

int64_t desk_good_at(const struct desk *desk, size_t source)
{
    return source < desk->source_count ? desk->sources[source].good_at : HEADLINE_NO_TIME;
}

const struct headline *desk_next(struct desk *desk, struct desk_cursor *cursor)
{
    int lane = lane_of(desk, cursor);
    if (lane < 0 || desk->items.count == 0) {
        return NULL;
    }
    struct source *source = turn(desk, cursor, lane);
    if (!source) {
        begin_lap(desk, cursor, lane);
        source = turn(desk, cursor, lane);
    }
    const struct headline *flash = next_flash(desk, lane);
    if (flash) {
        return flash;
    }
    struct entry *entry = source->entries;
    while (!is_waiting(desk, entry, lane)) {
        entry++;
    }
    cursor->source = (size_t)(source - desk->sources) + 1;
    return air(source, entry, lane);
}

void desk_leave(struct desk *desk, struct desk_cursor *cursor)
{
    if (cursor->lane == 0) {
        return;
    }
    int lane = (int)cursor->lane - 1;
    uint32_t bit = (uint32_t)1 << lane;
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        for (size_t j = 0; j < source->count; j++) {
            source->entries[j].aired =
                (source->entries[j].aired & ~bit) | (~desk->parity & bit);
        }
        source->left[lane] = (uint16_t)source->count;
    }
    desk->lanes &= ~bit;
    *cursor = (struct desk_cursor){0};
}
