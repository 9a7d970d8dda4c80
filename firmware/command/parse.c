/* motograph parse: what the program understands of a document, as JSON Lines. The feed's own
 * line comes first although its name may stand last in the document, so the headlines are kept
 * until the end. */
#include "command/command.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/headline.h"
#include "command/headline_json.h"
#include "feed/feed.h"

struct options {
    const char *file, *content_type, *base_url;
};

/* The headlines so far, each in memory of its own that ends where its text does. */
struct kept {
    struct headline **headlines;
    size_t count, room;
    bool failed;
};

static int usage(const char *fault, const char *word)
{
    fprintf(stderr,
            "motograph parse: %s%s\n"
            "usage: motograph parse [--content-type CT] [--base URL] FILE|-\n",
            fault, word);
    return EXIT_USAGE;
}

static int read_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        const char **value = strcmp(argv[i], "--content-type") == 0
                                 ? &options->content_type
                             : strcmp(argv[i], "--base") == 0 ? &options->base_url
                                                              : NULL;
        if (value) {
            if (++i == argc) {
                return usage("a value is missing after ", argv[i - 1]);
            }
            *value = argv[i];
        } else if (argv[i][0] == '-' && argv[i][1]) {
            return usage("unknown option ", argv[i]);
        } else if (options->file) {
            return usage("one file at a time; not also ", argv[i]);
        } else {
            options->file = argv[i];
        }
    }
    return options->file ? EXIT_DONE
                         : usage("no file given (\"-\" reads standard input)", "");
}

/* One byte more than is parsed, so that the parser sees that there was more. */
static char *read_all(FILE *file, size_t *length)
{
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    *length = 0;
    while (bytes) {
        *length += fread(bytes + *length, 1, room - *length, file);
        if (*length < room || room > FEED_BODY_BYTES) {
            break;
        }
        room = room * 2 > FEED_BODY_BYTES ? FEED_BODY_BYTES + 1 : room * 2;
        char *more = realloc(bytes, room);
        if (!more) {
            free(bytes);
        }
        bytes = more;
    }
    return bytes;
}

static char *read_file(const char *name, size_t *length)
{
    bool standard = strcmp(name, "-") == 0;
    FILE *file = standard ? stdin : fopen(name, "rb");
    errno = file ? 0 : errno;
    char *bytes = file ? read_all(file, length) : NULL;
    int fault = errno;
    if (!bytes || ferror(file)) {
        fprintf(stderr, "motograph parse: %s: %s\n", name, strerror(fault ? fault : EIO));
        free(bytes);
        bytes = NULL;
    }
    if (file && !standard) {
        fclose(file);
    }
    return bytes;
}

static bool keep(void *user, const struct headline *headline)
{
    struct kept *kept = user;
    if (kept->count == kept->room) {
        size_t room = kept->room ? kept->room * 2 : 64;
        struct headline **more =
            realloc(kept->headlines, room * sizeof(struct headline *));
        if (!more) {
            kept->failed = true;
            return false;
        }
        kept->headlines = more;
        kept->room = room;
    }
    size_t bytes = headline_bytes(headline);
    struct headline *copy = malloc(bytes);
    if (!copy) {
        kept->failed = true;
        return false;
    }
    memcpy(copy, headline, bytes);
    kept->headlines[kept->count++] = copy;
    return true;
}

static bool print_feed(const struct feed_info *info)
{
    json_t *feed = json_object();
    if (*info->title) {
        json_object_set_new(feed, "title", json_string(info->title));
    }
    json_object_set_new(feed, "kind", json_string(feed_kind_name(info->kind)));
    json_t *line = json_object();
    json_object_set_new(line, "feed", feed);
    return headline_json_line(line);
}

static int print_all(const struct kept *kept, const struct feed_info *info)
{
    bool done = print_feed(info) && !kept->failed;
    for (size_t i = 0; i < kept->count && done; i++) {
        done = headline_json_line(headline_json(kept->headlines[i], info->title));
    }
    if (!done && !ferror(stdout)) { /* main() speaks of output that is lost */
        fprintf(stderr, "motograph parse: not enough memory for the output\n");
    }
    return done ? EXIT_DONE : EXIT_FAILED;
}

int command_parse(int argc, char **argv)
{
    struct options options = {NULL, NULL, NULL};
    int status = read_options(argc, argv, &options);
    if (status != EXIT_DONE) {
        return status;
    }
    struct feed_input input = {.content_type = options.content_type,
                               .base_url = options.base_url,
                               .keep_textless = true};
    char *bytes = read_file(options.file, &input.length);
    if (!bytes) {
        return EXIT_FAILED;
    }
    input.bytes = bytes;
    struct kept kept = {NULL, 0, 0, false};
    struct feed_info info;
    if (feed_parse(&input, keep, &kept, &info)) {
        status = print_all(&kept, &info);
        if (info.partial) {
            fprintf(stderr, "motograph parse: %s: partly read: %s\n", options.file,
                    info.reason);
        }
    } else {
        fprintf(stderr, "motograph parse: %s: %s\n", options.file, info.reason);
        status = EXIT_FAILED;
    }
    for (size_t i = 0; i < kept.count; i++) {
        free(kept.headlines[i]);
    }
    free(kept.headlines);
    free(bytes);
    return status;
}
