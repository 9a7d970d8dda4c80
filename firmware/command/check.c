/* `motograph check`: every fault of the configuration, one a line, as an editor or a script
 * reads them: FILE:LINE: what is wrong; what is allowed; what is near. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "command/command.h"

static const struct option table[] = {
    {"config", required_argument, NULL, 'c'},
    {0},
};

static void print_fault(void *user, const struct config_fault *fault)
{
    (void)user;
    printf("%s:%zu: %s\n", fault->file, fault->line, fault->text);
}

/* False after a line on stderr. *PATH stays as it is without -c. */
static bool read_words(int argc, char **argv, const char **path)
{
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "c:", table, NULL)) != -1;) {
        if (option != 'c') {
            fputs("motograph: check takes -c FILE; see `motograph help check`\n", stderr);
            return false;
        }
        *path = optarg;
    }
    if (optind < argc) {
        fprintf(stderr, "motograph: check takes no \"%s\"; a file is named by -c FILE\n",
                argv[optind]);
        return false;
    }
    return true;
}

int command_check(int argc, char **argv)
{
    const char *named = NULL;
    if (!read_words(argc, argv, &named)) {
        return EXIT_USAGE;
    }
    const char *path = named ? named : CONFIG_PATH;
    struct config config;
    if (!config_init(&config)) {
        fputs("motograph: memory is short\n", stderr);
        return EXIT_FAILED;
    }
    long faults = config_load(&config, path, print_fault, NULL);
    int error = errno;
    config_fini(&config);
    if (faults < 0 && error == ENOENT && !named) {
        printf("%s: not there; every option has its default (`motograph help config`)\n",
               path);
        return EXIT_DONE;
    }
    if (faults < 0) {
        fprintf(stderr, "motograph: %s: cannot be read (%s)%s\n", path, strerror(error),
                named ? ": check the path given with -c" : "");
        return EXIT_USAGE;
    }
    if (faults == 0) {
        printf("%s: no faults\n", path);
    }
    return faults ? EXIT_USAGE : EXIT_DONE;
}
