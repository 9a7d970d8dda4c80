/* The scheme decides; nothing is opened or looked up here. Reading the authority is
 * enough for names and for counting connections; decisions of security go by libcurl's
 * own reading of a URL (redirect.c) and by real addresses (vet.c). */
#include "wire/place.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of "scheme" before "://", or 0. */
static size_t scheme_length(const char *word)
{
    size_t n = 0;
    while (letter(word[n]) ||
           (n > 0 && word[n] && strchr("0123456789+.-", word[n]) != NULL)) {
        n++;
    }
    return strncmp(word + n, "://", 3) == 0 ? n : 0;
}

static void copy(char *out, size_t room, const char *text, size_t length)
{
    length = length < room ? length : room - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In place; "%00" stays as it is, for a path cannot hold it. */
static void percent_decode(char *text)
{
    char *out = text;
    for (const char *p = text; *p; p++) {
        int high = *p == '%' ? hex(p[1]) : -1;
        int low = high >= 0 ? hex(p[2]) : -1;
        if (low >= 0 && high + low > 0) {
            *out++ = (char)(high * 16 + low);
            p += 2;
        } else {
            *out++ = *p;
        }
    }
    *out = '\0';
}

/* The last name in the path without its ending; "drop/" is called drop. */
static void read_label(struct place *place)
{
    size_t end = strlen(place->target);
    while (end > 1 && place->target[end - 1] == '/') {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && (place->target[begin - 1] != '/' || begin == end)) {
        begin--;
    }
    const char *name = place->target + begin;
    const char *dot = memrchr(name, '.', end - begin);
    copy(place->label, sizeof place->label, name,
         dot && dot > name ? (size_t)(dot - name) : end - begin);
}

static void read_file(struct place *place, const char *path, bool url)
{
    if (url && strncmp(path, "//", 2) == 0) {
        size_t host = strcspn(path + 2, "/");
        if (host != 0 && !(host == 9 && strncasecmp(path + 2, "localhost", 9) == 0)) {
            place->failure = FAILURE_ADDRESS_FORM;
            return;
        }
        path += 2 + host;
    }
    place->failure = FAILURE_NO_FILE;
    place->target = *path ? strdup(path) : NULL;
    if (!place->target) {
        return;
    }
    if (url && *path == '/') {
        percent_decode(place->target);
    }
    read_label(place);
    place->kind = PLACE_FILE;
}

/* Where the host begins in URL, whose scheme has SCHEME bytes: after any
 * "user:password@". */
static const char *host_of(const char *url, size_t scheme)
{
    const char *authority = url + scheme + 3;
    size_t length = strcspn(authority, "/?#");
    const char *host = authority;
    for (size_t i = 0; i < length; i++) {
        host = authority[i] == '@' ? authority + i + 1 : host;
    }
    return host;
}

void place_strip(char *url)
{
    size_t scheme = scheme_length(url);
    if (scheme) {
        const char *host = host_of(url, scheme);
        memmove(url + scheme + 3, host, strlen(host) + 1);
    }
}

static void read_web(struct place *place, const char *word, size_t scheme)
{
    const char *host = host_of(word, scheme);
    size_t length = strcspn(host, "/?#");
    const char *end = memchr(host, *host == '[' ? ']' : ':', length);
    size_t host_length = length;
    if (end) {
        host_length = (size_t)(end - host) + (*host == '[');
    }
    place->failure = FAILURE_ADDRESS_FORM;
    if (host_length == 0 || host_length >= sizeof place->host ||
        strpbrk(word, " \t\r\n")) {
        return;
    }
    copy(place->host, sizeof place->host, host, host_length);
    for (char *p = place->host; *p; p++) {
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
    }
    bool www = strncmp(place->host, "www.", 4) == 0;
    copy(place->label, sizeof place->label, place->host + (www ? 4 : 0),
         strlen(place->host));
    place->target = strdup(word);
    place->kind = PLACE_WEB;
}

bool place_init(struct place *place, const char *word)
{
    *place = (struct place){.shown = strdup(word)};
    size_t scheme = scheme_length(word);
    if ((scheme == 4 && strncasecmp(word, "http", 4) == 0) ||
        (scheme == 5 && strncasecmp(word, "https", 5) == 0)) {
        read_web(place, word, scheme);
    } else if (strncasecmp(word, "http:", 5) == 0 ||
               strncasecmp(word, "https:", 6) == 0) {
        place->failure = FAILURE_ADDRESS_FORM;
    } else if (strncasecmp(word, "file:", 5) == 0) {
        read_file(place, word + 5, true);
    } else if (scheme) {
        place->failure = FAILURE_SCHEME;
    } else {
        read_file(place, word, false);
    }
    if (place->shown) {
        place_strip(place->shown);
    }
    return place->shown && (place->kind == PLACE_BAD || place->target);
}

void place_fini(struct place *place)
{
    if (place) {
        free(place->target);
        free(place->shown);
        *place = (struct place){0};
    }
}
