#define LOG_MODULE "web"
#include "command/own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/statedir.h"
#include "command/api_inside.h"
#include "host/order.h"

#define OWN_FILE "headlines.jsonl"

static void drop(struct own *own, size_t i)
{
    free(own->messages[i].id);
    free(own->messages[i].line);
    own->messages[i] = own->messages[--own->count];
}

bool own_save(struct own *own)
{
    size_t length = 0, at = 0;
    for (size_t i = 0; i < own->count; i++) {
        length += strlen(own->messages[i].line) + 1;
    }
    char *bytes = malloc(length + 1);
    own->dirty = false;
    if (!bytes) {
        return false;
    }
    for (size_t i = 0; i < own->count; i++) {
        size_t line = strlen(own->messages[i].line);
        memcpy(bytes + at, own->messages[i].line, line);
        at += line;
        bytes[at++] = '\n';
    }
    char why[REASON_BYTES];
    bool saved = statedir_save(OWN_FILE, bytes, length);
    if (!saved) {
        log_warning("own messages cannot be kept for the next start (%s): check the "
                    "state folder",
                    statedir_reason(why));
    }
    free(bytes);
    return saved;
}

static void drop_ended(struct own *own)
{
    int64_t now = clock_wall();
    for (size_t i = own->count; i-- > 0 && clock_known(now);) {
        if (own->messages[i].until <= now) {
            drop(own, i);
        }
    }
}

static size_t find(const struct own *own, const char *id)
{
    size_t i = 0;
    while (i < own->count && strcmp(own->messages[i].id, id) != 0) {
        i++;
    }
    return i;
}

static char *line_of(const struct headline *headline)
{
    json_t *object = json_object();
    const char *source = headline_get(headline, HEADLINE_SOURCE);
    json_object_set_new(object, "text",
                        api_string(headline_get(headline, HEADLINE_TEXT)));
    json_object_set_new(object, "id", api_string(headline_get(headline, HEADLINE_ID)));
    json_object_set_new(object, "until", api_time(headline->expires));
    if (*source) {
        json_object_set_new(object, "source", api_string(source));
    }
    char *line = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return line;
}

/* False if memory is short. */
static bool put(struct own *own, const struct headline *headline)
{
    struct own_message message = {.id = strdup(headline_get(headline, HEADLINE_ID)),
                                  .line = line_of(headline),
                                  .until = headline->expires};
    if (!message.id || !message.line) {
        free(message.id);
        free(message.line);
        return false;
    }
    own->messages[own->count++] = message;
    return true;
}

bool own_put(struct own *own, const struct headline *headline)
{
    drop_ended(own);
    size_t i = find(own, headline_get(headline, HEADLINE_ID));
    if (i < own->count) {
        drop(own, i);
    }
    if (own->count == OWN_MOST) {
        return false;
    }
    own->dirty = true;
    put(own, headline);
    return true;
}

bool own_forget(struct own *own, const char *id)
{
    size_t i = find(own, id);
    if (i == own->count) {
        return false;
    }
    drop(own, i);
    own->dirty = true;
    return true;
}

/* --- At the start ------------------------------------------------------------------------- */

/* Its end, by which it is judged: a board that does not know the time keeps all. */
static bool read_until(const char *line, size_t length, int64_t *until)
{
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_string_value(json_object_get(object, "until"));
    bool good = text && clock_parse(text, until) == 0;
    json_decref(object);
    return good;
}

static void recall_line(struct own *own, const char *line, size_t length,
                        own_take_fn *take, void *user)
{
    char error[ORDER_ERROR_BYTES];
    int64_t until, now = clock_wall();
    struct order *order = malloc(sizeof *order);
    if (order && own->count < OWN_MOST && read_until(line, length, &until) &&
        (!clock_known(now) || until > now) &&
        order_read(order, ORDER_HEADLINE, line, length, until - 1, error) &&
        put(own, &order->headline)) {
        take(user, &order->headline);
    }
    free(order);
}

void own_recall(struct own *own, own_take_fn *take, void *user)
{
    enum { LINE_BYTES = ORDER_BYTES, PATH_BYTES = 4096 };
    char path[PATH_BYTES];
    bool found = statedir_path(OWN_FILE, path, sizeof path);
    int fd = found ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1; /* a FIFO */
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    char *line = file ? malloc(LINE_BYTES) : NULL;
    while (line && fgets(line, LINE_BYTES, file)) {
        recall_line(own, line, strcspn(line, "\n"), take, user);
    }
    free(line);
    if (file) {
        fclose(file);
    } else if (fd >= 0) {
        close(fd);
    }
}

void own_fini(struct own *own)
{
    while (own->count > 0) {
        drop(own, own->count - 1);
    }
}
