/* The direction of a text, told without laying it out, is the base direction it is laid out
 * with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/direction.h"
#include "show/layout.h"

static const struct {
    const char *text;
    bool rtl;
} cases[] = {
    {"", false},
    {"Ferry returns", false},
    {"המעבורת חוזרת", true},
    {"العبّارة تعود إلى الميناء", true},
    {"کشتی به بندر بازگشت", true},
    {"ܫܠܡܐ", true},                 /* Syriac */
    {"ދިވެހި", true},                  /* Thaana */
    {"ߒߞߏ", true},                  /* N'Ko */
    {"𞤀𞤣𞤤𞤢𞤥", true}, /* Adlam */
    {"2026", false},                /* digits have no direction of their own */
    {"٢٠٢٦", false},                /* nor have Arabic ones */
    {"… “!” 42 —", false},          /* */
    {"«2026» הבחירות נדחו", true},  /* the first letter decides, not the first mark */
    {"BBC: המעבורת חוזרת", false},  /* */
    {"המעבורת Aurora חוזרת", true}, /* */
    {"Чайка", false},               /* */
    {"新しい橋", false},            /* */
    {"नया पुल", false},              /* */
    {"\u200FFerry returns", true},  /* RIGHT-TO-LEFT MARK */
    {"\u200Eהמעבורת", false},       /* LEFT-TO-RIGHT MARK */
    {"\u2067Ferry\u2069 המעבורת", true},             /* what is isolated is passed over */
    {"\u2068המעבורת\u2069 returns", false},          /* */
    {"\u2066a \u2067b\u2069 c\u2069 המעבורת", true}, /* isolates within isolates */
    {"\u2069המעבורת", true},                         /* an end without a beginning */
    {"\u2066never ended המעבורת", false},            /* */
    {"\xD7\xFF", false},                             /* malformed */
};

static void test_agrees_with_layout(void **state)
{
    (void)state;
    struct faces *faces = faces_new(32, NULL);
    struct layout *layout = layout_new(faces);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        struct line *line = layout_text(layout, text, strlen(text));
        if (direction_is_rtl(text) != cases[i].rtl || line->rtl != cases[i].rtl) {
            fail_msg("%s: %d, laid out %d, not %d", text, direction_is_rtl(text),
                     line->rtl, cases[i].rtl);
        }
        free(line);
    }
    layout_free(layout);
    faces_free(faces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agrees_with_layout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
