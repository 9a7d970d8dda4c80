/* What arrives on stderr, read back through a pipe put in its place. */
#define LOG_MODULE "test"
#include "base/log.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char got[4096];
static int saved_stderr, pipe_ends[2];

static void begin(void)
{
    assert_int_equal(pipe(pipe_ends), 0);
    saved_stderr = dup(STDERR_FILENO);
    assert_true(dup2(pipe_ends[1], STDERR_FILENO) >= 0);
    close(pipe_ends[1]);
}

/* What was written since begin(). */
static const char *end(void)
{
    assert_true(dup2(saved_stderr, STDERR_FILENO) >= 0);
    close(saved_stderr);
    ssize_t length = read(pipe_ends[0], got, sizeof got - 1);
    close(pipe_ends[0]);
    got[length > 0 ? length : 0] = '\0';
    return got;
}

static int set_up(void **state)
{
    (void)state;
    unsetenv("JOURNAL_STREAM");
    log_set_level(LOG_INFO);
    return 0;
}

static void shows_what_would_forge_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"plain", "motograph: test: plain\n"},
        {"", "motograph: test: \n"},
        {"a\nmotograph: feed: b", "motograph: test: a\\x0amotograph: feed: b\n"},
        {"\x1b[31mred\x07\x7f\t", "motograph: test: \\x1b[31mred\\x07\\x7f\\x09\n"},
        {"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80",
         "motograph: test: caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\n"},
        /* CSI of C1, which colours like ESC [, as UTF-8 and bare. */
        {"\xC2\x9B"
         "31m \x9B"
         "31m",
         "motograph: test: \\xc2\\x9b31m \\x9b31m\n"},
        {"cut \xE2\x82", "motograph: test: cut \\xe2\\x82\n"},
        {"%s%n", "motograph: test: %s%n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        log_info("%s", cases[i].text);
        assert_string_equal(end(), cases[i].line);
    }
}

static void drops_what_is_above_the_level(void **state)
{
    (void)state;
    begin();
    log_debug("not");
    log_set_level(LOG_WARNING);
    log_info("neither");
    log_warning("this");
    log_error("and %s", "this");
    assert_string_equal(end(), "motograph: test: this\nmotograph: test: and this\n");
}

static void puts_the_priority_before_under_the_journal(void **state)
{
    (void)state;
    setenv("JOURNAL_STREAM", "8:1", 1);
    log_set_level(LOG_DEBUG);
    begin();
    log_error("e");
    log_warning("w");
    log_info("i");
    log_debug("d");
    assert_string_equal(end(), "<3>motograph: test: e\n<4>motograph: test: w\n"
                               "<6>motograph: test: i\n<7>motograph: test: d\n");
}

static void cuts_long_texts_between_characters(void **state)
{
    (void)state;
    static const char *const units[] = {"x", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x01"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char text[8001];
        size_t unit = strlen(units[i]);
        for (size_t j = 0; j + unit < sizeof text; j += unit) {
            memcpy(text + j, units[i], unit + 1);
        }
        begin();
        log_info("%s", text);
        const char *line = end();
        assert_true(strlen(line) > 900 && strlen(line) <= 1200);
        assert_int_equal(line[strlen(line) - 1], '\n');
        if (units[i][0] != 1) {
            assert_null(strchr(line, '\\'));
        }
    }
}

static void keeps_errno(void **state)
{
    (void)state;
    begin();
    close(STDERR_FILENO); /* the write fails and sets EBADF */
    errno = ENOSPC;
    log_info("x");
    int after = errno;
    assert_string_equal(end(), "");
    assert_int_equal(after, ENOSPC);
}

static void levels_have_names(void **state)
{
    (void)state;
    assert_int_equal(log_level_named("error"), LOG_ERROR);
    assert_int_equal(log_level_named("warning"), LOG_WARNING);
    assert_int_equal(log_level_named("debug"), LOG_DEBUG);
    assert_int_equal(log_level_named("loud"), LOG_INFO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(shows_what_would_forge_a_line, set_up),
        cmocka_unit_test_setup(drops_what_is_above_the_level, set_up),
        cmocka_unit_test_setup(puts_the_priority_before_under_the_journal, set_up),
        cmocka_unit_test_setup(cuts_long_texts_between_characters, set_up),
        cmocka_unit_test_setup(keeps_errno, set_up),
        cmocka_unit_test(levels_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
