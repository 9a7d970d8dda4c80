/* One table names each header line and the field it goes to. */
#include "wire/answer.h"

#include <string.h>
#include <strings.h>

#include "feed/date.h"

enum { LONGEST_WAIT_S = 10 * 365 * 86400 }; /* keeps sums far from overflow */

#define FIELD(name, member)                                                              \
    {                                                                                    \
        name, offsetof(struct answer, member), sizeof(((struct answer *)0)->member)      \
    }

static const struct {
    const char *name;
    size_t at, room;
} fields[] = {
    FIELD("etag", validators.etag),      FIELD("last-modified", validators.modified),
    FIELD("content-type", content_type), FIELD("content-encoding", encoding),
    FIELD("retry-after", retry_after),   FIELD("date", date),
    FIELD("location", location),
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *length)
{
    while (*length && blank(**text)) {
        (*text)++, (*length)--;
    }
    while (*length && blank((*text)[*length - 1])) {
        (*length)--;
    }
}

static bool has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            return true;
        }
    }
    return false;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200". */
static bool status_line(struct answer *answer, const char *line, size_t length)
{
    if (length < 5 || memcmp(line, "HTTP/", 5) != 0) {
        return false;
    }
    *answer = (struct answer){0};
    const char *space = memchr(line, ' ', length);
    size_t at = space ? (size_t)(space - line) + 1 : length;
    for (; at < length && line[at] >= '0' && line[at] <= '9' && answer->status < 1000;
         at++) {
        answer->status = answer->status * 10 + (line[at] - '0');
    }
    return true;
}

void answer_line(struct answer *answer, const char *line, size_t length)
{
    if (status_line(answer, line, length)) {
        return;
    }
    const char *colon = memchr(line, ':', length);
    if (!colon) {
        return;
    }
    size_t name_length = (size_t)(colon - line);
    const char *value = colon + 1;
    size_t value_length = length - name_length - 1;
    trim(&value, &value_length);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].name) != name_length ||
            strncasecmp(line, fields[i].name, name_length) != 0) {
            continue;
        }
        char *field = (char *)answer + fields[i].at;
        bool fits = value_length < fields[i].room && !has_control(value, value_length);
        memcpy(field, value, fits ? value_length : 0);
        field[fits ? value_length : 0] = '\0';
        answer->located = answer->located || field == answer->location;
    }
}

bool answer_encoding_known(const struct answer *answer)
{
    static const char *const known[] = {"", "identity", "gzip", "x-gzip", "deflate"};
    for (const char *p = answer->encoding;; p++) {
        size_t length = strcspn(p, ",");
        const char *word = p;
        trim(&word, &length);
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            found = found || (strlen(known[i]) == length &&
                              strncasecmp(word, known[i], length) == 0);
        }
        if (!found) {
            return false;
        }
        p += strcspn(p, ",");
        if (*p == '\0') {
            return true;
        }
    }
}

static bool seconds(const char *text, int64_t *value)
{
    *value = 0;
    const char *p = text;
    for (; *p >= '0' && *p <= '9'; p++) {
        if (*value < LONGEST_WAIT_S) {
            *value = *value * 10 + (*p - '0');
        }
    }
    return p > text && *p == '\0';
}

/* HTTP's dates begin with the name of a day; others are no dates here, whatever they look like. */
static bool http_date(const char *text, int64_t *at)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (strncasecmp(text, days[i], strlen(days[i])) == 0) {
            return date_parse(text, strlen(text), at);
        }
    }
    return false;
}

int64_t answer_retry_after_ms(const struct answer *answer, int64_t now)
{
    int64_t wait_s;
    if (!seconds(answer->retry_after, &wait_s)) {
        int64_t then, their_now;
        if (!http_date(answer->retry_after, &then)) {
            return 0;
        }
        wait_s = then - (http_date(answer->date, &their_now) ? their_now : now);
    }
    if (wait_s <= 0) {
        return 0;
    }
    return (wait_s < LONGEST_WAIT_S ? wait_s : LONGEST_WAIT_S) * 1000;
}
