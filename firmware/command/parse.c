/* motograph parse: what the program understands of a document, as JSON Lines. The feed's own
 * line comes first although its name may stand last in the document, so the headlines are kept
 * until the end. */
#include "command/command.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/headline.h"
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

static void set_text(json_t *object, const char *key, const char *text)
{
    if (*text) {
        json_object_set_new(object, key, json_string(text));
    }
}

static void set_field(json_t *object, const char *key, const struct headline *headline,
                      enum headline_field field)
{
    set_text(object, key, headline_get(headline, field));
}

static void set_time(json_t *object, const char *key, int64_t at)
{
    char text[CLOCK_TEXT_BYTES];
    if (at != HEADLINE_NO_TIME) {
        set_text(object, key, clock_format(at, text));
    }
}

static void set_categories(json_t *object, const struct headline *headline)
{
    const char *p = headline_get(headline, HEADLINE_CATEGORIES);
    if (!*p) {
        return;
    }
    json_t *array = json_array();
    while (*p) {
        size_t length = strcspn(p, "\n");
        json_array_append_new(array, json_stringn(p, length));
        p += length + (p[length] == '\n');
    }
    json_object_set_new(object, "categories", array);
}

static bool print_line(json_t *object)
{
    bool done = json_dumpf(object, stdout, JSON_COMPACT) == 0;
    json_decref(object);
    return putchar('\n') != EOF && done;
}

static bool print_feed(const struct feed_info *info)
{
    json_t *feed = json_object();
    set_text(feed, "title", info->title);
    set_text(feed, "kind", feed_kind_name(info->kind));
    json_t *line = json_object();
    json_object_set_new(line, "feed", feed);
    return print_line(line);
}

static bool print_headline(const struct headline *headline, const char *source)
{
    json_t *line = json_object();
    const char *own = headline_get(headline, HEADLINE_SOURCE);
    set_text(line, "source", *own ? own : source);
    set_field(line, "headline", headline, HEADLINE_TEXT);
    set_field(line, "link", headline, HEADLINE_LINK);
    set_time(line, "published", headline->published);
    set_time(line, "updated", headline->updated);
    set_field(line, "summary", headline, HEADLINE_SUMMARY);
    set_categories(line, headline);
    set_field(line, "image", headline, HEADLINE_IMAGE);
    set_field(line, "id", headline, HEADLINE_ID);
    set_field(line, "lang", headline, HEADLINE_LANG);
    set_time(line, "expires", headline->expires);
    if (headline->flash) {
        json_object_set_new(line, "flash", json_true());
    }
    return print_line(line);
}

static int print_all(const struct kept *kept, const struct feed_info *info)
{
    bool done = print_feed(info) && !kept->failed;
    for (size_t i = 0; i < kept->count && done; i++) {
        done = print_headline(kept->headlines[i], info->title);
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
