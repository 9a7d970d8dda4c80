/* Word lists in the languages that most news pages are in; a language is added by adding its
 * words. Everything is a matter of degree, so each test wants two signs, not one. */
#include "feed/plain_line.h"

#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "feed/date.h"
#include "feed/date_names.h"

enum {
    PARAGRAPH_CODES = 220,
    TWO_SENTENCES_CODES = 120,
    BYLINE_CODES = 100,
    LABEL_WORDS = 4
};

/* clang-format off */
static const char *const byline_starts[] = {
    "by ", "written by ", "reported by ", "reporting by ", "story by ", "von ", "par ", "por ",
    "di ", "door ", "af ", "av ", "text: ", "author: ", "autor: ", "autorin: ", "auteur : ",
    "автор: ", "מאת ", "מאת: ", "بقلم ", "文/", "作者：", "記者 ", NULL};
static const char *const small_words[] = {
    "and", "und", "et", "y", "e", "en", "og", "och", "of", "the", "for", "in", "on", "at", "de",
    "del", "der", "die", "das", "den", "du", "des", "la", "le", "les", "el", "los", "da", "do",
    "dos", "di", "von", "van", "zu", "&", "|", "-", "–", "/", NULL};
static const char *const caption_marks[] = {
    "photo:", "photo by", "photos:", "file photo", "photograph:", "picture:", "pictured:",
    "image:", "image credit", "image source", "photo credit", "foto:", "bild:", "photo :",
    "crédit photo", "getty images", "screenshot:", "illustration:", "צילום:", NULL};
static const char *const credit_words[] = {
    "photo", "foto", "image", "bild", "picture", "reuters", "afp", "ap", "epa", "dpa", "getty",
    "flash90", "credit", "crédit", "courtesy", "handout", "screenshot", "צילום", NULL};
static const char *const noise_lines[] = {
    "advertisement", "ad", "anzeige", "werbung", "publicité", "publicidad", "share", "save",
    "listen", "print", "menu", "home", "search", "comments", "subscribe", "sign in", "log in",
    "login", "register", "follow us", "live", "newsletter", "share this article", "teilen",
    "drucken", "partager", "compartir", "copy link", "email", "facebook", "twitter", "whatsapp",
    "popular articles", "latest stories", "most read", "related articles", "read more", NULL};
static const char *const noise_starts[] = {
    "donate ", "sign up", "subscribe ", "skip to ", "share on ", "share this", "listen to ",
    "click here", "receive latest", "support our", "follow us", "read also", "reading time",
    "min read", "estimated reading", "advertisement", "cookies", "this site uses", NULL};
static const char *const date_labels[] = {
    "published", "updated", "posted", "last updated", "first published", "last modified",
    "veröffentlicht", "aktualisiert", "stand", "publié", "mis à jour", "publicado",
    "actualizado", "pubblicato", "aggiornato", "gepubliceerd", "date", "datum", NULL};
static const char *const topic_labels[] = {
    "read more", "read more about", "read more on", "more on", "more about", "topic", "topics",
    "tag", "tags", "filed under", "category", "categories", "section", "related topics",
    "posted in", "keywords", "mehr zum thema", "thema", "themen", "rubrik", "schlagwörter",
    "mehr zu", "sujet", "sujets", "thème", "thèmes", "rubrique", "mots-clés", "sur le même sujet",
    "tema", "temas", "etiquetas", "categoría", "sección", "argomenti", "categoria", "leggi anche",
    "onderwerp", "onderwerpen", "meer over", "ämnen", "emner", "тема", "темы", "теги", "נושאים",
    "תגיות", NULL};
static const char *const credit_starts[] = {
    "source:", "source :", "quelle:", "fuente:", "fonte:", "bron:", "originally published by",
    "originally published in", "originally published on", "first published by",
    "first published in", "first published on", "published by", "published in",
    "this article first appeared in", "this article first appeared on",
    "this article was originally published by", "this article was originally published in",
    "copyright ©", "copyright (c)", "copyright", "©", "(c)", NULL};
static const char *const medium_words[] = {
    "news", "times", "post", "herald", "daily", "gazette", "tribune", "journal", "observer",
    "press", "chronicle", "courier", "mail", "telegraph", "guardian", "examiner", "star", "echo",
    "bulletin", "dispatch", "monitor", "radio", "tv", "today", "weekly", "review", "wire",
    "zeitung", "nachrichten", "kurier", "anzeiger", "rundschau", "tagblatt", "blatt", "presse",
    "matin", "figaro", "dépêche", "diario", "noticias", "periódico", "prensa", "corriere",
    "giornale", "gazzetta", "jornal", "folha", "dagblad", "nieuws", "avisen", "tidning", NULL};
/* clang-format on */

static bool begins(const struct plain_line *line, size_t from, const char *with)
{
    if (from >= line->length || (line->text[from] | 0x20) != (*with | 0x20)) {
        return false;
    }
    size_t n = strlen(with);
    return line->length - from >= n && strncasecmp(line->text + from, with, n) == 0;
}

static bool begins_with_any(const struct plain_line *line, const char *const *list)
{
    while (*list && !begins(line, 0, *list)) {
        list++;
    }
    return *list;
}

static bool is_any(const char *text, size_t length, const char *const *list)
{
    for (; *list; list++) {
        if (length && (*text | 0x20) == (**list | 0x20) && strlen(*list) == length &&
            strncasecmp(text, *list, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool contains_any(const struct plain_line *line, const char *const *list)
{
    bool first[256] = {false};
    for (const char *const *what = list; *what; what++) {
        first[(unsigned char)(**what | 0x20)] = true;
    }
    for (size_t i = 0; i < line->length; i++) {
        if (!first[(unsigned char)(line->text[i] | 0x20)]) {
            continue;
        }
        for (const char *const *what = list; *what; what++) {
            if (begins(line, i, *what)) {
                return true;
            }
        }
    }
    return false;
}

/* The word at or behind *AT; *AT moves behind it. False at the end. */
static bool next_word(const struct plain_line *line, size_t *at, size_t *start,
                      size_t *length)
{
    size_t i = *at;
    while (i < line->length && (unsigned char)line->text[i] <= ' ') {
        i++;
    }
    *start = i;
    while (i < line->length && (unsigned char)line->text[i] > ' ') {
        i++;
    }
    *length = i - *start;
    *at = i;
    return *length > 0;
}

/* Takes quotation marks, brackets and the like off a word. */
static void bare(const char *text, size_t *start, size_t *length)
{
    static const char marks[] = ".,;:!?()[]\"'|/-";
    while (*length && strchr(marks, text[*start])) {
        (*start)++;
        (*length)--;
    }
    while (*length && strchr(marks, text[*start + *length - 1])) {
        (*length)--;
    }
}

static bool has_word(const struct plain_line *line, const char *const *list)
{
    size_t at = 0, start, length;
    while (next_word(line, &at, &start, &length)) {
        bare(line->text, &start, &length);
        if (is_any(line->text + start, length, list)) {
            return true;
        }
    }
    return false;
}

bool plain_line_is_title_case(const struct plain_line *line)
{
    size_t at = 0, start, length;
    while (next_word(line, &at, &start, &length)) {
        bare(line->text, &start, &length);
        if (length == 0 || is_any(line->text + start, length, small_words)) {
            continue;
        }
        uint32_t code;
        utf8_decode(line->text + start, length, &code);
        if (utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_LL) {
            return false;
        }
    }
    return true;
}

bool plain_line_is_capitals(const struct plain_line *line)
{
    bool upper = false;
    for (size_t i = 0; i < line->length;) {
        uint32_t code;
        i += utf8_decode(line->text + i, line->length - i, &code);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
        if (category == UTF8PROC_CATEGORY_LL) {
            return false;
        }
        upper = upper || category == UTF8PROC_CATEGORY_LU;
    }
    return upper;
}

static bool ends_with(const struct plain_line *line, const char *what)
{
    size_t n = strlen(what);
    return line->length >= n && memcmp(line->text + line->length - n, what, n) == 0;
}

bool plain_line_is_sentence(const struct plain_line *line)
{
    static const char *const ends[] = {".",  "!",  "?",  ".\"", ".”", "?”", "!”", "…",
                                       ".»", ".“", "。", "！",  "？", "؟",  "।",  ".)"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(line, ends[i])) {
            return true;
        }
    }
    return false;
}

bool plain_line_is_paragraph(const struct plain_line *line)
{
    if (line->codes > PARAGRAPH_CODES) {
        return true;
    }
    for (size_t i = 0; line->codes >= TWO_SENTENCES_CODES && i + 2 < line->length; i++) {
        if (strchr(".!?", line->text[i]) && line->text[i + 1] == ' ' && i > 2 &&
            line->text[i - 2] != ' ') {
            return true;
        }
    }
    return false;
}

bool plain_line_is_medium(const struct plain_line *line)
{
    if (has_word(line, medium_words)) {
        return true;
    }
    const char *dot = memchr(line->text, '.', line->length);
    return line->words == 1 && dot && dot > line->text + 1 &&
           line->text + line->length - dot >= 3 && !ends_with(line, ".");
}

bool plain_line_same(const struct plain_line *a, const struct plain_line *b)
{
    return a->length == b->length && strncasecmp(a->text, b->text, a->length) == 0;
}

/* --- Labels --- */

static size_t label_length(const struct plain_line *line, const char *const *labels)
{
    for (; *labels; labels++) {
        size_t n = strlen(*labels);
        if (begins(line, 0, *labels)) {
            while (n < line->length && line->text[n] == ' ') {
                n++;
            }
            if (n < line->length && line->text[n] == ':') {
                return n + 1;
            }
        }
    }
    return 0;
}

size_t plain_line_topic(const struct plain_line *line)
{
    return label_length(line, topic_labels);
}

size_t plain_line_credit(const struct plain_line *line)
{
    for (const char *const *start = credit_starts; *start; start++) {
        if (begins(line, 0, *start)) {
            size_t at = strlen(*start);
            while (at < line->length && strchr(" :0123456789-,", line->text[at])) {
                at++;
            }
            return at < line->length ? at : 0;
        }
    }
    return 0;
}

/* --- Kinds --- */

static bool is_byline(const struct plain_line *line)
{
    return line->codes <= BYLINE_CODES && !ends_with(line, ".") &&
           begins_with_any(line, byline_starts) && line->words >= 2 &&
           line->words <= 12 &&
           plain_line_is_title_case(
               &(struct plain_line){.text = line->text + strcspn(line->text, " :/"),
                                    .length = line->length - strcspn(line->text, " :/")});
}

static bool is_caption(const struct plain_line *line)
{
    if (line->codes > 2 * PARAGRAPH_CODES) {
        return false;
    }
    if (contains_any(line, caption_marks)) {
        return true;
    }
    const char *bracket =
        ends_with(line, ")") ? memrchr(line->text, '(', line->length) : NULL;
    if (!bracket) {
        return false;
    }
    struct plain_line inside = {.text = bracket,
                                .length = (size_t)(line->text + line->length - bracket)};
    for (size_t i = 0; i < inside.length; i++) {
        if (inside.text[i] == '/') {
            return has_word(&inside, credit_words) || contains_any(&inside, credit_words);
        }
    }
    return has_word(&inside, credit_words);
}

static bool has_digit(const struct plain_line *line)
{
    size_t i = 0;
    while (i < line->length && !(line->text[i] >= '0' && line->text[i] <= '9')) {
        i++;
    }
    return i < line->length;
}

/* A date with a label or hardly a word beside it, so that no headline with a date in it counts.
 * Most lines have no number, and names of months are looked for in fifty tables. */
bool plain_line_date(const struct plain_line *line, int64_t *at)
{
    enum { DATE_CODES = 70, OTHER_WORDS = 2 };
    if (line->codes > DATE_CODES || !has_digit(line)) {
        return false;
    }
    size_t label = label_length(line, date_labels);
    for (const char *const *l = date_labels; label == 0 && *l; l++) {
        label = begins(line, 0, *l) ? strlen(*l) : 0;
    }
    struct plain_line rest = {.text = line->text + label, .length = line->length - label};
    size_t word = 0, start, length, other = 0;
    int value;
    while (other <= OTHER_WORDS && next_word(&rest, &word, &start, &length)) {
        bare(rest.text, &start, &length);
        bool number = length && rest.text[start] >= '0' && rest.text[start] <= '9';
        other +=
            !number && date_word_find(rest.text + start, length, &value) == DATE_UNKNOWN;
    }
    return other <= OTHER_WORDS && date_parse(rest.text, rest.length, at);
}

static bool is_date(const struct plain_line *line)
{
    int64_t at;
    return plain_line_date(line, &at);
}

static bool is_noise(const struct plain_line *line)
{
    return is_any(line->text, line->length, noise_lines) ||
           begins_with_any(line, noise_starts) ||
           (line->words <= 5 && ends_with(line, "min read"));
}

static bool is_topic(const struct plain_line *line)
{
    enum { TOPIC_CODES = 120, TOPIC_WORDS = 14 };
    return line->codes <= TOPIC_CODES && line->words <= TOPIC_WORDS &&
           plain_line_topic(line) > 0 && !plain_line_is_sentence(line);
}

void plain_line_read(struct plain_line *line)
{
    size_t at = 0, start, length;
    line->codes = line->words = 0;
    for (size_t i = 0; i < line->length; i++) {
        line->codes += ((unsigned char)line->text[i] & 0xC0) != 0x80;
    }
    while (next_word(line, &at, &start, &length)) {
        line->words++;
    }
    line->kind = is_topic(line)     ? PLAIN_TOPIC
                 : is_noise(line)   ? PLAIN_NOISE
                 : is_date(line)    ? PLAIN_DATE
                 : is_byline(line)  ? PLAIN_BYLINE
                 : is_caption(line) ? PLAIN_CAPTION
                                    : PLAIN_TEXT;
}
