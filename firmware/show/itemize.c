/* Each step is one pass over the arrays: decode, levels, scripts, clusters, faces, and the
 * text anew. Nothing is shaped or mirrored here: HarfBuzz does both. */
#include "show/itemize.h"

#include <hb.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "show/bidi.h"
#include "show/choose.h"

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

/* Whether CODE stacks on the base before it; joiners and the like stand between marks, and
 * spacing marks beside them, without beginning a new base. */
static size_t count_mark(uint32_t code, size_t marks)
{
    switch (code < 0x300 ? UTF8PROC_CATEGORY_LU
                         : utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
        return marks + 1;
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_CF:
        return marks;
    default:
        return 0;
    }
}

static bool is_line_break(uint32_t code)
{
    return (code >= '\t' && code <= '\r') || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= 0xA0 && utf8proc_category((utf8proc_int32_t)code) ==
                                               UTF8PROC_CATEGORY_ZS);
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
    size_t counted = count_mark(code, *marks);
    bool passes = counted > ITEMIZE_MARKS && counted > *marks;
    *marks = passes ? *marks : counted;
    return passes ? 0 : code;
}

static void decode(struct items *items, const char *text, size_t length)
{
    size_t marks = 0;
    items->count = 0;
    for (size_t i = 0; i < length && items->count + 1 < items->room;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        code = keep(code, &marks);
        if (code != 0 && !(items->count == 0 && is_blank(code))) {
            items->codes[items->count++] = code;
        }
    }
    while (items->count && is_blank(items->codes[items->count - 1])) {
        items->count--;
    }
}

static void encode(struct items *items)
{
    uint32_t at = 0;
    for (size_t i = 0; i < items->count; i++) {
        items->bytes[i] = at;
        at += (uint32_t)utf8_encode(items->codes[i], items->text + at);
    }
    items->bytes[items->count] = at;
    items->text[at] = '\0';
}

bool itemize_is_shared(uint32_t script)
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
        enum bidi_bracket bracket = bidi_bracket(items->brackets[i]);
        if (!itemize_is_shared(script)) {
            current = script;
        } else if (bracket == BIDI_OPEN && depth < BRACKETS_DEEP) {
            open[depth].code = hb_unicode_mirroring(unicode, code);
            open[depth++].script = current;
        } else if (bracket == BIDI_CLOSE && depth > 0 && open[depth - 1].code == code) {
            current =
                itemize_is_shared(open[--depth].script) ? current : open[depth].script;
        }
        items->scripts[i] = current;
        leading = itemize_is_shared(current) ? i + 1 : leading;
    }
    uint32_t first = leading < items->count ? items->scripts[leading] : HB_SCRIPT_LATIN;
    for (size_t i = 0; i < leading; i++) {
        items->scripts[i] = first;
    }
}

void itemize_clusters(const uint32_t *codes, size_t count, uint8_t *starts)
{
    utf8proc_int32_t state = 0;
    for (size_t i = 0; i < count; i++) {
        starts[i] = i == 0 ||
                    utf8proc_grapheme_break_stateful((utf8proc_int32_t)codes[i - 1],
                                                     (utf8proc_int32_t)codes[i], &state);
    }
}

size_t itemize_cluster_end(const struct items *items, size_t start)
{
    size_t end = start + 1;
    while (end < items->count && !items->starts[end]) {
        end++;
    }
    return end;
}

bool itemize(struct items *items, struct faces *faces, const char *text, size_t length)
{
    items->count = 0;
    if (!reserve(items, length)) {
        return false;
    }
    decode(items, text, length);
    items->rtl = false;
    if (items->count > 0) {
        int base = bidi_levels(items->codes, items->count, BIDI_AUTO, items->levels,
                               items->types, items->brackets);
        if (base < 0) {
            return false;
        }
        items->rtl = base == 1;
        find_scripts(items);
        itemize_clusters(items->codes, items->count, items->starts);
        choose_faces(items, faces);
    }
    encode(items);
    return true;
}

void itemize_fini(struct items *items)
{
    free(items->codes);
    *items = (struct items){0};
}
