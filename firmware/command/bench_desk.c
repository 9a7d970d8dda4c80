/* A hundred sources of five hundred headlines each, as long as those of feeds are: what their keys
 * cost the worker, what taking them and asking for the next costs the main thread, and what the
 * desk then holds. */
#include "command/bench.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/heap.h"
#include "command/command.h"
#include "desk/desk.h"
#include "desk/stamp.h"

enum { SOURCES = 100, ITEMS = 500, WORDS = 10, FRAME = 32, NEXT = 20000, LEXICON = 16 };

static const int64_t now = 1795521600; /* 2026-11-24T12:00:00Z */

static const char *const lexicon[][LEXICON] = {
    {"minister", "denies", "report", "storm", "hits", "northern", "coast", "council",
     "bridge", "opens", "after", "strike", "police", "market", "court", "of the"},
    {"министр", "опроверг", "доклад", "шторм", "обрушился", "северное", "побережье",
     "совет", "мост", "открыли", "после", "забастовки", "полиция", "рынок", "суд", "на"},
    {"وزير", "ينفي", "تقرير", "العاصفة", "تضرب", "الساحل", "الشمالي", "المجلس", "الجسر",
     "يفتح", "بعد", "الإضراب", "الشرطة", "السوق", "المحكمة", "في"},
    {"市议会", "承认", "报告", "台风", "登陆", "北部", "沿海", "大桥", "通车", "罢工",
     "警方", "市场", "法院", "宣布", "新的", "部长"},
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void set_field(struct headline *headline, enum headline_field field,
                      const char *text)
{
    headline_set(headline, field, text, strlen(text));
}

/* Headline N of SOURCE: some 80 letters, a deck of 200, addresses of 60. */
static void write_headline(struct message *message, int source, int n)
{
    char text[1024] = "";
    unsigned seed = (unsigned)(source * ITEMS + n) * 2654435761u + 12345;
    const char *const *words = lexicon[source % 4];
    struct headline *headline = &message->headline;
    message->kind = MESSAGE_HEADLINE;
    message->source = (uint16_t)source;
    headline_init(headline);
    headline->published = now - n * 600 - source;
    for (size_t used = 0, word = 0; word < WORDS; word++) {
        seed = seed * 1103515245 + 12345;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ",
                                 words[(seed >> 16) % LEXICON]);
    }
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "%d", (int)(seed >> 8) % 1000);
    set_field(headline, HEADLINE_TEXT, text);
    snprintf(text, sizeof text,
             "https://news%d.example.org/2026/11/24/story-%08x-%d?utm_x=1", source, seed,
             n);
    set_field(headline, HEADLINE_LINK, text);
    set_field(headline, HEADLINE_ID, text);
    snprintf(text, sizeof text, "https://img%d.example.org/%08x-%d.jpg", source, seed, n);
    set_field(headline, HEADLINE_IMAGE, text);
    set_field(headline, HEADLINE_SOURCE, "Harbour Gazette");
    set_field(headline, HEADLINE_CATEGORIES, "World\nPolitics");
    memset(text, 'd', 200);
    text[200] = '\0';
    set_field(headline, HEADLINE_SUMMARY, text);
    headline_identify(headline);
}

struct figures {
    double keys_ms, first_ms, refresh_ms; /* for 1,000 headlines */
    double next_us, next_p99_us;
    double mib;
    double
        pages_ms; /* of the first fetch: what this machine takes to make so much memory */
    size_t on_air;
};

/* Every headline once, FRAME messages between two frames. Adds to KEYS_US and returns what the
 * desk took. */
static double deliver(struct desk *desk, const struct stamp *stamp,
                      struct message *messages, double *keys_us)
{
    double took = 0;
    for (int source = 0; source < SOURCES; source++) {
        for (int n = 0; n <= ITEMS; n += FRAME) {
            int count = n + FRAME <= ITEMS ? FRAME : ITEMS - n;
            for (int i = 0; i < count; i++) {
                write_headline(&messages[i], source, n + i);
            }
            double begin = now_us();
            for (int i = 0; i < count; i++) {
                stamp_message(stamp, &messages[i]);
            }
            double stamped = now_us();
            if (count < FRAME) {
                messages[count].kind = MESSAGE_FETCHED;
                messages[count++].source = (uint16_t)source;
            }
            for (int i = 0; i < count; i++) {
                desk_take(desk, &messages[i], now);
            }
            desk_expire(desk, now);
            *keys_us += stamped - begin;
            took += now_us() - stamped;
        }
    }
    return took;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void time_next(struct desk *desk, struct figures *figures)
{
    static double took[NEXT];
    struct desk_cursor cursor = {0};
    for (int i = 0; i < NEXT; i++) {
        double begin = now_us();
        desk_next(desk, &cursor);
        took[i] = now_us() - begin;
    }
    qsort(took, NEXT, sizeof *took, by_value);
    figures->next_us = took[NEXT / 2];
    figures->next_p99_us = took[NEXT * 99 / 100];
}

/* What a virtual machine takes to make the pages of a desk of MIB, with nothing in them, us. */
static double time_pages(double mib)
{
    enum { PIECE = 256 << 10, PAGE = 4096 };
    size_t count = (size_t)(mib * (1 << 20)) / PIECE;
    char **pieces = calloc(count, sizeof *pieces);
    double begin = now_us();
    for (size_t i = 0; pieces && i < count; i++) {
        heap_ready(PIECE);
        pieces[i] = malloc(PIECE);
        for (int at = 0; pieces[i] && at < PIECE; at += PAGE) {
            ((volatile char *)pieces[i])[at] = 1;
        }
    }
    double took = now_us() - begin;
    for (size_t i = 0; pieces && i < count; i++) {
        free(pieces[i]);
    }
    free(pieces);
    return took;
}

static bool measure(const struct config *config, struct figures *figures)
{
    struct stamp stamp;
    struct message *message = calloc(FRAME, sizeof *message);
    size_t before = mallinfo2().uordblks;
    struct desk *desk = desk_new(SOURCES);
    bool good = message && desk;
    stamp_init(&stamp, config);
    if (good) {
        double keys_us = 0, unused = 0;
        desk_set_rules(desk, config);
        figures->first_ms = deliver(desk, &stamp, message, &keys_us) / (SOURCES * ITEMS);
        figures->keys_ms = keys_us / (SOURCES * ITEMS);
        figures->refresh_ms = deliver(desk, &stamp, message, &unused) / (SOURCES * ITEMS);
        time_next(desk, figures);
        figures->on_air = desk_count(desk);
        figures->mib = (double)(mallinfo2().uordblks - before) / (1 << 20);
        figures->pages_ms = time_pages(figures->mib) / (SOURCES * ITEMS);
    }
    stamp_fini(&stamp);
    desk_free(desk);
    free(message);
    return good;
}

int bench_desk(bool json)
{
    struct config config;
    struct figures figures = {.keys_ms = 0};
    bool good = config_init(&config);
    for (int i = 0; i < SOURCES && good; i++) {
        good = config_add_source(&config, "https://example.org/feed.xml") != NULL;
    }
    good = good && measure(&config, &figures);
    config_fini(&config);
    if (!good) {
        fputs("motograph: bench desk: not enough memory\n", stderr);
        return EXIT_FAILED;
    }
    printf(
        json ? "{\"bench\":\"desk\",\"headlines\":%d,\"on_air\":%zu,"
               "\"keys_ms_per_1000\":%.2f,\"first_ms_per_1000\":%.2f,"
               "\"refresh_ms_per_1000\":%.2f,\"next_us\":%.2f,\"next_p99_us\":%.2f,"
               "\"desk_mib\":%.1f,\"pages_ms_per_1000\":%.2f}\n"
             : "%d headlines, %zu of them on air; for 1,000:\n"
               "worker, keys %.2f ms; main thread, first fetch %.2f ms, refresh %.2f ms\n"
               "next headline %.2f us, 99 %% %.2f us; desk %.1f MiB, whose pages alone "
               "take "
               "this machine %.2f ms\n",
        SOURCES * ITEMS, figures.on_air, figures.keys_ms, figures.first_ms,
        figures.refresh_ms, figures.next_us, figures.next_p99_us, figures.mib,
        figures.pages_ms);
    return EXIT_DONE;
}
