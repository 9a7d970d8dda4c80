/* Only what grammar adds goes (number, case, tense): what makes another word of a word, as
 * "employer" and "employee", stays. */
#include "desk/stem.h"

#include <stdbool.h>
#include <string.h>

#include "desk/fold.h"

static bool is_latin(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code < 0x250);
}

static bool is_cyrillic(uint32_t code)
{
    return code >= 0x400 && code < 0x530;
}

static bool is_arabic(uint32_t code)
{
    return code >= 0x600 && code < 0x700;
}

static bool ends(const uint32_t *word, size_t length, const char *ending)
{
    size_t bytes = strlen(ending);
    for (size_t i = 0; i < bytes && bytes < length; i++) {
        if (word[length - bytes + i] != (unsigned char)ending[i]) {
            return false;
        }
    }
    return bytes < length;
}

/* "ue" for "ü" where a keyboard has none. */
static size_t join_umlauts(uint32_t *word, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        bool joins = i > 0 && word[i] == 'e' &&
                     (word[i - 1] == 'a' || word[i - 1] == 'o' || word[i - 1] == 'u');
        word[kept] = word[i];
        kept += !joins;
    }
    return kept;
}

static size_t stem_latin(uint32_t *word, size_t length)
{
    if (length >= 4 && ends(word, length, "s") && !ends(word, length, "ss") &&
        !ends(word, length, "us") && !ends(word, length, "is")) {
        length--;
    }
    length = join_umlauts(word, length);
    if (length >= 5 && ends(word, length, "ed")) {
        length -= 2;
    } else if (length >= 6 && (ends(word, length, "ing") || ends(word, length, "en"))) {
        length -= ends(word, length, "ing") ? 3 : 2;
    } else if (length >= 4 && ends(word, length, "e")) {
        length--;
    }
    if (length >= 4 && word[length - 1] == word[length - 2]) {
        length--;
    }
    if (length >= 3 && word[length - 1] == 'y') {
        word[length - 1] = 'i';
    }
    return length;
}

/* Whether the word ends as one of the letters of SET, read as Cyrillic from U+0430 on. */
static bool ends_among(uint32_t code, const uint32_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code == set[i]) {
            return true;
        }
    }
    return false;
}

/* Endings of nouns, adjectives and verbs are vowels with some consonants between them (short i
 * comes as i: its breve was an accent); at most three letters, never below three. */
static size_t stem_cyrillic(const uint32_t *word, size_t length)
{
    static const uint32_t vowels[] = {0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B,
                                      0x44C, 0x44D, 0x44E, 0x44F, 0x456, 0x439};
    static const uint32_t between[] = {0x43C, 0x445, 0x433, 0x43B, 0x432};
    enum { VOWELS = sizeof vowels / sizeof *vowels };
    size_t cut = 0;
    if (length >= 5 && ends_among(word[length - 1], between, 5) &&
        ends_among(word[length - 2], vowels, VOWELS)) {
        cut = 2;
    }
    while (cut < 3 && length - cut > 3 &&
           ends_among(word[length - cut - 1], vowels, VOWELS)) {
        cut++;
    }
    if (cut == 1 && length >= 6 && ends_among(word[length - 2], between, 4) &&
        ends_among(word[length - 3], vowels, VOWELS)) {
        cut = 3;
    }
    return length - cut;
}

/* The article, and "and", "in", "for" in front of it. */
static size_t stem_arabic(uint32_t *word, size_t length)
{
    static const uint32_t leads[] = {0x648, 0x628, 0x641, 0x643};
    enum { ALEF = 0x627, LAM = 0x644 };
    size_t cut = 0;
    if (length >= 6 && ends_among(word[0], leads, 4) && word[1] == ALEF &&
        word[2] == LAM) {
        cut = 3;
    } else if (length >= 5 && (word[0] == LAM || word[0] == ALEF) && word[1] == LAM) {
        cut = 2;
    }
    if (length - cut >= 4 && (word[cut] == LAM || ends_among(word[cut], leads, 4))) {
        cut++;
    }
    memmove(word, word + cut, (length - cut) * sizeof *word);
    return length - cut;
}

/* One of the particles for topic, subject, object, place and "of". */
static size_t stem_hangul(const uint32_t *word, size_t length)
{
    static const uint32_t particles[] = {0xC740, 0xB294, 0xC774, 0xAC00, 0xC744, 0xB97C,
                                         0xC758, 0xC5D0, 0xB3C4, 0xB85C, 0xC640, 0xACFC};
    bool takes = length >= 3 && ends_among(word[length - 1], particles,
                                           sizeof particles / sizeof *particles);
    return takes ? length - 1 : length;
}

size_t stem(uint32_t *word, size_t length)
{
    if (length < 3) {
        return length;
    }
    if (is_latin(word[0])) {
        return stem_latin(word, length);
    }
    if (is_cyrillic(word[0])) {
        return stem_cyrillic(word, length);
    }
    if (is_arabic(word[0])) {
        return stem_arabic(word, length);
    }
    return fold_is_hangul(word[0]) ? stem_hangul(word, length) : length;
}
