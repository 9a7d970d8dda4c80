/* FriBidi finds the levels and knows how letters join; its own reordering and shaping are not
 * used, for HarfBuzz mirrors and shapes, and marks must stay behind their base. */
#include "show/bidi.h"

#include <fribidi.h>

int bidi_levels(const uint32_t *codes, size_t count, enum bidi_base base, int8_t *levels,
                uint32_t *types, uint32_t *brackets)
{
    static const FriBidiParType bases[] = {FRIBIDI_PAR_ON, FRIBIDI_PAR_LTR,
                                           FRIBIDI_PAR_RTL};
    FriBidiStrIndex length = (FriBidiStrIndex)count;
    FriBidiParType direction = bases[base];
    fribidi_get_bidi_types(codes, length, types);
    fribidi_get_bracket_types(codes, length, types, brackets);
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction,
                                             (FriBidiLevel *)levels)) {
        return -1;
    }
    return FRIBIDI_IS_RTL(direction) ? 1 : 0;
}

enum bidi_bracket bidi_bracket(uint32_t bracket)
{
    if (bracket == FRIBIDI_NO_BRACKET) {
        return BIDI_NO_BRACKET;
    }
    return FRIBIDI_IS_BRACKET_OPEN(bracket) ? BIDI_OPEN : BIDI_CLOSE;
}

static void reverse(uint32_t *visual, size_t first, size_t end)
{
    for (; first + 1 < end; first++) {
        uint32_t swap = visual[first];
        visual[first] = visual[--end];
        visual[end] = swap;
    }
}

/* From the highest level down to the lowest odd one, every stretch at that level or above is
 * reversed. */
void bidi_order(const uint8_t *levels, size_t count, uint32_t *visual)
{
    int highest = 0;
    for (size_t i = 0; i < count; i++) {
        visual[i] = (uint32_t)i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (size_t i = 0, end; i < count; i = end + 1) {
            end = i;
            while (end < count && levels[visual[end]] >= level) {
                end++;
            }
            reverse(visual, i, end);
        }
    }
}

bool bidi_is_cursive(uint32_t code)
{
    FriBidiJoiningType type = fribidi_get_joining_type(code);
    return FRIBIDI_IS_JOINING_TYPE_D(type) || FRIBIDI_IS_JOINING_TYPE_R(type) ||
           FRIBIDI_IS_JOINING_TYPE_L(type);
}

bool bidi_joins(const uint32_t *codes, size_t count, size_t i, size_t j)
{
    while (i > 0 && FRIBIDI_IS_JOIN_SKIPPED(fribidi_get_joining_type(codes[i]))) {
        i--;
    }
    while (j + 1 < count && FRIBIDI_IS_JOIN_SKIPPED(fribidi_get_joining_type(codes[j]))) {
        j++;
    }
    return FRIBIDI_JOINS_LEFT(fribidi_get_joining_type(codes[i])) &&
           FRIBIDI_JOINS_RIGHT(fribidi_get_joining_type(codes[j]));
}
