/* What could not be saved is written anew at the next round (base/replace.h). */
#define LOG_MODULE "cache"
#include "wire/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/log.h"
#include "base/reason.h"
#include "base/replace.h"
#include "wire/cachedir.h"
#include "wire/snapshot.h"

/* Whatever stands under one of our names: no link is followed, no FIFO waited for. */
enum { OPEN_SAFELY = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };

enum { BLOCK_BYTES = 4096, DAY_MS = 24 * 3600 * 1000, FILE_MOST = 16 << 20 };

/* --- Crashes ------------------------------------------------------------------------ */

static void forget_crashes(struct cache *cache)
{
    if (ftruncate(cache->crashes, 0)) {
        log_debug("%s: %s", cache->folder, strerror(errno));
    }
    cache->good_ms = INT64_MAX;
}

/* The file has a byte for each; too many in a row, and the cache is the suspect. */
static void count_crashes(struct cache *cache)
{
    char path[CACHEDIR_PATH_BYTES];
    struct stat st;
    cachedir_path(cache->folder, "crashes", path);
    cache->crashes = open(path, O_WRONLY | O_CREAT | O_APPEND | OPEN_SAFELY, 0600);
    if (cache->crashes < 0 || fstat(cache->crashes, &st)) {
        return;
    }
    if (st.st_size >= CACHE_CRASHES) {
        cachedir_put_aside(cache->folder);
        log_warning(
            "%s: this program crashed %d times in its first minute: what was kept is "
            "put aside into quarantine/, this start does without",
            cache->folder, CACHE_CRASHES);
        forget_crashes(cache);
    }
    crash_mark_to(cache->crashes);
}

void cache_share(struct cache *cache, const struct config *config, int64_t now_ms)
{
    cache->every_ms = config->cache.every_s * 1000;
    if (cache->due_ms > now_ms + cache->every_ms) {
        cache->due_ms = now_ms + cache->every_ms;
    }
    int64_t sources = config->source_count ? (int64_t)config->source_count : 1;
    int64_t each = config->cache.size_bytes / 2 / sources;
    cache->file_bytes = (size_t)(each > CACHE_FILE_LEAST ? each : CACHE_FILE_LEAST);
}

void cache_open(struct cache *cache, const struct config *config, int64_t now_ms)
{
    *cache = (struct cache){
        .folder = cachedir_open(),
        .crashes = -1,
        .due_ms = now_ms + CACHE_FIRST_MS,
        .budget = CACHE_BURST_BYTES,
        .counted_ms = now_ms,
        .good_ms = now_ms + CACHE_GOOD_MS,
        .dry = config->cache.dry,
    };
    cache_share(cache, config, now_ms);
    if (cache->folder && !cache->dry) {
        count_crashes(cache);
    }
}

void cache_close(struct cache *cache)
{
    crash_mark_to(-1);
    if (cache->folder && cache->crashes >= 0) {
        forget_crashes(cache);
        close(cache->crashes);
    }
    free(cache->folder);
    *cache = (struct cache){.crashes = -1};
}

/* --- Loading ------------------------------------------------------------------------ */

static bool read_file(const char *path, struct buffer *out)
{
    struct stat st;
    int fd = open(path, O_RDONLY | OPEN_SAFELY);
    if (fd < 0) {
        return false;
    }
    out->length = 0;
    bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
                st.st_size <= FILE_MOST && buffer_reserve(out, (size_t)st.st_size);
    while (good && out->length < (size_t)st.st_size) {
        ssize_t got =
            read(fd, out->bytes + out->length, (size_t)st.st_size - out->length);
        good = got > 0 || (got < 0 && errno == EINTR);
        out->length += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    return good;
}

static bool read_slot(const struct cache *cache, uint64_t key, int slot,
                      struct buffer *out, struct snapshot *head)
{
    char name[CACHEDIR_NAME_BYTES], path[CACHEDIR_PATH_BYTES];
    struct snapshot_reader reader;
    cachedir_name(key, slot, name);
    cachedir_path(cache->folder, name, path);
    return read_file(path, out) &&
           snapshot_open(&reader, out->bytes, out->length, head) && head->key == key;
}

bool cache_load(const struct cache *cache, uint64_t key, struct buffer *out,
                struct cache_slot *slot)
{
    struct snapshot head;
    struct buffer other = {0};
    *slot = (struct cache_slot){0};
    if (!cache->folder) {
        return false;
    }
    bool first = read_slot(cache, key, 0, out, &head);
    uint64_t generation = first ? head.generation : 0;
    bool second = read_slot(cache, key, 1, &other, &head);
    if (second && (!first || head.generation > generation)) {
        struct buffer swap = *out;
        *out = other;
        other = swap;
        *slot = (struct cache_slot){head.generation, 1};
    } else if (first) {
        *slot = (struct cache_slot){generation, 0};
    }
    buffer_fini(&other);
    return first || second;
}

/* --- Saving ------------------------------------------------------------------------- */

bool cache_due(struct cache *cache, int64_t now_ms, bool last)
{
    if (!cache->folder || cache->dry) {
        return false;
    }
    if (now_ms >= cache->good_ms && cache->crashes >= 0) {
        forget_crashes(cache);
        crash_mark_to(-1);
    }
    if (now_ms < cache->due_ms && (cache->begun || !last)) {
        return false;
    }
    cache->begun = true;
    cache->due_ms = now_ms + cache->every_ms;
    return true;
}

/* Takes what LENGTH bytes cost, the folder's own block included, from what may be written. */
static bool spend(struct cache *cache, size_t length, int64_t now_ms)
{
    int64_t cost = ((int64_t)length / BLOCK_BYTES + 2) * BLOCK_BYTES;
    int64_t since_ms = now_ms - cache->counted_ms;
    since_ms = since_ms < DAY_MS ? since_ms : DAY_MS;
    int64_t budget = cache->budget + CACHE_DAY_BYTES / 1000 * since_ms / (DAY_MS / 1000);
    cache->budget = budget < CACHE_BURST_BYTES ? budget : CACHE_BURST_BYTES;
    cache->counted_ms = now_ms;
    if (cost > cache->budget) {
        return false;
    }
    cache->budget -= cost;
    return true;
}

static bool replace(const struct cache *cache, const char *name, const char *bytes,
                    size_t length)
{
    char path[CACHEDIR_PATH_BYTES], temporary[CACHEDIR_PATH_BYTES];
    cachedir_path(cache->folder, "new", temporary);
    cachedir_path(cache->folder, name, path);
    return replace_file(cache->folder, temporary, path, bytes, length);
}

bool cache_save(struct cache *cache, uint64_t key, struct buffer *snapshot,
                struct cache_slot *slot, int64_t now_ms)
{
    char name[CACHEDIR_NAME_BYTES];
    int other = slot->generation ? !slot->newest : 0;
    if (!cache->folder || !spend(cache, snapshot->length, now_ms)) {
        return false;
    }
    snapshot_renumber(snapshot, slot->generation + 1);
    char why[REASON_BYTES];
    cachedir_name(key, other, name);
    bool good = replace(cache, name, snapshot->bytes, snapshot->length);
    if (good) {
        *slot = (struct cache_slot){slot->generation + 1, other};
    }
    if (good == cache->ailing) {
        if (good) {
            log_info("%s: can be written again", cache->folder);
        } else {
            log_warning("%s: %s: what was saved before stays, the picture goes on",
                        cache->folder, reason_tell(cache->folder, why));
        }
    }
    cache->ailing = !good;
    return good;
}
