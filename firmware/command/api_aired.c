/* GET /api/aired: what was shown last, the newest first. The worker keeps each as the JSON object
 * that the aired log has of it. */
#include <stdlib.h>
#include <string.h>

#include "command/api_inside.h"

static const char head[] = "{\"items\":[", tail[] = "]}";

/* How long the text will be, at most. */
static size_t measure(const struct api *api)
{
    size_t length = sizeof head + sizeof tail;
    const char *line;
    for (size_t i = 0; (line = worker_aired(api->worker, i)); i++) {
        length += strlen(line) + 1;
    }
    return length;
}

void api_aired(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    char *bytes = malloc(measure(api));
    size_t length = sizeof head - 1;
    const char *line;
    (void)call;
    reply->status = 503;
    reply->error = "memory is short";
    if (!bytes) {
        return;
    }
    memcpy(bytes, head, length);
    for (size_t i = 0; (line = worker_aired(api->worker, i)); i++) {
        size_t part = strcspn(line, "\n");
        if (i > 0) {
            bytes[length++] = ',';
        }
        memcpy(bytes + length, line, part);
        length += part;
    }
    memcpy(bytes + length, tail, sizeof tail - 1);
    reply->text = web_text_new(bytes, length + sizeof tail - 1);
    reply->status = reply->text ? 200 : 503;
}
