/* A candidate is first appended to the buffer and taken off again if it loses, so that text
 * which arrives in pieces needs no copy. */
#include "feed/item.h"

#include <string.h>

#include "base/headline.h"
#include "feed/date.h"
#include "feed/link.h"

enum { CATEGORY_CODES = 100, CATEGORIES_BYTES = 1024, UNREADABLE_MOST = 16 };

void item_clear(struct item *item)
{
    item->text.length = 0;
    item->text.failed = false;
    item->categories.length = 0;
    item->categories.failed = false;
    memset(item->fields, 0, sizeof item->fields);
    memset(item->time_ranks, 0, sizeof item->time_ranks);
    item->unreadable_times = 0;
    for (int i = 0; i < ITEM_TIMES; i++) {
        item->times[i] = HEADLINE_NO_TIME;
    }
}

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] > ' ') {
            return false;
        }
    }
    return true;
}

void item_keep(struct item *item, enum item_field field, int rank, enum clean_form form,
               size_t at)
{
    size_t length = item->text.length - at;
    if (rank <= item->fields[field].rank || length == 0 ||
        is_blank(item->text.bytes + at, length)) {
        item->text.length = at;
        return;
    }
    item->fields[field] = (struct item_text){at, length, rank, form};
}

void item_offer(struct item *item, enum item_field field, int rank, enum clean_form form,
                const char *text, size_t length)
{
    size_t at = item->text.length;
    buffer_append(&item->text, text, length);
    item_keep(item, field, rank, form, at);
}

void item_offer_link(struct item *item, enum item_field field, int rank, const char *text,
                     size_t length, const char *base, size_t base_length)
{
    size_t at = item->text.length;
    size_t bytes = link_resolve(text, length, base, base_length, &item->text);
    if (bytes && link_is_web(item->text.bytes + at, bytes)) {
        item_keep(item, field, rank, CLEAN_PLAIN, at);
    } else {
        item->text.length = at;
    }
}

void item_offer_time(struct item *item, enum item_time which, int rank, const char *text,
                     size_t length)
{
    int64_t at;
    if (rank <= item->time_ranks[which] || item->unreadable_times == UNREADABLE_MOST) {
        return;
    }
    if (date_parse(text, length, &at)) {
        item->times[which] = at;
        item->time_ranks[which] = rank;
    } else {
        item->unreadable_times++;
    }
}

static bool has_line(const char *lines, size_t length, const char *line,
                     size_t line_length)
{
    for (size_t i = 0; i < length;) {
        const char *end = memchr(lines + i, '\n', length - i);
        size_t n = end ? (size_t)(end - lines) - i : length - i;
        if (n == line_length && memcmp(lines + i, line, n) == 0) {
            return true;
        }
        i += n + 1;
    }
    return false;
}

void item_add_category(struct item *item, enum clean_form form, const char *text,
                       size_t length)
{
    struct buffer *all = &item->categories;
    size_t before = all->length;
    if (before) {
        buffer_byte(all, '\n');
    }
    size_t at = all->length;
    size_t bytes = clean_text(text, length, form, CATEGORY_CODES, all);
    if (bytes == 0 || all->length > CATEGORIES_BYTES || all->failed ||
        has_line(all->bytes, before, all->bytes + at, bytes)) {
        all->length = before;
    }
}

void item_fini(struct item *item)
{
    buffer_fini(&item->text);
    buffer_fini(&item->categories);
}
