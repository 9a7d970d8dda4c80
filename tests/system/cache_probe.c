/* Saves generation after generation of one source and says each that is safe, or tells which one
 * the folder has. The folder is $CACHE_DIRECTORY. A test tool.
 *
 *     cache_probe save      "saved N" per line, until it is killed
 *     cache_probe load      "N", 0 if there is none */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "wire/cache.h"
#include "wire/snapshot.h"

enum { KEY = 7, HEADLINES = 20, STEP_MS = 1000 * 1000 };

static void make(struct buffer *out)
{
    static struct headline headline;
    struct snapshot head = {.key = KEY, .at = 1};
    snapshot_begin(out, &head);
    for (int i = 0; i < HEADLINES; i++) {
        headline_init(&headline);
        headline_set(&headline, HEADLINE_TEXT, "Bridge closed", strlen("Bridge closed"));
        headline_identify(&headline);
        snapshot_add(out, &headline);
    }
    snapshot_end(out);
}

int main(int argc, char **argv)
{
    static struct config config;
    struct cache cache;
    struct cache_slot slot;
    struct buffer bytes = {0};
    if (argc != 2 || !config_init(&config)) {
        return 2;
    }
    cache_open(&cache, &config, 0);
    bool found = cache_load(&cache, KEY, &bytes, &slot);
    if (strcmp(argv[1], "load") == 0) {
        printf("%llu\n", found ? (unsigned long long)slot.generation : 0);
    }
    for (int64_t now_ms = 0; strcmp(argv[1], "save") == 0; now_ms += STEP_MS) {
        make(&bytes);
        if (!cache_save(&cache, KEY, &bytes, &slot, now_ms)) {
            return 1;
        }
        printf("saved %llu\n", (unsigned long long)slot.generation);
        fflush(stdout);
    }
    cache_close(&cache);
    buffer_fini(&bytes);
    config_fini(&config);
    return 0;
}
