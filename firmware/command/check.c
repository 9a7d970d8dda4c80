/* `motograph check`: every fault of the configuration, one a line, as an editor or a script
 * reads them: FILE:LINE: what is wrong; what is allowed; what is near. Then, for information,
 * which scripts the installed fonts draw, and what would add the others. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "command/command.h"
#include "desk/filter.h"
#include "show/arrangement.h"
#include "show/faces.h"
#include "show/theme.h"

enum { FONT_PX = 16, PACKAGES_MAX = 8 };

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
    if (faults >= 0) {
        struct theme theme;
        faults += (long)arrangement_judge(&config, path, print_fault, NULL);
        faults += (long)filter_check(&config, path, print_fault, NULL);
        faults += (long)theme_open(&theme, config.display.theme, print_fault, NULL);
    }
    config_fini(&config);
    if (faults < 0 && error == ENOENT && !named) {
        printf("%s: not there; every option has its default (`motograph help config`)\n",
               path);
        print_fonts();
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
    print_fonts();
    return faults ? EXIT_USAGE : EXIT_DONE;
}
