/* An id counts beyond its source only if its maker meant it to be the only one in the world: an
 * address, a tag: or urn:. "123" is the id of a story in many feeds. */
#include "desk/stamp.h"

#include <string.h>
#include <strings.h>

#include "base/tracking.h"
#include "desk/marks.h"

enum { ID_BYTES_MIN = 12 };

static uint64_t hash(const char *text, size_t length)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
    }
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    return (h ^ h >> 33) | 1;
}

static const char *after(const char *text, const char *start)
{
    size_t length = strlen(start);
    return strncasecmp(text, start, length) == 0 ? text + length : NULL;
}

uint64_t stamp_link(const char *link)
{
    char clean[HEADLINE_LINK_BYTES + 1];
    tracking_strip(link, clean, sizeof clean);
    char *url = clean;
    const char *host = after(url, "https://");
    host = host ? host : after(url, "http://");
    if (!host) {
        return 0;
    }
    const char *bare = after(host, "www.");
    url += (bare ? bare : host) - url;
    size_t host_bytes = strcspn(url, "/?#");
    for (size_t i = 0; i < host_bytes; i++) {
        url[i] = (char)(url[i] >= 'A' && url[i] <= 'Z' ? url[i] + 'a' - 'A' : url[i]);
    }
    size_t length = strcspn(url, "#");
    while (length > host_bytes && url[length - 1] == '/') {
        length--;
    }
    return length > host_bytes ? hash(url, length) : 0;
}

static uint64_t id_key(const char *id)
{
    uint64_t as_link = stamp_link(id);
    if (as_link) {
        return as_link;
    }
    bool global = after(id, "tag:") || after(id, "urn:");
    return global && strlen(id) >= ID_BYTES_MIN ? hash(id, strlen(id)) : 0;
}

void stamp_init(struct stamp *stamp, const struct config *config)
{
    stamp->config = config;
    stamp->filter = filter_new(config);
}

void stamp_fini(struct stamp *stamp)
{
    filter_free(stamp->filter);
    *stamp = (struct stamp){0};
}

void stamp_message(const void *user, struct message *message)
{
    const struct stamp *stamp = user;
    struct message_keys *keys = &message->keys;
    const struct headline *headline = &message->headline;
    const struct config *config = stamp->config;
    keys->link = stamp_link(headline_get(headline, HEADLINE_LINK));
    keys->id = id_key(headline_get(headline, HEADLINE_ID));
    keys->rule = 0;
    keys->keyword = false;
    keys->flash =
        message->source < config->source_count && config->sources[message->source].flash;
    marks_make(headline_get(headline, HEADLINE_TEXT), keys);
    if (stamp->filter) {
        keys->rule = filter_judge(stamp->filter, message->source, headline);
        keys->keyword = filter_is_flash(stamp->filter, headline);
    }
}
