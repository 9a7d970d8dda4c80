#include "wire/reload.h"

#include <string.h>

/* Returns whether one of the files differs from what was seen last, and sees it. */
static bool look(struct reload *reload)
{
    bool changed = false;
    for (size_t i = 0; i < RELOAD_FILES; i++) {
        struct local_stamp now = local_look(reload->reader->paths[i]);
        changed |= memcmp(&now, &reload->seen[i], sizeof now) != 0;
        reload->seen[i] = now;
    }
    return changed;
}

void reload_init(struct reload *reload, const struct reload_reader *reader,
                 int64_t now_ms)
{
    *reload = (struct reload){.reader = reader, .look_ms = now_ms + RELOAD_LOOK_MS};
    if (reader) {
        look(reload);
    }
}

bool reload_due(struct reload *reload, bool asked, int64_t now_ms)
{
    if (!reload->reader) {
        return false;
    }
    reload->due |= asked;
    if (now_ms >= reload->look_ms) {
        bool changed = look(reload);
        reload->due |= reload->settling && !changed;
        reload->settling = changed;
        reload->look_ms = now_ms + (changed ? RELOAD_SETTLE_MS : RELOAD_LOOK_MS);
    }
    return reload->due;
}

struct config_change *reload_read(struct reload *reload)
{
    reload->due = false;
    return reload->reader->read(reload->reader->user);
}

int64_t reload_wait_ms(const struct reload *reload, int64_t now_ms)
{
    int64_t left_ms = reload->look_ms - now_ms;
    return !reload->reader ? INT64_MAX : left_ms > 0 ? left_ms : 0;
}
