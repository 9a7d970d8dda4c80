/* The files of the web page, which the build puts inside the program (fonts/embedded.S). Pure; any
 * thread. */
#ifndef MOTOGRAPH_HOST_WEB_PAGE_H
#define MOTOGRAPH_HOST_WEB_PAGE_H

#include <stddef.h>

enum { WEB_PAGE_TAG_BYTES = 24 };

struct web_page {
    const char *type; /* Content-Type */
    const unsigned char *bytes;
    size_t length;
    char tag[WEB_PAGE_TAG_BYTES]; /* ETag, in its quotes */
};

/* Finds the file at PATH ("/" is the page itself). PAGE->bytes is NULL if there is none. */
void web_page_find(const char *path, struct web_page *page);

#endif
