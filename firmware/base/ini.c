/* One pass over the lines. A line is first judged as bytes (UTF-8, control characters), so
 * that whatever is handed on, or quoted in a message, is safe to store and to print. */
#include "base/ini.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct ini_reader {
    const struct ini_handler *handler;
    void *user;
    size_t line;
};

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct ini_text trim(const char *bytes, size_t length)
{
    while (length > 0 && blank(bytes[0])) {
        bytes++;
        length--;
    }
    while (length > 0 && blank(bytes[length - 1])) {
        length--;
    }
    return (struct ini_text){bytes, length};
}

static void fault(const struct ini_reader *reader, const char *text)
{
    reader->handler->fault(reader->user, reader->line, text);
}

/* The header's fault, and a section that takes the values after it out of the way. */
static void bad_header(const struct ini_reader *reader, const char *text)
{
    fault(reader, text);
    reader->handler->section(reader->user, reader->line, (struct ini_text){NULL, 0},
                             (struct ini_text){NULL, 0});
}

/* False, with the reason in WHY, if the line holds bytes that no setting may hold. */
static bool clean(struct ini_text line, char *why, size_t room)
{
    for (size_t i = 0; i < line.length;) {
        uint32_t code;
        size_t bytes = utf8_decode(line.bytes + i, line.length - i, &code);
        if (code == UTF8_BAD && !utf8_valid(line.bytes + i, bytes)) {
            snprintf(why, room,
                     "invalid UTF-8, byte 0x%02X at column %zu; allowed: UTF-8",
                     (unsigned char)line.bytes[i], i + 1);
            return false;
        }
        if (code != '\t' && (code < 0x20 || (code >= 0x7F && code < 0xA0))) {
            snprintf(why, room,
                     "%s at column %zu; allowed: text without control characters",
                     code == 0 ? "NUL byte" : "control character", i + 1);
            return false;
        }
        i += bytes;
    }
    return true;
}

static void read_header(const struct ini_reader *reader, struct ini_text line)
{
    if (line.bytes[line.length - 1] != ']') {
        bad_header(reader, "section header does not end in ']'; "
                           "allowed: [section] or [section \"name\"]");
        return;
    }
    struct ini_text inner = trim(line.bytes + 1, line.length - 2);
    struct ini_text name = {NULL, 0};
    const char *quote = memchr(inner.bytes, '"', inner.length);
    if (quote) {
        const char *end = inner.bytes + inner.length - 1;
        if (end == quote || *end != '"') {
            bad_header(reader, "name in the section header does not end in '\"'; "
                               "allowed: [section \"name\"]");
            return;
        }
        name = trim(quote + 1, (size_t)(end - quote - 1));
        inner = trim(inner.bytes, (size_t)(quote - inner.bytes));
    }
    if (inner.length == 0) {
        bad_header(reader, "section header without a section; "
                           "allowed: [section] or [section \"name\"]");
        return;
    }
    reader->handler->section(reader->user, reader->line, inner, name);
}

static void read_value(const struct ini_reader *reader, struct ini_text line)
{
    const char *equals = memchr(line.bytes, '=', line.length);
    if (!equals) {
        fault(reader, "line without '='; allowed: key = value, [section], "
                      "or a comment after ';' or '#'");
        return;
    }
    struct ini_text key = trim(line.bytes, (size_t)(equals - line.bytes));
    struct ini_text value =
        trim(equals + 1, line.length - (size_t)(equals + 1 - line.bytes));
    if (key.length == 0) {
        fault(reader, "no key before '='; allowed: key = value");
        return;
    }
    if (value.length >= 2 && value.bytes[0] == '"' &&
        value.bytes[value.length - 1] == '"') {
        value.bytes++;
        value.length -= 2;
    }
    reader->handler->value(reader->user, reader->line, key, value);
}

static void read_line(const struct ini_reader *reader, const char *bytes, size_t length)
{
    if (length > 0 && bytes[length - 1] == '\r') {
        length--;
    }
    struct ini_text line = trim(bytes, length);
    if (line.length == 0) {
        return;
    }
    char why[128];
    bool comment = line.bytes[0] == ';' || line.bytes[0] == '#';
    bool header = line.bytes[0] == '[';
    if (!clean((struct ini_text){bytes, length}, why, sizeof why)) {
        if (header) {
            bad_header(reader, why);
        } else {
            fault(reader, why);
        }
    } else if (header) {
        read_header(reader, line);
    } else if (!comment) {
        read_value(reader, line);
    }
}

void ini_parse(const char *text, size_t length, const struct ini_handler *handler,
               void *user)
{
    struct ini_reader reader = {handler, user, 1};
    if (length >= 2 &&
        (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0)) {
        /* Every line would be at fault for the same reason, which is worth saying once. */
        fault(&reader, "the file is UTF-16; allowed: UTF-8 (save it so in the editor)");
        return;
    }
    size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t bytes = end ? (size_t)(end - text) - at : length - at;
        read_line(&reader, text + at, bytes);
        at += bytes + 1;
        reader.line++;
    }
}
