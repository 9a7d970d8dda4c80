/* Each step is one pass over the arrays: decode, levels, scripts, clusters, faces. Nothing
 * is shaped or mirrored here: HarfBuzz does both. */
#include "show/itemize.h"

#include <fribidi.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { BRACKETS_DEEP = 64 };

/* A code point takes at least one byte, so LENGTH bounds every array but the text, where a
 * bad byte may become the three of U+FFFD. One block holds them all, the widest first;
 * nothing in it outlives a text, so growing it copies nothing. */
static bool reserve(struct items *items, size_t length)
{
    size_t want = (length < ITEMIZE_CODES ? length : ITEMIZE_CODES) + 1;
    if (want <= items->room) {
        return true;
    }
    itemize_fini(items);
    uint32_t *block = malloc(want * (6 * sizeof *block + 3));
    if (!block) {
        return false;
    }
    items->room = want;
    items->codes = block;
    items->scripts = block + want;
    items->bytes = block + 2 * want;
    items->types = block + 3 * want;
    items->brackets = block + 4 * want;
    items->text = (char *)(block + 5 * want);
    items->levels = (int8_t *)(block + 6 * want);
    items->starts = (uint8_t *)items->levels + want;
    items->faces = items->starts + want;
    return true;
}

static bool is_mark(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool is_line_break(uint32_t code)
{
    return (code >= '\t' && code <= '\r') || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

/* What a code point of the input becomes: itself, a space, or nothing (0). */
static uint32_t keep(uint32_t code, size_t *marks)
{
    if (is_line_break(code)) {
        code = ' ';
    }
    if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
        return 0;
    }
    *marks = code >= 0x300 && is_mark(code) ? *marks + 1 : 0;
    return *marks > ITEMIZE_MARKS ? 0 : code;
}

static void decode(struct items *items, const char *text, size_t length)
{
    size_t marks = 0;
    items->count = 0;
    for (size_t i = 0; i < length && items->count + 1 < items->room;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        code = keep(code, &marks);
        if (code != 0 && !(code == ' ' && items->count == 0)) {
            items->codes[items->count++] = code;
        }
    }
    while (items->count && items->codes[items->count - 1] == ' ') {
        items->count--;
    }
    uint32_t at = 0;
    for (size_t i = 0; i < items->count; i++) {
        items->bytes[i] = at;
        at += (uint32_t)utf8_encode(items->codes[i], items->text + at);
    }
    items->bytes[items->count] = at;
    items->text[at] = '\0';
}

static bool find_levels(struct items *items)
{
    FriBidiStrIndex count = (FriBidiStrIndex)items->count;
    FriBidiParType base = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(items->codes, count, items->types);
    fribidi_get_bracket_types(items->codes, count, items->types, items->brackets);
    if (!fribidi_get_par_embedding_levels_ex(items->types, items->brackets, count, &base,
                                             (FriBidiLevel *)items->levels)) {
        return false;
    }
    items->rtl = FRIBIDI_IS_RTL(base);
    return true;
}

static bool is_shared(uint32_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN;
}

/* Characters of no script of their own take the one before; a closing bracket takes that of
 * its opener, so that a bracketed word does not change font half way. */
static void find_scripts(struct items *items)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    struct {
        uint32_t code, script;
    } open[BRACKETS_DEEP];
    size_t depth = 0, leading = 0;
    uint32_t current = HB_SCRIPT_COMMON;
    for (size_t i = 0; i < items->count; i++) {
        uint32_t code = items->codes[i];
        uint32_t script = hb_unicode_script(unicode, code);
        FriBidiBracketType bracket = items->brackets[i];
        if (!is_shared(script)) {
            current = script;
        } else if (FRIBIDI_IS_BRACKET_OPEN(bracket) && depth < BRACKETS_DEEP) {
            open[depth].code = hb_unicode_mirroring(unicode, code);
            open[depth++].script = current;
        } else if (bracket != FRIBIDI_NO_BRACKET && depth > 0 &&
                   open[depth - 1].code == code) {
            current = is_shared(open[--depth].script) ? current : open[depth].script;
        }
        items->scripts[i] = current;
        leading = is_shared(current) ? i + 1 : leading;
    }
    uint32_t first = leading < items->count ? items->scripts[leading] : HB_SCRIPT_LATIN;
    for (size_t i = 0; i < leading; i++) {
        items->scripts[i] = first;
    }
}

static void find_clusters(struct items *items)
{
    utf8proc_int32_t state = 0;
    for (size_t i = 0; i < items->count; i++) {
        items->starts[i] = i == 0 || utf8proc_grapheme_break_stateful(
                                         (utf8proc_int32_t)items->codes[i - 1],
                                         (utf8proc_int32_t)items->codes[i], &state);
    }
}

static size_t cluster_end(const struct items *items, size_t start)
{
    size_t end = start + 1;
    while (end < items->count && !items->starts[end]) {
        end++;
    }
    return end;
}

static bool is_ignorable(const struct items *items, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (!utf8proc_get_property((utf8proc_int32_t)items->codes[i])->ignorable) {
            return false;
        }
    }
    return true;
}

/* Spaces and invisible characters stay with the face before them, which keeps runs long. */
static void find_faces(struct items *items, struct faces *faces)
{
    uint8_t current = FACE_NONE;
    for (size_t i = 0, end; i < items->count; i = end) {
        end = cluster_end(items, i);
        for (size_t j = i; j < end; j++) {
            items->scripts[j] = items->scripts[i];
            items->levels[j] = items->levels[i];
        }
        bool keeps = current != FACE_NONE &&
                     (is_ignorable(items, i, end) ||
                      (items->codes[i] == ' ' &&
                       faces_cover(faces, current, items->codes + i, end - i)));
        if (!keeps) {
            uint8_t found =
                faces_find(faces, items->codes + i, end - i, items->scripts[i]);
            memset(items->faces + i, found, end - i);
            current = found != FACE_NONE ? found : current;
        } else {
            memset(items->faces + i, current, end - i);
        }
    }
}

bool itemize(struct items *items, struct faces *faces, const char *text, size_t length)
{
    items->count = 0;
    if (!reserve(items, length)) {
        return false;
    }
    decode(items, text, length);
    items->rtl = false;
    if (items->count == 0) {
        return true;
    }
    if (!find_levels(items)) {
        return false;
    }
    find_scripts(items);
    find_clusters(items);
    find_faces(items, faces);
    return true;
}

bool itemize_joins(const struct items *items, size_t i, size_t j)
{
    while (i > 0 && FRIBIDI_IS_JOIN_SKIPPED(fribidi_get_joining_type(items->codes[i]))) {
        i--;
    }
    while (j + 1 < items->count &&
           FRIBIDI_IS_JOIN_SKIPPED(fribidi_get_joining_type(items->codes[j]))) {
        j++;
    }
    return FRIBIDI_JOINS_LEFT(fribidi_get_joining_type(items->codes[i])) &&
           FRIBIDI_JOINS_RIGHT(fribidi_get_joining_type(items->codes[j]));
}

void itemize_fini(struct items *items)
{
    free(items->codes);
    *items = (struct items){0};
}
