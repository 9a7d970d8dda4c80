/* One pass over the text: letters gather into a word, whatever ends a word weighs it. */
#include "desk/marks.h"

#include <string.h>
#include <uchar.h>

#include "base/headline.h"
#include "base/utf8.h"
#include "desk/fold.h"
#include "desk/headtail.h"
#include "desk/stem.h"
#include "desk/words.h"

enum {
    WORD_CODES = 40,
    WORD_BYTES = 4 * WORD_CODES + 1,
    FOLDED_BYTES = 8 * HEADLINE_TEXT_CODES
};

struct reading {
    struct message_keys *keys;
    uint32_t word[WORD_CODES]; /* folded; what is longer is cut */
    size_t codes;
    bool digits;     /* the word is a number */
    bool dotted;     /* it is single letters with dots between them, as U.S. */
    bool apostrophe; /* it stands behind one */
    uint32_t place;  /* how the next mark stands */
    bool counted;    /* a number now is that of an "update" */
};

static uint32_t hash(const uint32_t *codes, size_t count)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < count; i++) {
        h = (h ^ codes[i]) * 0x01000193u;
    }
    h = (h ^ h >> 16) * 0x85ebca6bu;
    return h ^ h >> 13;
}

static void add(struct reading *reading, uint32_t hashed, uint32_t bits)
{
    struct message_keys *keys = reading->keys;
    uint32_t mark = (hashed & ~(uint32_t)MARK_BITS) | bits;
    if (keys->count == MESSAGE_MARKS) {
        uint32_t *last = &keys->marks[MESSAGE_MARKS - 1];
        uint32_t both[] = {*last, mark};
        *last = (hash(both, 2) & ~(uint32_t)MARK_BITS) | MARK_NUMBER;
        return;
    }
    keys->marks[keys->count++] = mark | reading->place;
    reading->place = 0;
}

/* Adds TEXT, ASCII or not, as a word with its ending off. */
static void add_stem(struct reading *reading, const char *text, uint32_t bits)
{
    uint32_t codes[WORD_CODES];
    size_t count = 0, length = strlen(text);
    for (size_t i = 0; i < length && count < WORD_CODES;) {
        i += utf8_decode(text + i, length - i, &codes[count++]);
    }
    add(reading, hash(codes, stem(codes, count)), bits);
}

/* DIGITS as if they had stood there. */
static void add_number(struct reading *reading, const char *digits)
{
    uint32_t codes[WORD_CODES];
    size_t count = 0;
    while (digits[count] && count < WORD_CODES) {
        codes[count] = (unsigned char)digits[count];
        count++;
    }
    add(reading, hash(codes, count), MARK_NUMBER);
}

static void weigh(struct reading *reading, const char *text)
{
    const struct word *word = words_find(text);
    switch (word ? word->kind : WORD_PLAIN) {
    case WORD_PREPOSITION:
        reading->place |= MARK_LED | MARK_FREE;
        return;
    case WORD_FUNCTION:
        reading->place |= MARK_LED;
        reading->counted = strcmp(text, "update") == 0;
        return;
    case WORD_BY:
        reading->place |= MARK_LED | MARK_BY | MARK_FREE;
        return;
    case WORD_NUMBER:
        add_number(reading, word->stands_for);
        return;
    case WORD_SAME:
        add_stem(reading, word->stands_for, 0);
        return;
    case WORD_SIDE:
    case WORD_AGAINST:
        reading->place |= MARK_LED | MARK_FREE;
        add_stem(reading, text, word->kind == WORD_AGAINST ? MARK_TURN : 0);
        return;
    case WORD_TURN:
        add_stem(reading, text, MARK_TURN);
        return;
    default:
        add_stem(reading, text, 0);
    }
}

/* What stands behind an apostrophe: nothing to keep but the t of "don't". */
static bool is_appended(struct reading *reading, const char *text)
{
    static const char *const endings[] = {"s", "m", "d", "re", "ve", "ll"};
    if (!reading->apostrophe) {
        return false;
    }
    if (strcmp(text, "t") == 0) {
        add_stem(reading, "not", MARK_TURN);
        return true;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strcmp(text, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void end_word(struct reading *reading)
{
    char text[WORD_BYTES];
    size_t bytes = 0, codes = reading->codes;
    bool counted = reading->counted;
    if (codes == 0) {
        return;
    }
    reading->codes = 0;
    reading->counted = false;
    if (reading->digits) {
        if (!counted) {
            add(reading, hash(reading->word, codes), MARK_NUMBER);
        }
    } else {
        for (size_t i = 0; i < codes; i++) {
            bytes += utf8_encode(reading->word[i], text + bytes);
        }
        text[bytes] = '\0';
        if (!is_appended(reading, text)) {
            weigh(reading, text);
        }
    }
    reading->apostrophe = reading->dotted = false;
}

static bool is_among(uint32_t code, const char32_t *set)
{
    while (*set && *set != code) {
        set++;
    }
    return *set != 0;
}

/* A character of Han, kana or Thai is a word to itself. */
static void add_char(struct reading *reading, uint32_t code)
{
    if (is_among(code, U"的了将將已把をがはにでとものへや・")) {
        return;
    }
    if (is_among(code, U"在于於因")) {
        reading->place |= MARK_LED | MARK_FREE;
        return;
    }
    uint32_t bits = MARK_CHAR;
    if (is_among(code, U"一二三四五六七八九十百千万萬亿億两兩〇")) {
        bits |= MARK_NUMBER;
        code = is_among(code, U"两兩") ? 0x4E8C : code == 0x842C ? 0x4E07 : code;
    } else if (is_among(code, U"不未没沒無无非否拒反被前元副ずぬ")) {
        bits |= MARK_TURN;
    }
    add(reading, hash(&code, 1), bits);
}

static size_t digits_at(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] >= '0' && text[count] <= '9') {
        count++;
    }
    return count;
}

/* Whether CODE, BYTES before the text at P, belongs to the word: the dots of U.S., the point and
 * the commas of a number, and the blank in 10 000. */
static bool goes_on(struct reading *reading, uint32_t code, const char *p, size_t left)
{
    if (reading->codes == 0) {
        return false;
    }
    if (!reading->digits) {
        bool single = reading->codes == 1 || reading->dotted;
        bool letter = left > 0 && p[0] >= 'a' && p[0] <= 'z';
        bool last = left < 2 || fold_class((unsigned char)p[1]) == FOLD_OTHER;
        reading->dotted = code == '.' && single && letter && last;
        return reading->dotted;
    }
    size_t digits = digits_at(p, left);
    if (code == ' ') {
        return digits == 3 && reading->codes <= 3;
    }
    if ((code != '.' && code != ',') || digits == 0) {
        return false;
    }
    if (digits != 3 && reading->codes < WORD_CODES) {
        reading->word[reading->codes++] = '.';
    }
    return true;
}

static void take(struct reading *reading, uint32_t code, enum fold_class class)
{
    if (class == FOLD_CHAR) {
        end_word(reading);
        add_char(reading, code);
        return;
    }
    if (reading->codes > 0 && reading->digits != (class == FOLD_DIGIT)) {
        end_word(reading);
    }
    reading->digits = class == FOLD_DIGIT;
    if (reading->codes < WORD_CODES) {
        reading->word[reading->codes++] = code;
    }
}

static void end_at(struct reading *reading, uint32_t code)
{
    bool score = reading->codes > 0 && reading->digits && code == ':';
    end_word(reading);
    reading->apostrophe = code == '\'';
    bool joins =
        score || reading->apostrophe || code == '-' || code == 0x2010 || code == ' ';
    reading->place |= joins ? 0 : MARK_LED;
}

void marks_make(const char *text, struct message_keys *keys)
{
    char folded[FOLDED_BYTES];
    struct reading reading = {.keys = keys, .place = MARK_LED};
    keys->count = 0;
    size_t length;
    text = headtail_cut(text, &length);
    length = fold_text(text, length, FOLD_LOOSE, folded, sizeof folded);
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(folded + i, length - i, &code);
        enum fold_class class = fold_class(code);
        if (class != FOLD_OTHER) {
            take(&reading, code, class);
        } else if (!goes_on(&reading, code, folded + i, length - i)) {
            end_at(&reading, code);
        }
    }
    end_word(&reading);
}
