/* A feed parsed whole, without a cap on its items: MB of document per second of process CPU.
 * Without a FILE it is one of real size (7.5 MiB of RSS with marked-up, escaped summaries);
 * tests/bench/parse runs a peer on the same file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/bench.h"
#include "command/command.h"
#include "feed/feed.h"

enum { DOCUMENT_BYTES = 7864320, ROUNDS = 7, ITEM_BYTES = 2048, TAIL_BYTES = 64 };

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t make(char *out)
{
    size_t used = (size_t)snprintf(
        out, ITEM_BYTES,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>"
        "<title>Harbour Gazette</title><link>http://gazette.example/</link>");
    for (int i = 0; used + ITEM_BYTES + TAIL_BYTES < DOCUMENT_BYTES; i++) {
        used += (size_t)snprintf(
            out + used, ITEM_BYTES,
            "<item>\n <title>Council %d approves tram line &amp; bridge after “marathon” "
            "session</title>\n <link>http://gazette.example/news/%d?ref=rss</link>\n"
            " <guid isPermaLink=\"false\">gazette-%d</guid>\n"
            " <pubDate>Mon, 23 Nov 2026 %02d:%02d:00 GMT</pubDate>\n"
            " <category>City</category>\n"
            " <description>&lt;p&gt;The council voted %d to 12 in favour of the new "
            "line, "
            "which is to open &lt;b&gt;before&lt;/b&gt; the end of the decade. Residents "
            "of "
            "the northern quarter had asked for it since the ferry was given "
            "up.&lt;/p&gt;&lt;p&gt;Work begins in spring; the bridge &amp;amp; its ramps "
            "follow a year later.&lt;/p&gt;</description>\n</item>\n",
            i, i, i, i / 60 % 24, i % 60, i % 40 + 13);
    }
    return used + (size_t)snprintf(out + used, TAIL_BYTES, "</channel></rss>\n");
}

/* Reads FILE, or makes the document, into memory that the caller frees. */
static char *get(const char *name, size_t *length)
{
    enum { ROOM = FEED_BODY_BYTES };
    char *document = malloc(ROOM);
    if (!document || !name) {
        *length = document ? make(document) : 0;
        return document;
    }
    FILE *file = fopen(name, "rb");
    *length = file ? fread(document, 1, ROOM, file) : 0;
    if (!file || ferror(file) || *length == 0) {
        fprintf(stderr, "motograph bench: %s: %s\n", name,
                errno ? strerror(errno) : "it is empty");
        free(document);
        document = NULL;
    }
    if (file) {
        fclose(file);
    }
    return document;
}

static bool count(void *user, const struct headline *headline)
{
    *(size_t *)user += headline_bytes(headline) > 0;
    return true;
}

int bench_parse(bool json, const char *file)
{
    struct feed_input input = {.max_items = SIZE_MAX};
    struct feed_info info = {.kind = FEED_UNKNOWN};
    errno = 0;
    char *document = get(file, &input.length);
    input.bytes = document;
    double best = 0;
    size_t items = 0;
    for (int i = 0; document && i < ROUNDS; i++) {
        items = 0;
        double begin = cpu_s();
        feed_parse(&input, count, &items, &info);
        double rate = (double)input.length / 1e6 / (cpu_s() - begin);
        best = rate > best ? rate : best;
    }
    if (info.kind == FEED_UNKNOWN) {
        if (document) {
            fprintf(stderr, "motograph bench: %s\n", info.reason);
        }
        free(document);
        return EXIT_FAILED;
    }
    free(document);
    const char *kind = feed_kind_name(info.kind);
    if (json) {
        printf("{\"bench\":\"parse\",\"kind\":\"%s\",\"bytes\":%zu,\"items\":%zu,"
               "\"mb_per_s\":%.0f}\n",
               kind, input.length, items, best);
    } else {
        printf("%s, %.1f MB, %zu items: %.0f MB/s of process CPU, best of %d\n", kind,
               (double)input.length / 1e6, items, best, ROUNDS);
    }
    return items ? EXIT_DONE : EXIT_FAILED;
}
