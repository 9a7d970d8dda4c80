/* The configuration file: any text gives a configuration and faults with lines that exist, and
 * the same ones each time. */
#include <string.h>

#include "base/config.h"
#include "check.h"

struct faults {
    size_t count, lines;
    uint64_t hash;
};

static void count(void *user, const struct config_fault *fault)
{
    struct faults *faults = user;
    faults->count++;
    check_that(fault->line <= faults->lines, "the fault's line is one of the file");
    check_that(*fault->text, "a fault says what it is");
    for (const char *p = fault->text; *p; p++) {
        check_that((unsigned char)*p >= ' ', "a fault is one line");
        faults->hash = (faults->hash ^ (unsigned char)*p) * 0x100000001b3u;
    }
    faults->hash += fault->line;
}

static struct faults read_text(const uint8_t *data, size_t size)
{
    struct faults faults = {.lines = 1};
    struct config config;
    for (size_t i = 0; i < size; i++) {
        faults.lines += data[i] == '\n';
    }
    if (config_init(&config)) {
        size_t found =
            config_read(&config, "fuzz.conf", (const char *)data, size, count, &faults);
        check_that(found == faults.count, "every fault is reported");
        check_that(config.source_count <= CONFIG_SOURCES, "sources");
        check_that(config.lane_count <= CONFIG_LANES, "lanes");
        for (size_t i = 0; i < config.source_count; i++) {
            check_that(config.sources[i].include.count <= CONFIG_VALUES, "values");
            check_that(config_source_every_s(&config.sources[i]) > 0, "an interval");
        }
        config_fini(&config);
    }
    return faults;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct faults first = read_text(data, size), second = read_text(data, size);
    check_that(first.count == second.count && first.hash == second.hash,
               "the same text gives the same faults");
    return 0;
}
