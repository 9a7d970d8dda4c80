/* `motograph check`: every fault of the configuration, one a line, as an editor or a script
 * reads them: FILE:LINE: what is wrong; what is allowed; what is near. Then, for information,
 * which scripts the installed fonts draw, and what would add the others; with --online also how
 * each source does. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "command/check_online.h"
#include "command/command.h"
#include "command/edition.h"
#include "host/signals.h"
#include "show/faces.h"

enum { FONT_PX = 16, PACKAGES_MAX = 8 };

static const struct option table[] = {
    {"config", required_argument, NULL, 'c'},
    {"online", no_argument, NULL, 'o'},
    {0},
};

static void print_fault(void *user, const struct config_fault *fault)
{
    ++*(size_t *)user;
    printf("%s:%zu: %s\n", fault->file, fault->line, fault->text);
}

struct words {
    const char *config; /* -c; NULL = the default place */
    bool online;
};

/* False after a line on stderr. */
static bool read_words(int argc, char **argv, struct words *words)
{
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "c:", table, NULL)) != -1;) {
        if (option == 'o') {
            words->online = true;
        } else if (option == 'c') {
            words->config = optarg;
        } else {
            fputs("motograph: check takes -c FILE and --online; see `motograph help "
                  "check`\n",
                  stderr);
            return false;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "motograph: check takes no \"%s\"; a file is named by -c FILE\n",
                argv[optind]);
        return false;
    }
    return true;
}

/* The names of the chain's scripts that fonts serve (or, WANTED false, do not), of PACKAGE
 * where not NULL, behind HEAD; nothing if there are none. */
static void print_scripts(struct faces *faces, bool wanted, const char *package,
                          const char *head)
{
    struct fontset_script script;
    size_t printed = 0;
    for (size_t i = 0; fontset_script(i, &script); i++) {
        if (faces_serve(faces, script.script) == wanted &&
            (!package || !strcmp(package, script.package))) {
            printf("%s%s", printed++ ? ", " : head, script.name);
        }
    }
    printf("%s", printed ? "\n" : "");
}

static void print_fonts(void)
{
    struct faces *faces = faces_new(FONT_PX, NULL);
    struct fontset_script script;
    const char *packages[PACKAGES_MAX];
    size_t count = 0;
    if (!faces) {
        return;
    }
    print_scripts(faces, true, NULL, "fonts: drawn: Latin, Greek, Cyrillic, ");
    for (size_t i = 0; fontset_script(i, &script); i++) {
        bool known = false;
        for (size_t p = 0; p < count; p++) {
            known = known || !strcmp(packages[p], script.package);
        }
        if (!known && count < PACKAGES_MAX) {
            char head[128];
            packages[count++] = script.package;
            snprintf(head, sizeof head, "fonts: install %s to draw: ", script.package);
            print_scripts(faces, false, script.package, head);
        }
    }
    faces_free(faces);
}

/* Returns the exit status. */
static int report(const struct words *words, const struct library *library,
                  const struct edition *edition, size_t faults, int error)
{
    const char *path = library_path(library);
    if (error == ENOENT && !words->config) {
        printf("%s: not there; every option has its default (`motograph help config`)\n",
               path);
    } else if (error) {
        fprintf(stderr, "motograph: %s: cannot be read (%s)%s\n", path, strerror(error),
                words->config ? ": check the path given with -c" : "");
        return EXIT_USAGE;
    } else if (faults == 0) {
        printf("%s: no faults\n", path);
    }
    print_fonts();
    if (words->online) {
        size_t failed = check_online(&edition->config);
        if (failed == SIZE_MAX) {
            fputs("motograph: memory is short\n", stderr);
            return EXIT_FAILED;
        }
        faults += failed;
    }
    return faults ? EXIT_USAGE : EXIT_DONE;
}

int command_check(int argc, char **argv)
{
    static struct library library;
    struct words words = {.config = NULL};
    size_t faults = 0;
    int error;
    if (!read_words(argc, argv, &words)) {
        return EXIT_USAGE;
    }
    signals_install();
    library_init(&library, words.config, NULL, 0);
    struct edition *edition = library_open(&library, print_fault, &faults, &error);
    if (!edition) {
        fputs("motograph: memory is short\n", stderr);
        return EXIT_FAILED;
    }
    int status = report(&words, &library, edition, faults, error);
    edition_free(edition);
    return status;
}
