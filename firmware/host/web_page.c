#include "host/web_page.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

extern const unsigned char embedded_web_index[], embedded_web_index_end[];
extern const unsigned char embedded_web_style[], embedded_web_style_end[];
extern const unsigned char embedded_web_app[], embedded_web_app_end[];

static const struct {
    const char *path, *type;
    const unsigned char *begin, *end;
} files[] = {
    {"/", "text/html; charset=utf-8", embedded_web_index, embedded_web_index_end},
    {"/index.html", "text/html; charset=utf-8", embedded_web_index,
     embedded_web_index_end},
    {"/style.css", "text/css; charset=utf-8", embedded_web_style, embedded_web_style_end},
    {"/app.js", "text/javascript; charset=utf-8", embedded_web_app, embedded_web_app_end},
};

/* Changes with the bytes; a browser that holds them asks no more of us than this. */
static void set_tag(struct web_page *page)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < page->length; i++) {
        hash = (hash ^ page->bytes[i]) * 0x100000001b3u;
    }
    snprintf(page->tag, sizeof page->tag, "\"%016" PRIx64 "\"", hash);
}

void web_page_find(const char *path, struct web_page *page)
{
    *page = (struct web_page){.bytes = NULL};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].path, path) == 0) {
            page->type = files[i].type;
            page->bytes = files[i].begin;
            page->length = (size_t)(files[i].end - files[i].begin);
            set_tag(page);
        }
    }
}
