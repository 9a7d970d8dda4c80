/* Articles copied from pages, each of another shape, and lists of headlines. */
#include "feed/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

enum { KEPT = 8, FILE_BYTES = 1 << 16 };

static struct headline kept[KEPT];
static size_t count;
static struct feed_info info;

static bool keep(void *user, const struct headline *headline)
{
    (void)user;
    if (count < KEPT) {
        memcpy(&kept[count], headline, headline_bytes(headline));
    }
    count++;
    return true;
}

static void parse(const char *text, size_t length)
{
    struct feed_input input = {.bytes = text, .length = length};
    count = 0;
    assert_true(feed_parse(&input, keep, NULL, &info));
    assert_int_equal(info.kind, FEED_TEXT);
}

struct article {
    const char *path, *source, *headline, *deck, *categories, *published;
};

static void expect_article(const struct article *want)
{
    char text[CLOCK_TEXT_BYTES] = "";
    assert_int_equal(count, 1);
    assert_string_equal(info.title, want->source);
    assert_string_equal(headline_get(&kept[0], HEADLINE_SOURCE), want->source);
    assert_string_equal(headline_get(&kept[0], HEADLINE_TEXT), want->headline);
    assert_string_equal(headline_get(&kept[0], HEADLINE_SUMMARY), want->deck);
    assert_string_equal(headline_get(&kept[0], HEADLINE_CATEGORIES), want->categories);
    if (kept[0].published != HEADLINE_NO_TIME) {
        clock_format(kept[0].published, text);
    }
    assert_string_equal(text, want->published);
}

static bool parse_file(const char *path)
{
    static char bytes[FILE_BYTES];
    FILE *file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    parse(bytes, length);
    return true;
}

static void reads_articles(void **state)
{
    static const struct article articles[] = {
        {"data/feed/articles/harbour.txt", "The Harbour Post",
         "Night ferries to the islands return after a two-year pause",
         "The first sailing left with barely forty passengers, yet the crew called it a "
         "good "
         "start",
         "ferries\nislands\nsea transport", "2026-05-03T07:15:00Z"},
        {"data/feed/articles/nosite.txt", "",
         "Rain ends the longest drought the northern valleys have known since records "
         "began",
         "", "weather", ""},
        {"data/feed/articles/caption.txt", "Northern Observer",
         "Lighthouse keeper retires after forty winters on the rock",
         "Nobody will follow him, for the lamp has been automatic since spring", "People",
         ""},
        {"data/feed/articles/siteend.txt", "Lantern Weekly",
         "Museum hands back bronze bell that sailors took in 1811",
         "Curators found the maker's mark under four layers of paint", "Heritage", ""},
        {"data/feed/articles/bylinefirst.txt", "Morning Ledger",
         "Bank of small loans to open a branch in every post office",
         "Ministers hope that villages without a bank will be served by summer",
         "BANKING", ""},
        {"data/feed/articles/kurier.txt", "Kurier am Fluss",
         "Stadt sperrt alte Brücke für Lastwagen ab zwölf Tonnen",
         "Gutachter fanden Risse in zwei Pfeilern", "VERKEHR\nBrücken",
         "2026-03-12T00:00:00Z"},
        {"data/feed/articles/tabs.txt", "Valley Radio",
         "Volunteers rebuild mountain hut in eleven days",
         "The roof went on hours before the snow", "Mountains", ""},
        {"data/feed/articles/hebrew.txt", "חדשות העמק",
         "הרכבת לצפון תחזור לפעול בשבוע הבא אחרי עבודות שנמשכו שנה וחצי",
         "התחנות החדשות ייפתחו בהדרגה עד סוף הקיץ", "תחבורה", ""},
        {"data/feed/articles/french.txt", "Le Matin du Lac",
         "La source thermale rouvre après dix ans de procès",
         "Les bains seront gratuits pour les habitants jusqu'en juin", "Thermes\nJustice",
         "2026-04-04T00:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        assert_true(parse_file(articles[i].path));
        expect_article(&articles[i]);
    }
}

static void reads_the_first_users_article(void **state)
{
    static const struct article article = {
        "../../shared/seed/all-israel-article.txt",
        "All Israel",
        "Assad reportedly sought help from Israel in confronting rebel groups – Israel "
        "demanded "
        "Iran first be expelled",
        "As Syria conflict continues, Kurdish groups make push to strengthen positions",
        "SYRIA",
        ""};
    (void)state;
    if (!parse_file(article.path)) {
        print_message("skipped: %s is absent\n", article.path);
        skip();
    }
    expect_article(&article);
}

static void reads_lists(void **state)
{
    char line[3 * 201] = "";
    (void)state;
    parse("One\n\n  Two \r\nThree\rFour\nFive", 28);
    assert_int_equal(count, 5);
    assert_string_equal(headline_get(&kept[1], HEADLINE_TEXT), "Two");
    assert_string_equal(headline_get(&kept[4], HEADLINE_TEXT), "Five");
    assert_string_equal(headline_get(&kept[0], HEADLINE_SOURCE), "");
    parse("1\n2\n3\n4\n5\n6", 11);
    assert_int_equal(count, 1);
    parse("One", 3);
    assert_int_equal(count, 1);
    /* 200 characters, not bytes. */
    for (size_t i = 0; i < 201; i++) {
        memcpy(line + i * 3, "漢", 3);
    }
    memcpy(line + 3, "a\nb", 3);
    parse(line, 3 * 200);
    assert_int_equal(count, 2);
}

static void one_long_line_is_one_headline(void **state)
{
    char text[1000];
    (void)state;
    memset(text, 'x', sizeof text);
    parse(text, sizeof text);
    assert_int_equal(count, 1);
    assert_int_equal(strlen(headline_get(&kept[0], HEADLINE_TEXT)),
                     HEADLINE_TEXT_CODES + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_articles),
        cmocka_unit_test(reads_the_first_users_article),
        cmocka_unit_test(reads_lists),
        cmocka_unit_test(one_long_line_is_one_headline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
