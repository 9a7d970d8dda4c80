/* Sorted by name and searched by halves. Names are compared in lower case: CDF and many hand-
 * made feeds are written in capitals. Ranks: what the format itself provides beats what a
 * module adds, and a summary beats the whole article. */
#include "feed/dialect.h"

#include <string.h>

#define NONE    VOCABULARY_NONE
#define ATOM    VOCABULARY_ATOM
#define DC      VOCABULARY_DC
#define CONTENT VOCABULARY_CONTENT
#define MEDIA   VOCABULARY_MEDIA
#define ITUNES  VOCABULARY_ITUNES
#define XHTML   VOCABULARY_XHTML
#define RDF     VOCABULARY_RDF
#define CAP     VOCABULARY_CAP

enum {
    FEED = PLACE_FEED,
    ITEM = PLACE_ITEM,
    BOTH = PLACE_FEED | PLACE_ITEM,
    NAME_BYTES = 24
};

/* clang-format off */
static const struct dialect_row rows[] = {
    {"abstract",         NONE,    USE_SUMMARY,    ITEM, 28, FORM_HTML},
    {"body",             NONE,    USE_SUMMARY,    ITEM, 18, FORM_HTML},
    {"body",             XHTML,   USE_SUMMARY,    ITEM, 18, FORM_PLAIN},
    {"category",         NONE,    USE_CATEGORY,   ITEM, 1,  FORM_HTML},
    {"category",         ATOM,    USE_TERM,       ITEM, 1,  FORM_TEXT},
    {"category",         MEDIA,   USE_CATEGORY,   ITEM, 1,  FORM_HTML},
    {"category",         ITUNES,  USE_TERM,       ITEM, 1,  FORM_TEXT},
    {"channel",          NONE,    USE_FEED,       FEED, 0,  FORM_TEXT},
    {"content",          ATOM,    USE_SUMMARY,    ITEM, 20, FORM_TYPED},
    {"content",          MEDIA,   USE_PICTURE,    ITEM, 20, FORM_TEXT},
    {"created",          ATOM,    USE_PUBLISHED,  ITEM, 12, FORM_TEXT},
    {"created",          DC,      USE_PUBLISHED,  ITEM, 11, FORM_TEXT},
    {"date",             DC,      USE_PUBLISHED,  ITEM, 20, FORM_TEXT},
    {"date",             NONE,    USE_PUBLISHED,  ITEM, 10, FORM_TEXT},
    {"description",      NONE,    USE_SUMMARY,    ITEM, 30, FORM_HTML},
    {"description",      DC,      USE_SUMMARY,    ITEM, 15, FORM_HTML},
    {"description",      MEDIA,   USE_SUMMARY,    ITEM, 8,  FORM_HTML},
    {"div",              XHTML,   USE_SUMMARY,    ITEM, 17, FORM_PLAIN},
    {"effective",        CAP,     USE_PUBLISHED,  ITEM, 3,  FORM_TEXT},
    {"enclosure",        NONE,    USE_ENCLOSURE,  ITEM, 15, FORM_TEXT},
    {"encoded",          CONTENT, USE_SUMMARY,    ITEM, 20, FORM_HTML},
    {"entry",            ATOM,    USE_ITEM,       FEED, 0,  FORM_TEXT},
    {"event",            CAP,     USE_CATEGORY,   ITEM, 1,  FORM_TEXT},
    {"expirationdate",   NONE,    USE_EXPIRES,    ITEM, 10, FORM_TEXT},
    {"expires",          CAP,     USE_EXPIRES,    ITEM, 20, FORM_TEXT},
    {"feed",             ATOM,    USE_FEED,       FEED, 0,  FORM_TEXT},
    {"fullitem",         NONE,    USE_SUMMARY,    ITEM, 19, FORM_HTML},
    {"group",            MEDIA,   USE_INSIDE,     ITEM, 0,  FORM_TEXT},
    {"guid",             NONE,    USE_GUID,       ITEM, 30, FORM_TEXT},
    {"headline",         CAP,     USE_TITLE,      ITEM, 10, FORM_TEXT},
    {"id",               ATOM,    USE_ID,         ITEM, 31, FORM_TEXT},
    {"identifier",       DC,      USE_ID,         ITEM, 10, FORM_TEXT},
    {"image",            ITUNES,  USE_PICTURE,    ITEM, 10, FORM_TEXT},
    {"issued",           ATOM,    USE_PUBLISHED,  ITEM, 30, FORM_TEXT},
    {"issued",           DC,      USE_PUBLISHED,  ITEM, 21, FORM_TEXT},
    {"item",             NONE,    USE_ITEM,       FEED, 0,  FORM_TEXT},
    {"items",            NONE,    USE_FEED,       FEED, 0,  FORM_TEXT},
    {"language",         NONE,    USE_LANG,       BOTH, 20, FORM_TEXT},
    {"language",         DC,      USE_LANG,       BOTH, 10, FORM_TEXT},
    {"link",             NONE,    USE_LINK,       BOTH, 50, FORM_TEXT},
    {"link",             ATOM,    USE_ATOM_LINK,  BOTH, 51, FORM_TEXT},
    {"modified",         ATOM,    USE_UPDATED,    ITEM, 30, FORM_TEXT},
    {"modified",         DC,      USE_UPDATED,    ITEM, 20, FORM_TEXT},
    {"pubdate",          NONE,    USE_PUBLISHED,  ITEM, 30, FORM_TEXT},
    {"published",        ATOM,    USE_PUBLISHED,  ITEM, 31, FORM_TEXT},
    {"rdf",              RDF,     USE_FEED,       FEED, 0,  FORM_TEXT},
    {"rdf",              NONE,    USE_FEED,       FEED, 0,  FORM_TEXT},
    {"rss",              NONE,    USE_FEED,       FEED, 0,  FORM_TEXT},
    {"sent",             CAP,     USE_PUBLISHED,  ITEM, 4,  FORM_TEXT},
    {"subject",          DC,      USE_CATEGORY,   ITEM, 1,  FORM_TEXT},
    {"subtitle",         ITUNES,  USE_SUMMARY,    ITEM, 9,  FORM_HTML},
    {"summary",          ATOM,    USE_SUMMARY,    ITEM, 31, FORM_TYPED},
    {"summary",          ITUNES,  USE_SUMMARY,    ITEM, 10, FORM_HTML},
    {"thumbnail",        MEDIA,   USE_PICTURE,    ITEM, 30, FORM_TEXT},
    {"title",            NONE,    USE_TITLE,      BOTH, 30, FORM_HTML},
    {"title",            ATOM,    USE_TITLE,      BOTH, 31, FORM_TYPED},
    {"title",            DC,      USE_TITLE,      BOTH, 20, FORM_HTML},
    {"title",            ITUNES,  USE_TITLE,      ITEM, 6,  FORM_HTML},
    {"updated",          ATOM,    USE_UPDATED,    ITEM, 31, FORM_TEXT},
    {"valid",            DC,      USE_EXPIRES,    ITEM, 5,  FORM_TEXT},
};
/* clang-format on */

enum { ROWS = sizeof rows / sizeof *rows };

static bool lower(const char *name, char out[NAME_BYTES])
{
    for (size_t i = 0; i < NAME_BYTES; i++) {
        out[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
        if (name[i] == '\0') {
            return true;
        }
    }
    return false;
}

const struct dialect_row *dialect_find(enum vocabulary vocabulary, const char *name,
                                       enum dialect_place place)
{
    char wanted[NAME_BYTES];
    if (!lower(name, wanted)) {
        return NULL;
    }
    size_t low = 0, high = ROWS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = rows[middle].name[0] - wanted[0];
        order = order ? order : strcmp(rows[middle].name, wanted);
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < ROWS && strcmp(rows[low].name, wanted) == 0; low++) {
        if (rows[low].vocabulary == vocabulary && (rows[low].places & place)) {
            return &rows[low];
        }
    }
    return NULL;
}
