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
    {"desk", bench_desk},
    {"text", bench_text},
    {"frame", bench_frame},
};

static int usage(void)
{
    fputs("motograph: usage: motograph bench ring|desk|text|frame [--json]\n"
          "                  motograph bench parse [--json] [FILE]\n",
          stderr);
    return EXIT_USAGE;
}

int command_bench(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "", *file = NULL;
    bool json = false;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (argv[i][0] == '-' || file) {
            return usage();
        } else {
            file = argv[i];
        }
    }
    if (strcmp(name, "parse") == 0) {
        return bench_parse(json, file);
    }
    for (size_t i = 0; !file && i < sizeof benches / sizeof *benches; i++) {
        if (strcmp(name, benches[i].name) == 0) {
            return benches[i].run(json);
        }
    }
    return usage();
}
