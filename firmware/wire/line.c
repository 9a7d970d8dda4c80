/* A line's address is what libcurl hands back at the end of its transfer. */
#include "wire/line.h"

#include <string.h>

#include "wire/vet.h"

enum failure line_start(struct line *line, CURLM *multi, const struct fetch_order *order,
                        const char *host, int64_t now_ms)
{
    enum failure failure;
    line->fetch = fetch_new(multi, order, line, now_ms, &failure);
    line->host = host;
    line->done = false;
    return line->fetch ? FAILURE_NONE : failure;
}

void line_adopt(struct line *line, const struct config_source *source, const char *host)
{
    fetch_adopt(line->fetch, source);
    line->host = host;
}

void line_end(struct line *line)
{
    fetch_free(line->fetch);
    *line = (struct line){0};
}

bool line_looks_up(const char *host)
{
    enum vet_class class;
    return !vet_literal(host, &class);
}

bool lines_reach(const struct lines *lines, const char *host)
{
    for (size_t i = 0; i < LINES; i++) {
        const struct line *line = &lines->lines[i];
        if (line->fetch && strcmp(line->host, host) == 0) {
            return true;
        }
    }
    return false;
}

void lines_collect(struct lines *lines, CURLM *multi, int64_t now_ms)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
        char *user = NULL;
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        /* MESSAGE is gone once the handle leaves the multi. */
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
        struct line *line = (struct line *)(void *)user;
        line->done = fetch_step(line->fetch, code, now_ms);
    }
    for (size_t i = 0; i < LINES; i++) {
        struct line *line = &lines->lines[i];
        if (line->fetch && !line->done &&
            fetch_age_ms(line->fetch, now_ms) > FETCH_TOTAL_MS + LINE_GRACE_MS) {
            fetch_expire(line->fetch);
            line->done = true;
        }
    }
}

bool lines_running(const struct lines *lines)
{
    for (size_t i = 0; i < LINES; i++) {
        if (lines->lines[i].fetch) {
            return true;
        }
    }
    return false;
}

bool lines_waiting(const struct lines *lines)
{
    for (size_t i = 0; i < LINES; i++) {
        if (lines->lines[i].fetch && lines->lines[i].done) {
            return true;
        }
    }
    return false;
}

void lines_fini(struct lines *lines)
{
    for (size_t i = 0; i < LINES; i++) {
        line_end(&lines->lines[i]);
    }
}
