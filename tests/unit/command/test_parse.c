/* The parse command as a script sees it: status, lines on stdout, one line on stderr. */
#include "command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEXT_BYTES = 1 << 16 };

static char out[TEXT_BYTES], err[TEXT_BYTES];

/* Sends the stream FD into a new temporary file; returns a copy of what it was. */
static int divert(int fd, FILE *file)
{
    int before = dup(fd);
    assert_true(before >= 0);
    assert_true(dup2(fileno(file), fd) == fd);
    return before;
}

static void restore(int fd, int before, FILE *file, char text[TEXT_BYTES])
{
    assert_true(dup2(before, fd) == fd);
    close(before);
    rewind(file);
    text[fread(text, 1, TEXT_BYTES - 1, file)] = '\0';
    fclose(file);
}

static int run(char *a, char *b, char *c, char *d, char *e)
{
    char *argv[] = {"parse", a, b, c, d, e, NULL};
    int argc = 0;
    while (argv[argc]) {
        argc++;
    }
    FILE *out_file = tmpfile(), *err_file = tmpfile();
    assert_non_null(out_file);
    assert_non_null(err_file);
    fflush(stdout);
    int out_before = divert(STDOUT_FILENO, out_file);
    int err_before = divert(STDERR_FILENO, err_file);
    int status = command_parse(argc, argv);
    fflush(stdout);
    restore(STDOUT_FILENO, out_before, out_file, out);
    restore(STDERR_FILENO, err_before, err_file, err);
    return status;
}

static void prints_json_lines(void **state)
{
    (void)state;
    assert_int_equal(
        run("--base", "https://lab.example/x/feed", "data/feed/atom.xml", NULL, NULL),
        EXIT_DONE);
    assert_string_equal(
        out,
        "{\"feed\":{\"title\":\"Labor über Wasser\",\"kind\":\"atom\"}}\n"
        "{\"source\":\"Labor über Wasser\",\"headline\":\"Pegel steigt\","
        "\"link\":\"https://lab.example/notes/2026/"
        "one\",\"published\":\"2026-11-20T08:00:00Z\","
        "\"updated\":\"2026-11-21T08:30:00Z\",\"summary\":\"1 < 2, sagt <b> niemand\","
        "\"categories\":[\"wasser\"],\"id\":\"tag:lab.example,2026:1\",\"lang\":\"de\"}\n"
        "{\"source\":\"Labor über Wasser\",\"headline\":\"Zweite\","
        "\"published\":\"2026-11-19T00:00:00Z\",\"updated\":\"2026-11-19T00:00:00Z\","
        "\"summary\":\"Nur Text\",\"id\":\"tag:lab.example,2026:2\",\"lang\":\"de\"}\n");
    assert_string_equal(err, "");
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        char *words[4];
        int status;
        const char *in_err;
    } cases[] = {
        {{NULL}, EXIT_USAGE, "no file"},
        {{"--content-type", NULL}, EXIT_USAGE, "value is missing"},
        {{"--bad", "x", NULL}, EXIT_USAGE, "--bad"},
        {{"a", "b", NULL}, EXIT_USAGE, "one file"},
        {{"data/no-such-file", NULL}, EXIT_FAILED, "data/no-such-file: No such file"},
        {{"data", NULL}, EXIT_FAILED, "data: Is a directory"},
        {{"--content-type", "text/html", "data/feed/articles/tabs.txt", NULL},
         EXIT_FAILED,
         "tabs.txt: not a feed"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *const *w = cases[i].words;
        assert_int_equal(
            run(w[0], w[0] ? w[1] : NULL, w[0] && w[1] ? w[2] : NULL, NULL, NULL),
            cases[i].status);
        assert_string_equal(out, "");
        if (!strstr(err, cases[i].in_err)) {
            fail_msg("%s", err);
        }
        if (cases[i].status == EXIT_FAILED) {
            assert_ptr_equal(strchr(err, '\n'), err + strlen(err) - 1);
        }
    }
}

static void reads_standard_input(void **state)
{
    (void)state;
    FILE *in = tmpfile();
    assert_non_null(in);
    fputs("One\nTwo\n", in);
    rewind(in);
    int before = divert(STDIN_FILENO, in);
    assert_int_equal(run("-", NULL, NULL, NULL, NULL), EXIT_DONE);
    dup2(before, STDIN_FILENO);
    close(before);
    fclose(in);
    assert_string_equal(out, "{\"feed\":{\"kind\":\"text\"}}\n{\"headline\":\"One\"}\n"
                             "{\"headline\":\"Two\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_json_lines),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(reads_standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
