/* Motograph: headlines from any source, in any script, across any screen. The first word
 * chooses the command; without one it runs. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/spelling.h"
#include "command/command.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", command_run},     {"parse", command_parse}, {"render", command_render},
    {"check", command_check}, {"bench", command_bench}, {"help", command_help},
    {"--help", command_help}, {"-h", command_help},
};

/* A first word that is no file and looks like a command misspelt would else be waited for as
 * a source, for ever. */
static const char *meant(const char *word)
{
    struct spelling best = {0};
    if (strpbrk(word, "/.:-") || access(word, F_OK) == 0) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        spelling_try(&best, word, strlen(word), commands[i].name);
    }
    return best.word;
}

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
    const char *command = argc > 1 ? meant(argv[1]) : NULL;
    if (command) {
        fprintf(stderr, "motograph: no file or command %s: did you mean %s?\n", argv[1],
                command);
        return EXIT_USAGE;
    }
    return command_run(argc, argv);
}
