/* Start tags of HTML as they are written: a name and the attributes that are read. Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_TOKEN_H
#define MOTOGRAPH_FEED_PAGE_TOKEN_H

#include <stddef.h>

enum { TOKEN_NAME_BYTES = 16, TOKEN_VALUE_BYTES = 8192, TOKEN_ATTRIBUTES = 12 };

struct page_pair {
    const char *name;  /* lower case */
    const char *value; /* in the page, references and all */
    size_t length;
};

struct page_token {
    char name[TOKEN_NAME_BYTES];                   /* lower case; "" if it is longer */
    struct page_pair attributes[TOKEN_ATTRIBUTES]; /* the first of each name */
    size_t count;
    size_t
        bytes; /* behind the '<' to behind the '>'; 0 = unfinished, the page's last thing */
};

/* Reads the start tag at P, which points behind its '<'. */
void page_token_read(const char *p, const char *end, struct page_token *token);

/* Reads the name at P up to white space or one of STOPS, in lower case. Returns its bytes. */
size_t page_token_name(const char *p, const char *end, const char *stops,
                       char name[TOKEN_NAME_BYTES]);

#endif
