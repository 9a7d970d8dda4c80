/* The desk remembers since when it has had an item for as long as it has it; over a restart
 * only the snapshot does, so the time goes from one snapshot into the next. */
#include "wire/shelf.h"

#include <stdlib.h>
#include <string.h>

void shelf_init(struct shelf *shelf, const char *url)
{
    *shelf = (struct shelf){.key = snapshot_key(url)};
}

void shelf_fini(struct shelf *shelf)
{
    buffer_fini(&shelf->waiting);
    free(shelf->seen);
    *shelf = (struct shelf){0};
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    for (const unsigned char *p = bytes; length; p++, length--) {
        hash = (hash ^ *p) * 0x100000001b3u;
    }
    return hash;
}

static uint64_t mix_time(uint64_t hash, int64_t time)
{
    return (hash ^ (uint64_t)time) * 0x9E3779B97F4A7C15u;
}

/* --- Which headlines ---------------------------------------------------------------- */

struct choice {
    const struct headline *headline;
    size_t place; /* in the document */
};

/* Newest first; undated ones as the document has them, and before what is dated: a source
 * without dates has its newest on top. */
static int newer(const void *left, const void *right)
{
    const struct choice *a = left, *b = right;
    int64_t at = a->headline->published, bt = b->headline->published;
    if (at != bt && at != HEADLINE_NO_TIME && bt != HEADLINE_NO_TIME) {
        return at > bt ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static size_t choose(const struct outbox *outbox, size_t mark, size_t keep,
                     struct choice choices[HEADLINE_ITEMS])
{
    size_t count = 0;
    const struct message *message;
    while (count < HEADLINE_ITEMS && (message = outbox_next(outbox, &mark))) {
        if (message->kind == MESSAGE_HEADLINE) {
            choices[count] = (struct choice){&message->headline, count};
            count++;
        }
    }
    qsort(choices, count, sizeof *choices, newer);
    return count < keep ? count : keep;
}

/* --- Packing ------------------------------------------------------------------------ */

static int64_t known_since(const struct shelf *shelf, const struct headline *headline)
{
    for (size_t i = 0; i < shelf->seen_count; i++) {
        if (shelf->seen[i].identity == headline->identity) {
            int64_t since = shelf->seen[i].first_seen;
            return since < headline->first_seen ? since : headline->first_seen;
        }
    }
    return headline->first_seen;
}

static uint64_t content_begin(const struct snapshot *head)
{
    return mix(0xcbf29ce484222325u, head->name, strlen(head->name));
}

/* Times and texts but the source, which may stand in the head instead. */
static uint64_t content_add(uint64_t hash, const struct headline *headline)
{
    hash = mix_time(hash, headline->published);
    hash = mix_time(hash, headline->updated);
    hash = mix_time(hash, headline->expires);
    for (int field = 0; field < HEADLINE_FIELDS; field++) {
        const char *text = headline_get(headline, (enum headline_field)field);
        hash = field == HEADLINE_SOURCE ? hash : mix(hash, text, strlen(text) + 1);
    }
    return hash;
}

/* Packs until MOST bytes are used; the list of what is seen becomes that of what is packed. */
static uint64_t pack(struct shelf *shelf, const struct choice *choices, size_t count,
                     const struct snapshot *head, size_t most)
{
    struct shelf_seen *seen = calloc(count + 1, sizeof *seen);
    struct headline *own = calloc(1, sizeof *own);
    uint64_t content = content_begin(head);
    size_t packed = 0;
    snapshot_begin(&shelf->waiting, head);
    shelf->waiting.failed |= !seen || !own;
    for (size_t i = 0; i < count && !shelf->waiting.failed; i++) {
        size_t before = shelf->waiting.length;
        memcpy(own, choices[i].headline, headline_bytes(choices[i].headline));
        own->first_seen = known_since(shelf, own);
        snapshot_add(&shelf->waiting, own);
        if (shelf->waiting.length >= most) {
            shelf->waiting.length = before;
            break;
        }
        seen[packed++] = (struct shelf_seen){own->identity, own->first_seen};
        content = content_add(content, own);
    }
    snapshot_end(&shelf->waiting);
    free(own);
    if (shelf->waiting.failed) {
        free(seen);
        return 0;
    }
    free(shelf->seen);
    shelf->seen = seen;
    shelf->seen_count = packed;
    return content ? content : 1;
}

void shelf_take(struct shelf *shelf, const struct outbox *outbox, size_t mark,
                const struct snapshot *head, int keep, size_t most)
{
    struct choice choices[HEADLINE_ITEMS];
    struct snapshot own = *head;
    own.key = shelf->key;
    size_t count =
        choose(outbox, mark, (size_t)(keep > 0 ? keep : 1) * SHELF_SPARE, choices);
    bool waited = shelf->waiting.length > 0;
    uint64_t content = pack(shelf, choices, count, &own, most);
    if (content == 0 || (content == shelf->content && !waited)) {
        buffer_fini(&shelf->waiting);
    }
    shelf->content = content ? content : shelf->content;
}

void shelf_save(struct shelf *shelf, struct cache *cache, int64_t now_ms)
{
    if (shelf->waiting.length &&
        cache_save(cache, shelf->key, &shelf->waiting, &shelf->slot, now_ms)) {
        buffer_fini(&shelf->waiting);
    }
}

/* --- From the disk ------------------------------------------------------------------ */

bool shelf_recall(struct shelf *shelf, const struct cache *cache, struct buffer *out,
                  struct snapshot_reader *reader, struct snapshot *head)
{
    bool found = cache_load(cache, shelf->key, out, &shelf->slot) &&
                 snapshot_open(reader, out->bytes, out->length, head);
    shelf->content = found ? content_begin(head) : 0;
    return found;
}

void shelf_remember(struct shelf *shelf, const struct headline *headline)
{
    if (shelf->seen_count % 16 == 0) {
        struct shelf_seen *more =
            realloc(shelf->seen, (shelf->seen_count + 16) * sizeof *more);
        if (!more) {
            return;
        }
        shelf->seen = more;
    }
    shelf->content = content_add(shelf->content, headline);
    shelf->seen[shelf->seen_count++] =
        (struct shelf_seen){headline->identity, headline->first_seen};
}
