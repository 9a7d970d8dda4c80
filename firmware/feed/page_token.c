/* Quotes decide where a tag ends; all else is forgiven, as browsers do. */
#include "feed/page_token.h"

#include <stdbool.h>
#include <string.h>

static const char *const kept_attributes[] = {
    "class",    "content",  "datetime", "hidden", "href",     "http-equiv", "id",
    "itemprop", "itemtype", "lang",     "name",   "property", "pubdate",    "rel",
    "role",     "src",      "title",    "type",   "value",
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Lower case; "" if it does not fit. Returns its bytes. */
size_t page_token_name(const char *p, const char *end, const char *stops,
                       char name[TOKEN_NAME_BYTES])
{
    size_t n = 0;
    while (p + n < end && !is_blank(p[n]) && !strchr(stops, p[n])) {
        if (n < TOKEN_NAME_BYTES - 1) {
            name[n] = p[n] >= 'A' && p[n] <= 'Z' ? (char)(p[n] | 0x20) : p[n];
        }
        n++;
    }
    name[n < TOKEN_NAME_BYTES ? n : 0] = '\0';
    return n;
}

static void keep_attribute(struct page_token *token, const char *name, const char *value,
                           size_t length)
{
    for (size_t i = 0; i < token->count; i++) {
        if (strcmp(token->attributes[i].name, name) == 0) {
            return;
        }
    }
    for (size_t i = 0; i < sizeof kept_attributes / sizeof *kept_attributes; i++) {
        if (strcmp(kept_attributes[i], name) == 0 && token->count < TOKEN_ATTRIBUTES) {
            token->attributes[token->count++] = (struct page_pair){
                kept_attributes[i], value,
                length < TOKEN_VALUE_BYTES ? length : TOKEN_VALUE_BYTES};
            return;
        }
    }
}

/* The value behind a '=' at P; returns where it ends, END if that is nowhere. */
static const char *read_value(const char *p, const char *end, const char **value,
                              size_t *length)
{
    while (p < end && is_blank(*p)) {
        p++;
    }
    *value = p;
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        *value = p + 1;
        *length = close ? (size_t)(close - p - 1) : 0;
        return close ? close + 1 : end;
    }
    while (p < end && !is_blank(*p) && *p != '>') {
        p++;
    }
    *length = (size_t)(p - *value);
    return p;
}

/* The start tag at P, which points behind its '<'. */
void page_token_read(const char *p, const char *end, struct page_token *token)
{
    const char *start = p;
    token->count = 0;
    token->bytes = 0;
    p += page_token_name(p, end, "/>", token->name);
    while (p < end && *p != '>') {
        char name[TOKEN_NAME_BYTES];
        const char *value = "";
        size_t length = 0;
        if (is_blank(*p) || *p == '/') {
            p++;
            continue;
        }
        size_t n = page_token_name(p, end, "/>=", name);
        p += n ? n : 1;
        while (p < end && is_blank(*p)) {
            p++;
        }
        if (n && p < end && *p == '=') {
            p = read_value(p + 1, end, &value, &length);
        }
        keep_attribute(token, name, value, length);
    }
    token->bytes = p < end ? (size_t)(p + 1 - start) : 0;
}
