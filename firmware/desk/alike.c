/* The two rows of marks are laid beside each other by their longest common subsequence. What
 * is left over on one side is either on the other side too (it has moved), or it is more than
 * the other says. More on both sides means that something was exchanged: "wins" for "loses",
 * one place for another. No list of such pairs would ever be complete, so none is asked. */
#include "desk/alike.h"

#include <string.h>

#include "desk/marks.h"

/* Two rows and which of their marks have a partner. */
struct row {
    const uint32_t *marks;
    size_t count;
    bool kept[MESSAGE_MARKS];  /* in the common subsequence */
    bool moved[MESSAGE_MARKS]; /* the other has it elsewhere */
    size_t more;               /* marks without a partner */
};

static uint32_t meaning(uint32_t mark)
{
    return mark & ~(uint32_t)MARK_PLACE;
}

/* The next number of ROW from I on; its count where there is none. */
static size_t next_number(const uint32_t *marks, size_t count, size_t i)
{
    while (i < count && !(marks[i] & MARK_NUMBER)) {
        i++;
    }
    return i;
}

static bool same_numbers(const struct row *a, const struct row *b)
{
    size_t i = next_number(a->marks, a->count, 0);
    size_t j = next_number(b->marks, b->count, 0);
    while (i < a->count && j < b->count && meaning(a->marks[i]) == meaning(b->marks[j])) {
        i = next_number(a->marks, a->count, i + 1);
        j = next_number(b->marks, b->count, j + 1);
    }
    return i == a->count && j == b->count;
}

/* longest[i][j] is that of a[i..] and b[j..]. */
static void keep_common(struct row *a, struct row *b)
{
    unsigned char longest[MESSAGE_MARKS + 1][MESSAGE_MARKS + 1];
    memset(longest[a->count], 0, b->count + 1);
    for (size_t i = a->count; i-- > 0;) {
        longest[i][b->count] = 0;
        for (size_t j = b->count; j-- > 0;) {
            unsigned char down = longest[i + 1][j], right = longest[i][j + 1];
            longest[i][j] = meaning(a->marks[i]) == meaning(b->marks[j])
                                ? (unsigned char)(longest[i + 1][j + 1] + 1)
                            : down > right ? down
                                           : right;
        }
    }
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (meaning(a->marks[i]) == meaning(b->marks[j])) {
            a->kept[i++] = b->kept[j++] = true;
        } else if (longest[i + 1][j] >= longest[i][j + 1]) {
            i++;
        } else {
            j++;
        }
    }
}

/* Finds what has moved; false if what is left over turns the meaning. */
static bool pair_rest(struct row *a, struct row *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count && !a->kept[i] && !a->moved[i]; j++) {
            if (!b->kept[j] && !b->moved[j] &&
                meaning(a->marks[i]) == meaning(b->marks[j])) {
                a->moved[i] = b->moved[j] = true;
            }
        }
    }
    struct row *rows[] = {a, b};
    for (int side = 0; side < 2; side++) {
        struct row *row = rows[side];
        for (size_t i = 0; i < row->count; i++) {
            bool more = !row->kept[i] && !row->moved[i];
            row->more += more;
            if (more && (row->marks[i] & (MARK_TURN | MARK_NUMBER))) {
                return false;
            }
        }
    }
    return true;
}

/* How much a headline of SHARED marks may be lengthened. */
static bool may_have_more(size_t shared, size_t more, bool chars)
{
    if (chars) {
        return shared >= 8 ? 100 * more <= 35 * (shared + more)
                           : shared >= 5 && more <= 1;
    }
    return shared >= 5 ? 100 * more <= 40 * (shared + more) : shared == 4 && more <= 1;
}

/* The marks of ROW that the other has too, in their order. */
static size_t shared_of(const struct row *row, uint32_t out[MESSAGE_MARKS])
{
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (row->kept[i] || row->moved[i]) {
            out[count++] = row->marks[i];
        }
    }
    return count;
}

static bool is_rotation(const uint32_t *a, const uint32_t *b, size_t count)
{
    for (size_t by = 1; by < count; by++) {
        size_t i = 0;
        while (i < count && meaning(a[(i + by) % count]) == meaning(b[i])) {
            i++;
        }
        if (i == count) {
            return true;
        }
    }
    return false;
}

/* Where the moved marks of ROW stand, if side by side; their number, else 0. */
static size_t moved_block(const struct row *row, size_t *first)
{
    size_t count = 0, last = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (row->moved[i]) {
            *first = count == 0 ? i : *first;
            count++;
            last = i;
        }
    }
    return count > 0 && last - *first + 1 == count ? count : 0;
}

/* One phrase stands elsewhere: "on Monday in London", "in London on Monday". */
static bool is_moved_phrase(const struct row *a, const struct row *b, size_t shared)
{
    size_t at_a = 0, at_b = 0;
    size_t block = moved_block(a, &at_a);
    if (block == 0 || moved_block(b, &at_b) != block || 2 * block > shared) {
        return false;
    }
    for (size_t i = 0; i < block; i++) {
        if (meaning(a->marks[at_a + i]) != meaning(b->marks[at_b + i])) {
            return false;
        }
    }
    return (a->marks[at_a] & MARK_LED) && (b->marks[at_b] & MARK_LED);
}

/* "Storm hits coast", "Coast hit by storm": who does it stands first, or behind "by". */
static bool is_passive(const struct row *active, const struct row *passive)
{
    for (size_t i = 1; i < passive->count; i++) {
        if ((passive->marks[i] & MARK_BY) &&
            meaning(passive->marks[i]) == meaning(active->marks[0])) {
            return true;
        }
    }
    return false;
}

/* Where the phrase that begins at MARKS[AT] behind a preposition stands in OTHER, behind one
 * there too; COUNT if it does not. LENGTH gets how many marks both have of it. */
static size_t phrase_in(const uint32_t *marks, size_t at, const uint32_t *other,
                        size_t count, size_t *length)
{
    size_t place = 0, n = 1;
    while (place < count &&
           !((other[place] & MARK_FREE) && meaning(other[place]) == meaning(marks[at]))) {
        place++;
    }
    while (at + n < count && place + n < count && !(marks[at + n] & MARK_LED) &&
           !(other[place + n] & MARK_LED) &&
           meaning(marks[at + n]) == meaning(other[place + n])) {
        n++;
    }
    *length = n;
    return place;
}

static size_t take_out(uint32_t *marks, size_t count, size_t at, size_t length)
{
    memmove(marks + at, marks + at + length, (count - at - length) * sizeof *marks);
    return count - length;
}

/* Without the phrases that may stand anywhere the order is the same, or turned round. Changes
 * both rows. */
static bool is_free_order(uint32_t *a, uint32_t *b, size_t count)
{
    size_t all = count;
    for (size_t i = 0; i < count;) {
        size_t length, place = count;
        if (a[i] & MARK_FREE) {
            place = phrase_in(a, i, b, count, &length);
        }
        if (place == count) {
            i++;
            continue;
        }
        take_out(b, count, place, length);
        count = take_out(a, count, i, length);
    }
    size_t same = 0;
    while (same < count && meaning(a[same]) == meaning(b[same])) {
        same++;
    }
    return same == count || (count == 2 && all >= 4) ||
           (count >= 3 && is_rotation(a, b, count));
}

static bool may_stand_so(const struct row *a, const struct row *b)
{
    uint32_t of_a[MESSAGE_MARKS], of_b[MESSAGE_MARKS];
    size_t shared = shared_of(a, of_a);
    shared_of(b, of_b);
    size_t moved = 0;
    for (size_t i = 0; i < a->count; i++) {
        moved += a->moved[i];
    }
    return moved == 0 ||
           (shared >= 3 &&
            (is_rotation(of_a, of_b, shared) || is_moved_phrase(a, b, shared) ||
             is_passive(a, b) || is_passive(b, a) || is_free_order(of_a, of_b, shared)));
}

static size_t chars_of(const struct row *row)
{
    size_t chars = 0;
    for (size_t i = 0; i < row->count; i++) {
        chars += (row->marks[i] & MARK_CHAR) != 0;
    }
    return chars;
}

/* Where several common subsequences are equally long, which one is found depends on who is
 * first: the answer must not. */
static bool stands_first(const uint32_t *a, size_t count_a, const uint32_t *b,
                         size_t count_b)
{
    return count_a != count_b ? count_a < count_b : memcmp(a, b, count_a * sizeof *a) < 0;
}

bool alike_stories(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b)
{
    if (!stands_first(a, count_a, b, count_b)) {
        const uint32_t *other = a;
        size_t count = count_a;
        a = b, count_a = count_b;
        b = other, count_b = count;
    }
    struct row x = {.marks = a, .count = count_a}, y = {.marks = b, .count = count_b};
    bool chars = 2 * chars_of(&x) > count_a;
    if (count_a < (chars ? 4 : 2) || !same_numbers(&x, &y)) {
        return false;
    }
    keep_common(&x, &y);
    if (!pair_rest(&x, &y) || (x.more > 0 && y.more > 0)) {
        return false;
    }
    size_t more = x.more + y.more;
    return (more == 0 || may_have_more(count_a, more, chars)) && may_stand_so(&x, &y);
}

/* --- Where to look ------------------------------------------------------------------------- */

static uint32_t mix(uint32_t x, uint32_t y)
{
    uint32_t h = (x ^ y * 0x9e3779b1u) * 0x85ebca6bu;
    h = (h ^ h >> 15) * 0xc2b2ae35u;
    return h ^ h >> 16;
}

enum { LEAST = 4 };

/* Puts UNIT among the LEAST smallest, sorted and each once. */
static size_t keep_least(uint32_t least[LEAST], size_t count, uint32_t unit)
{
    size_t i = count;
    while (i > 0 && least[i - 1] > unit) {
        i--;
    }
    if (i == LEAST || (i > 0 && least[i - 1] == unit)) {
        return count;
    }
    count += count < LEAST;
    memmove(&least[i + 1], &least[i], (count - i - 1) * sizeof *least);
    least[i] = unit;
    return count;
}

size_t alike_roads(const uint32_t *marks, size_t count, uint32_t roads[ALIKE_ROADS])
{
    uint32_t least[LEAST], numbers = 0;
    size_t units = 0, used = 0;
    for (size_t i = 0; i < count; i++) {
        bool pair = (marks[i] & MARK_CHAR) && i + 1 < count && (marks[i + 1] & MARK_CHAR);
        bool ends_pair = (marks[i] & MARK_CHAR) && i > 0 && (marks[i - 1] & MARK_CHAR);
        if (marks[i] & MARK_NUMBER) {
            numbers = mix(numbers, meaning(marks[i]));
        }
        if (pair) {
            units =
                keep_least(least, units, mix(meaning(marks[i]), meaning(marks[i + 1])));
        } else if (!ends_pair) {
            units = keep_least(least, units, mix(meaning(marks[i]), 0));
        }
    }
    if (count < 2) {
        return 0;
    }
    if (units == 1) {
        roads[used++] = mix(least[0], numbers);
    }
    for (size_t i = 0; i < units; i++) {
        for (size_t j = i + 1; j < units; j++) {
            roads[used++] = mix(mix(least[i], least[j]), numbers);
        }
    }
    return used;
}
