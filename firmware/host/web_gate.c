/* A page of another site can make a browser send requests here: under a name of its own that it has
 * lately made to mean our address (rebinding), which only the Host header shows; or as a plain
 * cross-site request, which Origin and Sec-Fetch-Site show, and which cannot bring the key along. */
#include "host/web_gate.h"

#include <string.h>
#include <strings.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name_char(char c)
{
    char l = lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
}

/* "" or ":" and digits. */
static bool is_port(const char *text)
{
    return *text == '\0' ||
           (*text == ':' && strspn(text + 1, "0123456789") == strlen(text + 1));
}

/* The length of the name that AUTHORITY begins with, and where it begins. */
static size_t find_name(const char *authority, const char **name, const char **rest)
{
    size_t length = 0;
    *name = authority;
    if (*authority == '[') {
        *name = authority + 1;
        length = strspn(*name, "0123456789abcdefABCDEF:.");
        *rest = *name + length;
        if (**rest != ']') {
            return 0;
        }
        (*rest)++;
        return length;
    }
    while (is_name_char(authority[length])) {
        length++;
    }
    *rest = authority + length;
    return length;
}

bool web_gate_name(const char *authority, char out[WEB_GATE_NAME_BYTES])
{
    const char *name, *rest;
    size_t length = find_name(authority, &name, &rest);
    out[0] = '\0';
    if (length > 1 && name[length - 1] == '.' && name == authority) {
        length--;
    }
    if (length == 0 || length >= WEB_GATE_NAME_BYTES || !is_port(rest)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        out[i] = lower(name[i]);
    }
    out[length] = '\0';
    return true;
}

static bool same(const char *a, const char *b)
{
    return b && *b && strcasecmp(a, b) == 0;
}

/* NAME is MACHINE, its first label, or either with ".local". */
static bool is_machine(const char *name, const char *machine)
{
    if (!machine || !*machine) {
        return false;
    }
    size_t length = strlen(name), whole = strlen(machine);
    size_t label = strcspn(machine, ".");
    if (length > 6 && strcasecmp(name + length - 6, ".local") == 0) {
        length -= 6;
    }
    return (length == whole || length == label) &&
           strncasecmp(name, machine, length) == 0;
}

static bool is_listed(const char *name, const char *hosts)
{
    static const char between[] = ", \t";
    char entry[WEB_GATE_NAME_BYTES], listed[WEB_GATE_NAME_BYTES];
    while (hosts && *hosts) {
        hosts += strspn(hosts, between);
        size_t length = strcspn(hosts, between);
        if (length > 0 && length < sizeof entry) {
            memcpy(entry, hosts, length);
            entry[length] = '\0';
            if (web_gate_name(entry, listed) && strcmp(listed, name) == 0) {
                return true;
            }
        }
        hosts += length;
    }
    return false;
}

bool web_gate_admits(const struct web_gate *gate, const char *host, const char *here)
{
    char name[WEB_GATE_NAME_BYTES];
    if (!host || !web_gate_name(host, name)) {
        return false;
    }
    return same(name, "localhost") || same(name, "127.0.0.1") || same(name, "::1") ||
           same(name, here) || same(name, gate->listen) ||
           is_machine(name, gate->machine) || is_listed(name, gate->hosts);
}

bool web_gate_is_ours(const char *origin, const char *site, const char *host)
{
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) {
        return false;
    }
    if (!origin) {
        return true;
    }
    const char *rest = strncasecmp(origin, "http://", 7) == 0    ? origin + 7
                       : strncasecmp(origin, "https://", 8) == 0 ? origin + 8
                                                                 : NULL;
    return rest && host && *rest && strcasecmp(rest, host) == 0;
}

const char *web_gate_bearer(const char *authorization)
{
    if (!authorization || strncasecmp(authorization, "Bearer ", 7) != 0) {
        return NULL;
    }
    authorization += 7;
    return authorization + strspn(authorization, " ");
}

bool web_gate_fits(const char *key, const char *given)
{
    size_t length = strnlen(key, WEB_GATE_KEY_BYTES);
    size_t other = strnlen(given, WEB_GATE_KEY_BYTES);
    unsigned differs = (unsigned)(length != other) | (length == 0);
    /* Over the length of what is given, which whoever gave it knows. */
    for (size_t i = 0; i < other; i++) {
        unsigned k = (unsigned char)key[i < length ? i : 0];
        differs |= k ^ (unsigned char)given[i];
    }
    return differs == 0 && length < WEB_GATE_KEY_BYTES;
}
