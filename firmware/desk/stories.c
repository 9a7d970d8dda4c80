/* One table for all ways to a story: a knot is a hash and what is found under it, and each
 * story has one for each of its roads (desk/alike.h), each member one for link and id. Few
 * headlines share a hash; where many do, only the first ones are looked at, so that no feed can
 * make this slow. */
#include "desk/stories.h"

#include <stdlib.h>
#include <string.h>

#include "desk/alike.h"

enum { BUCKETS_MIN = 1024, LOOKS_MAX = 24, TIES = 2 };

struct knot {
    struct knot *next; /* in its bucket */
    uint64_t key;
    struct story *story;
    const struct item *item; /* whose link or id it is; NULL = a road */
};

bool stories_init(struct stories *stories)
{
    *stories = (struct stories){.bucket_count = BUCKETS_MIN};
    stories->buckets = calloc(BUCKETS_MIN, sizeof(struct knot *));
    return stories->buckets != NULL;
}

void stories_fini(struct stories *stories)
{
    free(stories->buckets);
    *stories = (struct stories){0};
}

static struct knot **bucket_of(const struct stories *stories, uint64_t key)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15u;
    return &stories->buckets[hash >> 32 & (stories->bucket_count - 1)];
}

static void widen(struct stories *stories)
{
    struct stories wide = *stories;
    wide.bucket_count *= 2;
    wide.buckets = calloc(wide.bucket_count, sizeof(struct knot *));
    if (!wide.buckets) {
        return;
    }
    for (size_t i = 0; i < stories->bucket_count; i++) {
        for (struct knot *knot = stories->buckets[i], *next; knot; knot = next) {
            struct knot **bucket = bucket_of(&wide, knot->key);
            next = knot->next;
            knot->next = *bucket;
            *bucket = knot;
        }
    }
    free(stories->buckets);
    *stories = wide;
}

static void tie(struct stories *stories, struct knot *knot)
{
    if (stories->count >= stories->bucket_count) {
        widen(stories);
    }
    struct knot **bucket = bucket_of(stories, knot->key);
    knot->next = *bucket;
    *bucket = knot;
    stories->count++;
}

static void untie(struct stories *stories, const struct knot *knot)
{
    struct knot **link = bucket_of(stories, knot->key);
    while (*link != knot) {
        link = &(*link)->next;
    }
    *link = knot->next;
    stories->count--;
}

/* --- Finding ------------------------------------------------------------------------------- */

/* The story of another source under KEY, a link or an id. None where this source has a headline
 * under it already: then the address is that of a page for many (a live page, a home page). */
static struct story *by_address(const struct stories *stories, uint64_t key,
                                uint16_t source)
{
    struct story *found = NULL;
    size_t looks = 0;
    const struct knot *knot = key ? *bucket_of(stories, key) : NULL;
    for (; knot && looks < LOOKS_MAX; knot = knot->next) {
        if (knot->key != key || !knot->item) {
            continue;
        }
        if (knot->item->headline.source == source) {
            return NULL;
        }
        found = knot->story;
        looks++;
    }
    return found;
}

static bool is_near(int64_t a, int64_t b, int64_t window_s)
{
    return a > b ? a - b <= window_s : b - a <= window_s;
}

static struct story *by_words(const struct stories *stories, const struct item *item,
                              const uint32_t *roads, size_t count, int64_t time,
                              int64_t window_s)
{
    const uint32_t *marks = items_marks(item);
    for (size_t i = 0; i < count; i++) {
        size_t looks = 0;
        const struct knot *knot = *bucket_of(stories, roads[i]);
        for (; knot && looks < LOOKS_MAX; knot = knot->next) {
            struct story *story = knot->story;
            if (knot->key != roads[i] || knot->item) {
                continue;
            }
            looks++;
            if (is_near(time, story->latest, window_s) &&
                alike_stories(story->marks, story->mark_count, marks, item->mark_count)) {
                return story;
            }
        }
    }
    return NULL;
}

/* --- Coming and going ---------------------------------------------------------------------- */

static struct story *story_new(struct stories *stories, const struct item *item,
                               const uint32_t *roads, size_t count)
{
    size_t marks = item->mark_count * sizeof *items_marks(item);
    struct story *story = calloc(1, sizeof *story + marks);
    struct knot *knots = calloc(count + 1, sizeof *knots);
    if (!story || !knots) {
        free(story);
        free(knots);
        return NULL;
    }
    story->knots = knots;
    story->knot_count = count;
    story->mark_count = item->mark_count;
    story->latest = INT64_MIN;
    memcpy(story->marks, items_marks(item), marks);
    for (size_t i = 0; i < count; i++) {
        knots[i] = (struct knot){.key = roads[i], .story = story};
        tie(stories, &knots[i]);
    }
    return story;
}

static void story_free(struct stories *stories, struct story *story)
{
    for (size_t i = 0; i < story->knot_count; i++) {
        untie(stories, &story->knots[i]);
    }
    free(story->knots);
    free(story);
}

void stories_join(struct stories *stories, struct item *item, int64_t time,
                  int64_t window_s)
{
    uint32_t roads[ALIKE_ROADS];
    uint64_t ties[TIES] = {item->link, item->id == item->link ? 0 : item->id};
    size_t count = alike_roads(items_marks(item), item->mark_count, roads);
    item->alone = true;
    if (count == 0 && !ties[0] && !ties[1]) {
        return;
    }
    struct knot *knots = calloc(TIES, sizeof *knots);
    struct story *story = by_address(stories, ties[0], item->headline.source);
    story = story ? story : by_address(stories, ties[1], item->headline.source);
    story = story ? story : by_words(stories, item, roads, count, time, window_s);
    story = story || !knots ? story : story_new(stories, item, roads, count);
    if (!story || !knots) {
        free(knots);
        return;
    }
    for (size_t i = 0; i < TIES; i++) {
        knots[i] = (struct knot){.key = ties[i], .story = story, .item = item};
        if (ties[i]) {
            tie(stories, &knots[i]);
        }
    }
    item->alone = false;
    item->knots = knots;
    item->story = story;
    item->twin = story->members;
    story->members = item;
    story->count++;
    story->latest = time > story->latest ? time : story->latest;
}

void stories_leave(struct stories *stories, struct item *item)
{
    struct story *story = item->story;
    item->alone = false;
    if (!story) {
        return;
    }
    struct item **link = &story->members;
    while (*link != item) {
        link = &(*link)->twin;
    }
    *link = item->twin;
    for (size_t i = 0; i < TIES; i++) {
        if (item->knots[i].key) {
            untie(stories, &item->knots[i]);
        }
    }
    free(item->knots);
    item->knots = NULL;
    item->story = NULL;
    story->holder = story->holder == item ? NULL : story->holder;
    if (--story->count == 0) {
        story_free(stories, story);
    }
}
