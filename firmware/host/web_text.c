/* An error is written without a JSON library: it is one string. */
#include "host/web_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct web_text *web_text_new(char *bytes, size_t length)
{
    struct web_text *text = bytes ? malloc(sizeof *text) : NULL;
    if (!text) {
        free(bytes);
        return NULL;
    }
    *text = (struct web_text){.holders = 1, .length = length, .bytes = bytes};
    return text;
}

struct web_text *web_text_error(const char *why)
{
    static const char head[] = "{\"error\":\"", tail[] = "\"}\n";
    enum { ESCAPED = 6 };
    size_t room = sizeof head + sizeof tail + ESCAPED * strlen(why);
    char *bytes = malloc(room);
    if (!bytes) {
        return NULL;
    }
    size_t length = sizeof head - 1;
    memcpy(bytes, head, length);
    for (const unsigned char *p = (const unsigned char *)why; *p; p++) {
        if (*p == '"' || *p == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (char)*p;
        } else if (*p < ' ' || *p == 0x7F) {
            length += (size_t)snprintf(bytes + length, room - length, "\\u%04x", *p);
        } else {
            bytes[length++] = (char)*p;
        }
    }
    memcpy(bytes + length, tail, sizeof tail);
    return web_text_new(bytes, length + sizeof tail - 1);
}

struct web_text *web_text_hold(struct web_text *text)
{
    if (text) {
        text->holders++;
    }
    return text;
}

void web_text_drop(struct web_text *text)
{
    if (text && --text->holders == 0) {
        free(text->bytes);
        free(text);
    }
}
