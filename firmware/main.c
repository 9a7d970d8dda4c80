/* Motograph: headlines from any source, in any script, across any screen. The first word
 * chooses the command; without one it runs. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/spelling.h"
#include "command/command.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", command_run},         {"parse", command_parse}, {"render", command_render},
    {"rundown", command_rundown}, {"check", command_check}, {"bench", command_bench},
    {"help", command_help},       {"--help", command_help}, {"-h", command_help},
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

/* A standard stream that is closed leaves its number to the next file or socket, and that would
 * get the lines meant for a person. open() gives the lowest number that is free. */
static void fill_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) {
            return;
        }
    }
}

static int run_command(int argc, char **argv)
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

/* What was printed has perhaps not arrived. That nobody reads any more (`| head`) is no
 * failure. */
static int finish(int status)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if ((fflush(stdout) != 0 && errno == EPIPE) || (errno == 0 && !failed)) {
        return status;
    }
    fprintf(stderr, "motograph: the output cannot be written%s%s: check where it goes\n",
            errno ? ": " : "", errno ? strerror(errno) : "");
    return status == EXIT_DONE ? EXIT_FAILED : status;
}

int main(int argc, char **argv)
{
    heap_settle();
    fill_streams();
    return finish(run_command(argc, argv));
}
