/* `motograph bench`: what this machine does with the parts that must be fast. */
#include "command/bench.h"

#include <stdio.h>
#include <string.h>

#include "command/command.h"

static const struct {
    const char *name;
    int (*run)(bool json);
} benches[] = {
    {"ring", bench_ring},
    {"parse", bench_parse},
    {"text", bench_text},
    {"frame", bench_frame},
};

int command_bench(int argc, char **argv)
{
    bool json = argc == 3 && strcmp(argv[2], "--json") == 0;
    for (size_t i = 0; (argc == 2 || json) && i < sizeof benches / sizeof *benches; i++) {
        if (strcmp(argv[1], benches[i].name) == 0) {
            return benches[i].run(json);
        }
    }
    fputs("motograph: usage: motograph bench ring|parse|text|frame [--json]\n", stderr);
    return EXIT_USAGE;
}
