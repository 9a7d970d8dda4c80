/* The priorities are the set's (show/fontset.h); here is only what a cluster asks for. Han asks
 * for the face of the country whose letters keep it company. */
#include "show/choose.h"

#include <hb.h>
#include <string.h>
#include <utf8proc.h>

#include "show/bidi.h"
#include "show/emoji.h"

/* One search through a text. */
struct choice {
    struct items *items;
    struct faces *faces;
    uint32_t han;    /* the script that Han asks faces for */
    uint8_t current; /* of the last letters */
    size_t parted;   /* the letters before here are of a word that no face has whole */
    bool dropped;    /* code points became 0 */
};

static uint32_t han_of(const struct items *items)
{
    uint32_t han = HB_SCRIPT_HAN;
    for (size_t i = 0; i < items->count; i++) {
        switch (items->scripts[i]) {
        case HB_SCRIPT_HIRAGANA:
        case HB_SCRIPT_KATAKANA:
            return HB_TAG('J', 'p', 'a', 'n');
        case HB_SCRIPT_HANGUL:
            han = HB_TAG('K', 'o', 'r', 'e');
            break;
        case HB_SCRIPT_BOPOMOFO:
            han = HB_TAG('H', 'a', 'n', 't');
            break;
        default:
            break;
        }
    }
    return han;
}

static bool is_ignorable(const uint32_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!utf8proc_get_property((utf8proc_int32_t)codes[i])->ignorable) {
            return false;
        }
    }
    return true;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' ||
           utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ZS;
}

/* The end of the cluster at START, whose code points are made one. */
static size_t take_cluster(struct items *items, size_t start)
{
    size_t end = itemize_cluster_end(items, start);
    for (size_t i = start + 1; i < end; i++) {
        items->scripts[i] = items->scripts[start];
        items->levels[i] = items->levels[start];
    }
    return end;
}

static void set_face(struct items *items, size_t start, size_t end, uint8_t face)
{
    memset(items->faces + start, face, end - start);
}

static bool choose_emoji(struct choice *choice, size_t start, size_t end)
{
    struct items *items = choice->items;
    if (!emoji_cluster(items->codes + start, end - start)) {
        return false;
    }
    uint8_t face = faces_find_emoji(choice->faces, items->codes + start, end - start);
    if (face == FACE_NONE) {
        return false;
    }
    set_face(items, start, end, face);
    for (size_t i = start; i < end; i++) {
        items->scripts[i] = FONTSET_EMOJI;
    }
    return true;
}

/* Spaces and invisible characters stay with the letters before them, which keeps runs long. */
static bool choose_blank(struct choice *choice, size_t start, size_t end)
{
    const uint32_t *codes = choice->items->codes + start;
    size_t count = end - start;
    if ((!is_blank(*codes) && !is_ignorable(codes, count)) ||
        !faces_cover(choice->faces, choice->current, codes, count)) {
        return false;
    }
    set_face(choice->items, start, end, choice->current);
    return true;
}

static uint32_t script_at(const struct choice *choice, size_t start)
{
    uint32_t script = choice->items->scripts[start];
    return script == HB_SCRIPT_HAN ? choice->han : script;
}

static bool in_word(uint32_t code)
{
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_CF:
        return true;
    default:
        return false;
    }
}

/* A word of a joining script wants one face, or its letters would part. Returns the word's end
 * if there is such a face, else START. */
static size_t choose_word(struct choice *choice, size_t start)
{
    struct items *items = choice->items;
    if (start < choice->parted || !bidi_is_cursive(items->codes[start])) {
        return start;
    }
    size_t end = take_cluster(items, start);
    while (end < items->count && in_word(items->codes[end]) &&
           items->scripts[end] == items->scripts[start] &&
           items->levels[end] == items->levels[start]) {
        end = take_cluster(items, end);
    }
    uint8_t face = faces_find_whole(choice->faces, items->codes + start, end - start,
                                    script_at(choice, start), FACE_NONE);
    if (face == FACE_NONE) {
        choice->parted = end;
        return start;
    }
    set_face(items, start, end, face);
    choice->current = face;
    return end;
}

/* The script of the letters that CODE, shared by several scripts, has its place among in
 * Unicode; 0 if it stands with no letters. An Arabic comma behind a Hebrew word still is in the
 * Arabic font. */
static uint32_t home_of(uint32_t code)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    if (!itemize_is_shared(hb_unicode_script(unicode, code))) {
        return 0;
    }
    for (uint32_t i = 0; i < 128; i++) {
        uint32_t script = hb_unicode_script(unicode, (code & ~127u) + i);
        if (!itemize_is_shared(script)) {
            return script;
        }
    }
    return 0;
}

/* What the face of a cluster lacks behind the base is left out. */
static void drop_missing(struct choice *choice, uint8_t face, size_t start, size_t end)
{
    struct items *items = choice->items;
    uint32_t script = items->scripts[start];
    if (faces_cover(choice->faces, face, items->codes + start, end - start) ||
        faces_compose(choice->faces, face, items->codes + start, end - start, script)) {
        return;
    }
    for (size_t i = start + 1; i < end; i++) {
        if (!faces_cover(choice->faces, face, &items->codes[i], 1)) {
            faces_report_missing(choice->faces, items->codes[i], script);
            items->codes[i] = 0;
            choice->dropped = true;
        }
    }
}

static void choose_letters(struct choice *choice, size_t start, size_t end)
{
    struct items *items = choice->items;
    const uint32_t *codes = items->codes + start;
    uint8_t face =
        faces_find(choice->faces, codes, end - start, script_at(choice, start));
    uint32_t home = face == FACE_NONE ? home_of(*codes) : 0;
    if (home) {
        face = faces_find(choice->faces, codes, end - start, home);
    }
    set_face(items, start, end, face);
    if (face == FACE_NONE) {
        bool emoji = emoji_cluster(codes, end - start);
        faces_report_missing(choice->faces, *codes,
                             emoji ? FONTSET_EMOJI : items->scripts[start]);
        return;
    }
    choice->current = face;
    drop_missing(choice, face, start, end);
}

static void compact(struct items *items)
{
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++) {
        if (items->codes[i] != 0) {
            items->codes[kept] = items->codes[i];
            items->levels[kept] = items->levels[i];
            items->scripts[kept] = items->scripts[i];
            items->starts[kept] = items->starts[i];
            items->faces[kept] = items->faces[i];
            kept++;
        }
    }
    items->count = kept;
}

void choose_faces(struct items *items, struct faces *faces)
{
    struct choice choice = {
        .items = items, .faces = faces, .han = han_of(items), .current = FACE_NONE};
    for (size_t i = 0; i < items->count;) {
        size_t end = take_cluster(items, i);
        if (choose_emoji(&choice, i, end) || choose_blank(&choice, i, end)) {
            i = end;
            continue;
        }
        size_t word = choose_word(&choice, i);
        if (word == i) {
            choose_letters(&choice, i, end);
            word = end;
        }
        i = word;
    }
    if (choice.dropped) {
        compact(items);
    }
}

void choose_again(struct items *items, struct faces *faces, size_t start)
{
    size_t end = itemize_cluster_end(items, start);
    uint8_t face = FACE_NONE;
    if (items->starts[start] == 1) {
        face = faces_find_whole(faces, items->codes + start, end - start,
                                items->scripts[start], items->faces[start]);
        items->starts[start] = 2;
    }
    if (face == FACE_NONE) {
        faces_report_missing(faces, items->codes[start], items->scripts[start]);
    }
    set_face(items, start, end, face);
}
