/* What people do by hand: push a headline, clear a flash, hide a headline. The push source has no
 * fetches, so each push is one of its own, and the oldest makes room for a new one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "desk/inside.h"

enum { IDENTITY_DIGITS = 16 };

bool hand_has_hidden(const struct desk *desk, uint64_t identity)
{
    uint64_t kept = desk->hides < DESK_HIDES ? desk->hides : DESK_HIDES;
    for (size_t i = 0; i < kept; i++) {
        if (desk->hidden[i] == identity) {
            return true;
        }
    }
    return false;
}

void hand_prepare(struct desk *desk, const struct headline *headline)
{
    struct source *source = &desk->sources[desk->push];
    judge_settle(desk);
    for (size_t i = source->count; i-- > 0;) {
        const struct entry *entry = &source->entries[i];
        bool same = entry->item->headline.identity == headline->identity;
        /* Each push of a flash has the whole time that one may have. */
        bool flash = entry->item->headline.flash || headline->flash;
        if (entry->state != DESK_AIRS || (same && flash)) {
            entries_drop(desk, source, i);
        }
    }
    source->came = 0;
    source->fetch++;
}

void hand_set_clock(struct desk *desk, int64_t before, int64_t now)
{
    const struct source *source =
        desk->push < desk->source_count ? &desk->sources[desk->push] : NULL;
    for (size_t i = 0; source && i < source->count; i++) {
        struct headline *headline = &source->entries[i].item->headline;
        if (headline->expires != HEADLINE_NO_TIME && headline->expires > before) {
            headline->expires += now - before;
        }
    }
}

static bool is_named(const struct headline *headline, const char *id)
{
    char digits[IDENTITY_DIGITS + 1];
    if (headline->at[HEADLINE_ID]) {
        return strcmp(headline_get(headline, HEADLINE_ID), id) == 0;
    }
    snprintf(digits, sizeof digits, "%016" PRIx64, headline->identity);
    return strcmp(digits, id) == 0;
}

void desk_hide_identity(struct desk *desk, uint64_t identity)
{
    if (!hand_has_hidden(desk, identity)) {
        desk->hidden[desk->hides++ % DESK_HIDES] = identity;
    }
}

uint64_t desk_hides(const struct desk *desk)
{
    return desk->hides;
}

uint64_t desk_hidden(const struct desk *desk, uint64_t i)
{
    return desk->hidden[i % DESK_HIDES];
}

static void hide(struct desk *desk, struct source *source, struct entry *entry)
{
    struct item *item = entry->item;
    item->hidden = true;
    judge_look(entry);
    judge_mark(desk, source);
    desk_hide_identity(desk, item->headline.identity);
}

static size_t take_away(struct desk *desk, const char *id, bool flashes)
{
    size_t count = 0;
    for (size_t i = 0; i < desk->source_count; i++) {
        struct source *source = &desk->sources[i];
        for (size_t j = source->count; j-- > 0;) {
            struct entry *entry = &source->entries[j];
            const struct headline *headline = &entry->item->headline;
            if ((flashes && !headline->flash) || !is_named(headline, id)) {
                continue;
            }
            if (i == desk->push) {
                entries_drop(desk, source, j);
            } else {
                hide(desk, source, entry);
            }
            count++;
        }
    }
    return count;
}

void desk_set_push(struct desk *desk, size_t source)
{
    desk->push = source;
}

size_t desk_hide(struct desk *desk, const char *id)
{
    return take_away(desk, id, false);
}

size_t desk_clear(struct desk *desk, const char *id)
{
    judge_settle(desk);
    return take_away(desk, id, true);
}
