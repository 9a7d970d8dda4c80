/* What the desk compares headlines by. The input is lines of two headlines in turn, a link and an id:
 * the keys are within their bounds and the same each time, likeness works both ways, folding
 * keeps within its room, and a part of a headline is a part of it. */
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "check.h"
#include "desk/alike.h"
#include "desk/fold.h"
#include "desk/headtail.h"
#include "desk/marks.h"
#include "desk/stamp.h"

enum { LINES = 4, ROOM = 16 << 10 };

static bool share_road(const struct message_keys *a, const struct message_keys *b)
{
    uint32_t roads[2][ALIKE_ROADS];
    size_t count_a = alike_roads(a->marks, a->count, roads[0]);
    size_t count_b = alike_roads(b->marks, b->count, roads[1]);
    check_that(count_a <= ALIKE_ROADS && count_b <= ALIKE_ROADS, "few roads");
    for (size_t i = 0; i < count_a * count_b; i++) {
        if (roads[0][i / count_b] == roads[1][i % count_b]) {
            return true;
        }
    }
    return false;
}

static void check_fold(const char *text, enum fold_kind kind)
{
    static char whole[ROOM], part[ROOM];
    size_t length = strlen(text), all = fold_text(text, length, kind, whole, ROOM);
    check_that(all == strlen(whole) && utf8_valid(whole, all), "folded text");
    check_that(all == 0 || (whole[0] != ' ' && whole[all - 1] != ' '),
               "no blank at the ends");
    check_that(!strstr(whole, "  "), "one blank at a time");
    for (size_t room = 1; room < 40; room += 7) {
        size_t some = fold_text(text, length, kind, part, room);
        check_that(some < room && some == strlen(part), "folded text fits its room");
        check_that(utf8_valid(part, some), "cut at a whole code point");
        check_that(memcmp(part, whole, some) == 0, "the beginning of the whole");
    }
}

static void check_title(const char *text, struct message_keys *keys)
{
    struct message_keys again;
    memset(keys, 0, sizeof *keys);
    memset(&again, 0, sizeof again);
    marks_make(text, keys);
    marks_make(text, &again);
    check_that(memcmp(keys, &again, sizeof again) == 0, "the same marks each time");
    check_that(keys->count <= MESSAGE_MARKS, "few marks");
    size_t length;
    const char *cut = headtail_cut(text, &length);
    check_that(cut >= text && cut + length <= text + strlen(text),
               "a part of the headline");
    check_that(utf8_valid(cut, length), "whole code points of it");
    check_fold(text, FOLD_TRUE);
    check_fold(text, FOLD_LOOSE);
    bool alike = alike_stories(keys->marks, keys->count, keys->marks, keys->count);
    check_that(!alike || share_road(keys, keys), "what is like itself is found");
}

static void check_link(const char *link)
{
    char more[HEADLINE_LINK_BYTES + 8];
    size_t length = strcspn(link, "#");
    uint64_t key = stamp_link(link);
    check_that(key == stamp_link(link), "the same key each time");
    if (length + 4 <= HEADLINE_LINK_BYTES && !link[length]) {
        memcpy(more, link, length);
        memcpy(more + length, "#top", 5);
        check_that(key == stamp_link(more), "a fragment does not count");
    }
}

/* The rules, read once. */
static const struct stamp *stamp_of_rules(void)
{
    static const char rules[] =
        "[desk]\nexclude = word:sofa\n[flash]\nkeyword = regex:^now\n";
    static struct config config;
    static struct stamp stamp;
    if (!stamp.filter && config_init(&config)) {
        config_read(&config, "fuzz", rules, sizeof rules - 1, NULL, NULL);
        stamp_init(&stamp, &config);
    }
    return &stamp;
}

/* All of it as the worker has it done. */
static void check_message(const struct headline *headline)
{
    static struct message message;
    const struct stamp *stamp = stamp_of_rules();
    message.kind = MESSAGE_HEADLINE;
    memcpy(&message.headline, headline, headline_bytes(headline));
    stamp_message(stamp, &message);
    struct message_keys keys = message.keys;
    stamp_message(stamp, &message);
    check_that(keys.count == message.keys.count && keys.rule == message.keys.rule &&
                   keys.id == message.keys.id && keys.link == message.keys.link,
               "the same keys each time");
    check_that(keys.rule <= 1, "a rule that there is");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct headline headline[2];
    static const enum headline_field fields[LINES] = {HEADLINE_TEXT, HEADLINE_TEXT,
                                                      HEADLINE_LINK, HEADLINE_ID};
    static struct message_keys keys[2];
    struct buffer text = {0};
    headline_init(&headline[0]);
    headline_init(&headline[1]);
    for (size_t i = 0; i < LINES && size > 0; i++) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t length = end ? (size_t)(end - data) : size;
        text.length = 0;
        check_as_utf8(data, length, &text);
        headline_set(&headline[i == 1], fields[i], text.bytes, text.length);
        size -= length + (end != NULL);
        data += length + (end != NULL);
    }
    buffer_fini(&text);
    for (int i = 0; i < 2; i++) {
        check_title(headline_get(&headline[i], HEADLINE_TEXT), &keys[i]);
    }
    const struct message_keys *a = &keys[0], *b = &keys[1];
    check_that(alike_stories(a->marks, a->count, b->marks, b->count) ==
                   alike_stories(b->marks, b->count, a->marks, a->count),
               "likeness works both ways");
    check_link(headline_get(&headline[0], HEADLINE_LINK));
    check_message(&headline[0]);
    return 0;
}
