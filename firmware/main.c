/* Motograph: headlines from any source, in any script, across any screen. The first word
 * chooses the command; without one it runs. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", command_run},     {"parse", command_parse}, {"render", command_render},
    {"check", command_check}, {"bench", command_bench}, {"help", command_help},
    {"--help", command_help}, {"-h", command_help},
};

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        puts("motograph " MOTOGRAPH_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    return command_run(argc, argv);
}
