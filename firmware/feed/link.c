/* A reference is split by the expression of RFC 3986, appendix B, without copying. */
#include "feed/link.h"

#include <string.h>
#include <strings.h>

#include "base/headline.h"
#include "base/utf8.h"
#include "feed/clean.h"

enum { BASE_BYTES = HEADLINE_LINK_BYTES };

struct part {
    const char *at; /* NULL = absent, which differs from empty */
    size_t length;
};

struct reference {
    struct part scheme, authority, path, query, fragment;
};

static bool is_scheme(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (!first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

/* Which of '/', '?' and '#' a byte is. */
enum stop { STOP_SLASH = 1, STOP_QUERY = 2, STOP_FRAGMENT = 4 };

static size_t until(const char *p, const char *end, unsigned stops)
{
    static const unsigned char stop_of[256] = {
        ['/'] = STOP_SLASH, ['?'] = STOP_QUERY, ['#'] = STOP_FRAGMENT};
    size_t n = 0;
    while (p + n < end && !(stop_of[(unsigned char)p[n]] & stops)) {
        n++;
    }
    return n;
}

static struct reference split(const char *p, size_t length)
{
    struct reference r = {.scheme = {NULL, 0}};
    const char *end = p + length;
    size_t n = 0;
    while (p + n < end && is_scheme(p[n], n == 0)) {
        n++;
    }
    if (n && p + n < end && p[n] == ':') {
        r.scheme = (struct part){p, n};
        p += n + 1;
    }
    if (end - p >= 2 && p[0] == '/' && p[1] == '/') {
        p += 2;
        r.authority =
            (struct part){p, until(p, end, STOP_SLASH | STOP_QUERY | STOP_FRAGMENT)};
        p += r.authority.length;
    }
    r.path = (struct part){p, until(p, end, STOP_QUERY | STOP_FRAGMENT)};
    p += r.path.length;
    if (p < end && *p == '?') {
        p++;
        r.query = (struct part){p, until(p, end, STOP_FRAGMENT)};
        p += r.query.length;
    }
    if (p < end) {
        r.fragment = (struct part){p + 1, (size_t)(end - p - 1)};
    }
    return r;
}

/* Whether a part of the path begins with '.', which few do. */
static bool has_dot_segment(const char *p, const char *end)
{
    for (const char *dot = p; (dot = memchr(dot, '.', (size_t)(end - dot))); dot++) {
        if (dot > p && dot[-1] == '/') {
            return true;
        }
    }
    return false;
}

/* Takes "." and ".." out of the path that begins at START of OUT (section 5.2.4). */
static void remove_dots(struct buffer *out, size_t start)
{
    if (out->failed || out->length == start || out->bytes[start] != '/') {
        return;
    }
    const char *in = out->bytes + start, *end = out->bytes + out->length;
    if (!has_dot_segment(in, end)) {
        return;
    }
    char *to = out->bytes + start, *first = to;
    while (in < end) {
        size_t n = 1 + until(in + 1, end, STOP_SLASH);
        bool last = in + n == end;
        if (n == 2 && in[1] == '.') {
            if (last) {
                *to++ = '/';
            }
        } else if (n == 3 && in[1] == '.' && in[2] == '.') {
            while (to > first && *--to != '/') {
            }
            if (last) {
                *to++ = '/';
            }
        } else {
            memmove(to, in, n);
            to += n;
        }
        in += n;
    }
    out->length = (size_t)(to - out->bytes);
}

static inline void put(struct buffer *out, const char *before, struct part part,
                       const char *after)
{
    if (part.at) {
        buffer_text(out, before);
        buffer_append(out, part.at, part.length);
        buffer_text(out, after);
    }
}

/* The reference's path behind the base's last '/' (section 5.2.3). */
static void put_merged(struct buffer *out, struct part base, struct part path,
                       bool authority)
{
    size_t keep = base.length;
    while (keep && base.at[keep - 1] != '/') {
        keep--;
    }
    if (keep == 0 && authority) {
        buffer_byte(out, '/');
    }
    buffer_append(out, base.at, keep);
    put(out, "", path, "");
}

static void put_resolved(struct buffer *out, struct reference r, struct reference base)
{
    bool own_authority = r.scheme.at || r.authority.at;
    bool own_path = own_authority || r.path.length;
    put(out, "", r.scheme.at ? r.scheme : base.scheme, ":");
    put(out, "//", own_authority ? r.authority : base.authority, "");
    size_t start = out->length;
    if (!own_path) {
        buffer_append(out, base.path.at, base.path.length);
    } else if (own_authority || r.path.at[0] == '/') {
        put(out, "", r.path, "");
    } else {
        put_merged(out, base.path, r.path, base.authority.at != NULL);
    }
    if (!r.scheme.at || r.authority.at) {
        remove_dots(out, start);
    }
    put(out, "?", own_path || r.query.at ? r.query : base.query, "");
    put(out, "#", r.fragment, "");
}

static bool is_space(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

/* Bytes at P that need no care: of ASCII all that shows, but '&'. */
static size_t plain_run(const char *p, const char *end)
{
    static const unsigned char plain[0x80] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
    size_t n = 0;
    while (p + n < end && (unsigned char)p[n] < 0x80 && plain[(unsigned char)p[n]]) {
        n++;
    }
    return n;
}

/* A code point beyond ASCII stays readable, unless it could hide or turn what is shown. */
static size_t put_high(struct buffer *out, const char *p, const char *end)
{
    static const char digits[] = "0123456789ABCDEF";
    uint32_t code;
    size_t bytes = utf8_decode(p, (size_t)(end - p), &code);
    if (clean_may_stand(code)) {
        buffer_append(out, p, bytes);
        return bytes;
    }
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)p[i];
        char escaped[] = {'%', digits[byte >> 4], digits[byte & 15]};
        buffer_append(out, escaped, sizeof escaped);
    }
    return bytes;
}

/* What browsers do to an address before they read it; and '&' is often escaped once too
 * often. */
static void put_clean(struct buffer *out, const char *p, const char *end)
{
    while (p < end) {
        size_t run = plain_run(p, end);
        buffer_append(out, p, run);
        p += run;
        if (p == end) {
            break;
        }
        if ((unsigned char)*p >= 0x80) {
            p += put_high(out, p, end);
        } else if (*p == '&') {
            buffer_byte(out, '&');
            p += end - p >= 5 && memcmp(p, "&amp;", 5) == 0 ? 5 : 1;
        } else {
            if (*p == ' ') {
                buffer_text(out, "%20");
            }
            p++;
        }
    }
}

/* Whether an address is complete and needs nothing done to it: as most in feeds. */
static bool is_ready(const char *text, size_t length)
{
    const char *end = text + length, *p = text + plain_run(text, end);
    while (p < end && *p == '&' && (end - p < 5 || memcmp(p, "&amp;", 5) != 0)) {
        p++;
        p += plain_run(p, end);
    }
    return p == end && link_is_web(text, length) && !has_dot_segment(text, end);
}

size_t link_resolve(const char *text, size_t length, const char *base, size_t base_length,
                    struct buffer *out)
{
    while (length && is_space(text[0])) {
        text++;
        length--;
    }
    while (length && is_space(text[length - 1])) {
        length--;
    }
    base = base ? base : "";
    size_t start = out->length;
    if (length == 0 || base_length > BASE_BYTES || length > 2 * HEADLINE_LINK_BYTES ||
        !buffer_reserve(out, link_room(length, base_length))) {
        return 0;
    }
    if (is_ready(text, length)) {
        buffer_append(out, text, length);
        return length;
    }
    put_clean(out, text, text + length);
    size_t cleaned = out->length - start;
    struct reference r = split(out->bytes + start, cleaned);
    if (r.scheme.at) {
        base_length = 0;
    }
    size_t base_at = out->length;
    put_clean(out, base, base + base_length);
    struct reference b = split(out->bytes + base_at, out->length - base_at);
    if (cleaned == 0 || (!r.scheme.at && !b.scheme.at)) {
        out->length = start;
        return 0;
    }
    size_t resolved = out->length;
    put_resolved(out, r, b);
    size_t bytes = out->length - resolved;
    memmove(out->bytes + start, out->bytes + resolved, bytes);
    out->length = start + bytes;
    return bytes;
}

bool link_is_web(const char *url, size_t length)
{
    size_t scheme = length >= 8 && strncasecmp(url, "https://", 8) == 0  ? 8
                    : length >= 7 && strncasecmp(url, "http://", 7) == 0 ? 7
                                                                         : 0;
    return scheme && length > scheme && length <= HEADLINE_LINK_BYTES &&
           until(url + scheme, url + scheme + 1, STOP_SLASH | STOP_QUERY | STOP_FRAGMENT);
}
