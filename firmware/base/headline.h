/* One headline as plain data of fixed size: it crosses the ring by value and holds no
 * pointer. Its texts stand one after another in a pool, so that copying one costs only what
 * it really holds: headline_bytes() of it are enough. All texts are valid UTF-8 without
 * control characters. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_HEADLINE_H
#define MOTOGRAPH_BASE_HEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum headline_field {
    HEADLINE_TEXT,       /* what airs; at most 400 code points */
    HEADLINE_SUMMARY,    /* the deck; at most 2,000 code points */
    HEADLINE_SOURCE,     /* name of the source as the content gives it */
    HEADLINE_LINK,       /* absolute http(s) URL; at most 2,048 bytes */
    HEADLINE_ID,         /* guid, Atom id; as given */
    HEADLINE_IMAGE,      /* URL of a picture */
    HEADLINE_CATEGORIES, /* one per line, '\n' between them */
    HEADLINE_LANG,       /* BCP 47 tag */
    HEADLINE_FIELDS
};

enum {
    HEADLINE_TEXT_CODES = 400, /* code points */
    HEADLINE_SUMMARY_CODES = 2000,
    HEADLINE_LINK_BYTES = 2048,
    HEADLINE_ITEMS = 500,       /* headlines of one fetch */
    HEADLINE_POOL_BYTES = 16288 /* all fields at their caps fit, see headline.c */
};

/* How a flash looks, where it says so itself; 0 = as [flash] style says. */
enum headline_style {
    HEADLINE_STYLE_UNSET,
    HEADLINE_INLINE,
    HEADLINE_BANNER,
    HEADLINE_TAKEOVER
};

/* An absent time. */
#define HEADLINE_NO_TIME INT64_MIN

struct headline {
    int64_t published;  /* UTC seconds, or HEADLINE_NO_TIME; so too the next three */
    int64_t updated;    /* */
    int64_t expires;    /* */
    int64_t first_seen; /* when this board first had it */
    uint64_t identity;  /* headline_identify(); 0 before */
    bool flash;         /* breaking news: airs before all else, until it expires */
    uint8_t style;      /* enum headline_style */
    uint16_t source;    /* index of the source in the configuration */
    uint16_t used;      /* bytes of pool in use */
    uint16_t at[HEADLINE_FIELDS];   /* start of each text in pool; 0 = absent */
    char pool[HEADLINE_POOL_BYTES]; /* pool[0] is '\0', the empty text of absent fields */
};

/* Makes it empty: no text, no time. Touches the first cache lines only. */
void headline_init(struct headline *headline);

/* The style called NAME ("inline", "banner", "takeover"), HEADLINE_STYLE_UNSET if none is. */
enum headline_style headline_style_named(const char *name);

/* Sets FIELD to LENGTH bytes of TEXT (which may not point into the pool), in place of what
 * was there; length 0 makes it absent. Longer than the field's cap in bytes it is cut before
 * the code point that would pass it. Cutting by code points and graphemes is feed/'s work. */
void headline_set(struct headline *headline, enum headline_field field, const char *text,
                  size_t length);

/* The field's text, '\0'-terminated; "" where absent. Valid until the next headline_set. */
const char *headline_get(const struct headline *headline, enum headline_field field);

/* How many bytes from the start of the struct matter: copying them copies the headline. */
size_t headline_bytes(const struct headline *headline);

/* Sets and returns identity: a 64-bit hash of the id, else the link, else the text, each
 * with its kind mixed in. Never 0. Two headlines are the same item of a source if it agrees. */
uint64_t headline_identify(struct headline *headline);

#endif
