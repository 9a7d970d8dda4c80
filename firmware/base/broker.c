/* Hosts are only looked at for characters that no host has: whether one exists, the look-up tells. */
#include "base/broker.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { PORT_MOST = 65535, PORT_DIGITS = 5 };

static bool starts(const char *text, size_t length, const char *with)
{
    size_t bytes = strlen(with);
    return length >= bytes && strncasecmp(text, with, bytes) == 0;
}

/* ":PORT" or nothing. */
static bool read_port(const char *text, size_t length, int *port)
{
    *port = 0;
    if (length == 0) {
        return true;
    }
    if (text[0] != ':' || length < 2 || length > PORT_DIGITS + 1) {
        return false;
    }
    for (size_t i = 1; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *port = *port * 10 + (text[i] - '0');
    }
    return *port > 0 && *port <= PORT_MOST;
}

static bool is_host(const char *text, size_t length, bool bracketed)
{
    static const char usual[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789.-_";
    static const char ipv6[] = "0123456789abcdefABCDEF:.%";
    if (length == 0 || length >= BROKER_HOST_BYTES || text[0] == '-') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!text[i] || !strchr(bracketed ? ipv6 : usual, text[i])) {
            return false;
        }
    }
    return true;
}

bool broker_parse(const char *text, size_t length, struct broker *broker)
{
    static const char plain[] = "mqtt://", secure[] = "mqtts://";
    *broker = (struct broker){.tls = starts(text, length, secure)};
    size_t skip = broker->tls                   ? sizeof secure - 1
                  : starts(text, length, plain) ? sizeof plain - 1
                                                : 0;
    text += skip;
    length -= skip;
    if (skip > 0 && length > 0 && text[length - 1] == '/') {
        length--;
    }
    bool bracketed = length > 0 && text[0] == '[';
    const char *close = bracketed ? memchr(text, ']', length) : NULL;
    const char *colon = bracketed ? close : memchr(text, ':', length);
    if (bracketed && !close) {
        return false;
    }
    size_t host = colon ? (size_t)(colon - text) : length;
    size_t rest = host + bracketed;
    const char *name = text + bracketed;
    host -= bracketed;
    if (!is_host(name, host, bracketed) ||
        !read_port(text + rest, length - rest, &broker->port)) {
        return false;
    }
    memcpy(broker->host, name, host);
    return true;
}

bool broker_is_level(const char *text, size_t length)
{
    if (length == 0 || length > BROKER_LEVEL_BYTES || !utf8_valid(text, length)) {
        return false;
    }
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        if (code < ' ' || (code >= 0x7F && code < 0xA0) || code == '/' || code == '+' ||
            code == '#') {
            return false;
        }
    }
    return true;
}
