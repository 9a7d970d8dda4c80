/* Which headlines are the same story: tests/data/desk/alike.tsv, pairs in fifteen languages, each
 * "same" or "other", with their language; and what the parts do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk/alike.h"
#include "desk/fold.h"
#include "desk/headtail.h"
#include "desk/marks.h"
#include "desk/stem.h"
#include "desk/words.h"

static bool are_alike(const char *a, const char *b, bool *share_road)
{
    struct message_keys x = {0}, y = {0};
    uint32_t roads[2][ALIKE_ROADS];
    marks_make(a, &x);
    marks_make(b, &y);
    size_t count_a = alike_roads(x.marks, x.count, roads[0]);
    size_t count_b = alike_roads(y.marks, y.count, roads[1]);
    *share_road = false;
    for (size_t i = 0; i < count_a * count_b; i++) {
        *share_road |= roads[0][i / count_b] == roads[1][i % count_b];
    }
    bool alike = alike_stories(x.marks, x.count, y.marks, y.count);
    assert_int_equal(alike, alike_stories(y.marks, y.count, x.marks, x.count));
    assert_true(x.count == 0 || !alike_stories(x.marks, 1, x.marks, 1));
    return alike;
}

/* The pair counts as found only if the one is also looked for where the other is. */
static void labelled_pairs(void **state)
{
    (void)state;
    char line[2048];
    int right = 0, wrong = 0, missed = 0;
    FILE *file = fopen("data/desk/alike.tsv", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *field[4] = {line, NULL, NULL, NULL};
        line[strcspn(line, "\n")] = '\0';
        for (int i = 1; i < 4; i++) {
            field[i] = strchr(field[i - 1], '\t');
            assert_non_null(field[i]);
            *field[i]++ = '\0';
        }
        bool same = strcmp(field[0], "same") == 0, road;
        bool found = are_alike(field[2], field[3], &road) && road;
        right += same && found;
        wrong += !same && found;
        missed += same && !found;
        if (found != same) {
            print_message("%s (%s): %s | %s\n", same ? "missed" : "wrong", field[1],
                          field[2], field[3]);
        }
    }
    fclose(file);
    double precision = (double)right / (right + wrong);
    double recall = (double)right / (right + missed);
    print_message("%d pairs of one story: precision %.3f, recall %.3f\n", right + missed,
                  precision, recall);
    assert_true(right + missed >= 150);
    assert_true(precision >= 0.98);
    assert_true(recall >= 0.85);
}

static void numbers_keep_their_order(void **state)
{
    (void)state;
    bool road;
    assert_false(are_alike("Fires burn in 2 towns on 3 days",
                           "Fires burn in 3 towns on 2 days", &road));
    assert_true(are_alike("Fires burn in 2 towns", "In 2 towns fires burn", &road));
}

static void what_a_tail_is(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Storm hits coast - BBC News", "Storm hits coast"},
        {"Storm hits coast | Anything At All", "Storm hits coast"},
        {"Storm hits coast - officials", "Storm hits coast - officials"},
        {"Election result - Spain", "Election result - Spain"},
        {"Storm hits coast - heise.de", "Storm hits coast"},
        {"Storm | Reuters", "Storm | Reuters"},
        {"【速報】台風が上陸", "台風が上陸"},
        {"速报：台风登陆福建 - 新华网", "台风登陆福建"},
        {"[속보] 태풍 상륙", "태풍 상륙"},
        {"速報が遅れる", "速報が遅れる"},
        {"", ""},
        {" - BBC", " - BBC"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length;
        const char *got = headtail_cut(cases[i][0], &length);
        assert_int_equal(length, strlen(cases[i][1]));
        assert_memory_equal(got, cases[i][1], length);
    }
}

static void folds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum fold_kind kind;
        const char *folded;
    } cases[] = {
        {"  Straße  und\tÉCLAIR ", FOLD_LOOSE, "strasse und eclair"},
        {"ΟΔΟΣ οδος οδός", FOLD_LOOSE, "οδοσ οδοσ οδοσ"},
        {"İstanbul ISTANBUL", FOLD_TRUE, "istanbul istanbul"},
        {"ＡＢＣ１２ ﬁ", FOLD_TRUE, "abc12 fi"},
        {"العَرَبِيَّة", FOLD_LOOSE, "العربيه"},
        {"٢٠٢٦", FOLD_TRUE, "2026"},
        {"שָׁלוֹם", FOLD_TRUE, "שלום"},
        {"हिन्दी में", FOLD_LOOSE, "हिन्दी में"},
        {"한국 日本　かな", FOLD_LOOSE, "한국 日本 かな"},
        {"it’s", FOLD_TRUE, "it's"},
        {"´a ´ b¨ ", FOLD_LOOSE, "a b"},
    };
    char out[200];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = fold_text(cases[i].text, strlen(cases[i].text), cases[i].kind,
                                  out, sizeof out);
        assert_string_equal(out, cases[i].folded);
        assert_int_equal(length, strlen(out));
        for (size_t room = 1; room < 40; room++) {
            assert_true(fold_text(cases[i].text, strlen(cases[i].text), cases[i].kind,
                                  out, room) < room);
        }
    }
    assert_int_equal(fold_text("é", 2, FOLD_TRUE, out, sizeof out), 3);
}

static void words_are_sorted_and_folded(void **state)
{
    (void)state;
    const struct word *word, *before = NULL;
    for (size_t i = 0; (word = words_at(i)); before = word, i++) {
        char folded[64];
        fold_text(word->text, strlen(word->text), FOLD_LOOSE, folded, sizeof folded);
        assert_string_equal(folded, word->text);
        assert_true(!before || strcmp(before->text, word->text) < 0);
        assert_ptr_equal(words_find(word->text), word);
        bool stands = word->kind == WORD_NUMBER || word->kind == WORD_SAME;
        assert_int_equal(stands, word->stands_for != NULL);
    }
    assert_null(words_find("thermodynamics"));
}

static void endings_go(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"kills", "killed"},  {"approve", "approved"}, {"party", "parties"},
        {"crash", "crashes"}, {"stop", "stopped"},     {"Überfälle", "Ueberfaelle"},
        {"neues", "neue"},    {"москва", "москве"},    {"подписал", "подписала"},
        {"новую", "новая"},   {"وزير", "الوزير"},      {"서울에", "서울은"},
        {"three", "3"},       {"ثلاثة", "٣"},          {"1,000", "1000"},
    };
    static const char *const other[][2] = {
        {"employer", "employee"}, {"iran", "iraq"}, {"wins", "loses"}, {"new", "news"},
        {"gaza", "giza"},         {"мир", "мэр"},   {"مصر", "قطر"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct message_keys a = {0}, b = {0};
        marks_make(same[i][0], &a);
        marks_make(same[i][1], &b);
        assert_int_equal(a.count, 1);
        assert_int_equal(a.marks[0], b.marks[0]);
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        struct message_keys a = {0}, b = {0};
        marks_make(other[i][0], &a);
        marks_make(other[i][1], &b);
        assert_int_not_equal(a.marks[0], b.marks[0]);
    }
}

/* What no list holds: anything at all, longer than there is room for, of every script. */
static void anything_is_taken(void **state)
{
    (void)state;
    char text[1601];
    unsigned seed = 1;
    for (int round = 0; round < 3000; round++) {
        size_t length = 0;
        while (length < sizeof text - 5) {
            static const char *const parts[] = {"a",    "б",   "字",   "の",
                                                "۳",    "7",   ",",    " ",
                                                "-",    "'",   ".",    ":",
                                                "|",    " - ", "\xC3", "ก",
                                                "한",   "ﷺ",   "é",    "\xF0\x9F\x98\x80",
                                                "not ", "【",  "】",   "_"};
            seed = seed * 1103515245 + 12345;
            const char *part = parts[(seed >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(text + length, part, strlen(part));
            length += strlen(part);
            if ((seed >> 24) % 64 == 0) {
                break;
            }
        }
        text[length] = '\0';
        struct message_keys keys = {0};
        marks_make(text, &keys);
        assert_true(keys.count <= MESSAGE_MARKS);
        bool road;
        assert_true(!are_alike(text, "Storm hits northern coast", &road));
    }
    /* Two that differ beyond the room are not alike. */
    static char a[4000], b[4000];
    for (size_t i = 0; i < 300; i++) {
        snprintf(a + strlen(a), sizeof a - strlen(a), "w%c%c ", 'a' + (int)(i / 26) % 26,
                 'a' + (int)(i % 26));
    }
    memcpy(b, a, sizeof a);
    b[600] = 'z';
    bool road;
    assert_true(are_alike(a, a, &road));
    assert_false(are_alike(a, b, &road));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labelled_pairs),
        cmocka_unit_test(numbers_keep_their_order),
        cmocka_unit_test(what_a_tail_is),
        cmocka_unit_test(folds),
        cmocka_unit_test(words_are_sorted_and_folded),
        cmocka_unit_test(endings_go),
        cmocka_unit_test(anything_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
