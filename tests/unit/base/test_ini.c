/* Texts and the events they give, written as one line each: S section|name, V key|value,
 * F what is wrong, each after its line number. */
#include "base/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct record {
    char text[4096];
    size_t used;
};

static void note(struct record *record, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(struct record *record, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(record->text + record->used,
                           sizeof record->text - record->used, format, args);
    va_end(args);
    assert_true(length >= 0 && record->used + (size_t)length < sizeof record->text);
    record->used += (size_t)length;
}

static const char *shown(struct ini_text text)
{
    return text.bytes ? text.bytes : "-";
}

static int width(struct ini_text text)
{
    return text.bytes ? (int)text.length : 1;
}

static void on_section(void *user, size_t line, struct ini_text section,
                       struct ini_text name)
{
    note(user, "%zuS%.*s|%.*s\n", line, width(section), shown(section), width(name),
         shown(name));
}

static void on_value(void *user, size_t line, struct ini_text key, struct ini_text value)
{
    note(user, "%zuV%.*s|%.*s\n", line, width(key), shown(key), width(value),
         shown(value));
}

/* Of the text of a fault only what is wrong. */
static void on_fault(void *user, size_t line, const char *text)
{
    assert_non_null(strstr(text, "; allowed: "));
    note(user, "%zuF%.*s\n", line, (int)strcspn(text, ";"), text);
}

static const struct ini_handler handler = {on_section, on_value, on_fault};

/* The text is given without its '\0', in memory of its own, for the address sanitizer. */
static const char *read_text(const char *text, size_t length)
{
    static struct record record;
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    record = (struct record){.used = 0};
    ini_parse(copy, length, &handler, &record);
    free(copy);
    return record.text;
}

static const struct {
    const char *text, *events;
} cases[] = {
    {"", ""},
    {"\n\n \t \r\n", ""},
    {"; a\n# b\n  ; c = d\n\t#[e]\n", ""},
    {"\n;\n\r\n\nb = c", "5Vb|c\n"},
    {"[a]\nb = c", "1Sa|-\n2Vb|c\n"},
    {"[a]\r\nb = c\r\n", "1Sa|-\n2Vb|c\n"},
    {"\xEF\xBB\xBF[a]\n", "1Sa|-\n"},
    {"  [ a ]  \n\tb\t=\tc \n", "1Sa|-\n2Vb|c\n"},
    {"[a \"b\"]\n[a\"b\"]\n[ a \" b c \" ]", "1Sa|b\n2Sa|b\n3Sa|b c\n"},
    {"[a \"b]\"]\n[a \"]\"]\n[a \"x\"y\"]", "1Sa|b]\n2Sa|]\n3Sa|x\"y\n"},
    {"[a \"\"]", "1Sa|\n"},
    {"k=\nk =  \nk=\"\"\nk=\" x \"", "1Vk|\n2Vk|\n3Vk|\n4Vk| x \n"},
    {"k = \"a\nk = a\"\nk = \"\nk = \"a\" \"b\"\n",
     "1Vk|\"a\n2Vk|a\"\n3Vk|\"\n4Vk|a\" \"b\n"},
    {"k = a = b ; c # d", "1Vk|a = b ; c # d\n"},
    {"k = #ff0000", "1Vk|#ff0000\n"},
    {" k = indented\n  l = too", "1Vk|indented\n2Vl|too\n"},
    {"k = caf\xC3\xA9 \xF0\x9F\x98\x80", "1Vk|caf\xC3\xA9 \xF0\x9F\x98\x80\n"},
    {"k = a\tb", "1Vk|a\tb\n"},
    /* Faults. */
    {"word\nk = v", "1Fline without '='\n2Vk|v\n"},
    {"= v\n =\n", "1Fno key before '='\n2Fno key before '='\n"},
    {"[a\nk = v", "1Fsection header does not end in ']'\n1S-|-\n2Vk|v\n"},
    {"[a] x\n[", "1Fsection header does not end in ']'\n1S-|-\n"
                 "2Fsection header does not end in ']'\n2S-|-\n"},
    {"[]\n[ ]\n[\"a\"]", "1Fsection header without a section\n1S-|-\n"
                         "2Fsection header without a section\n2S-|-\n"
                         "3Fsection header without a section\n3S-|-\n"},
    {"[a \"b]\n[a \"]\n[a \"b\" c]",
     "1Fname in the section header does not end in '\"'\n1S-|-\n"
     "2Fname in the section header does not end in '\"'\n2S-|-\n"
     "3Fname in the section header does not end in '\"'\n3S-|-\n"},
    {"k = \xFF\nl = v", "1Finvalid UTF-8, byte 0xFF at column 5\n2Vl|v\n"},
    {"; \xC3\n[\xED\xA0\x80]\n", "1Finvalid UTF-8, byte 0xC3 at column 3\n"
                                 "2Finvalid UTF-8, byte 0xED at column 2\n2S-|-\n"},
    {"k = \xF0\x90\xBD", "1Finvalid UTF-8, byte 0xF0 at column 5\n"},
    {"k = a\x1b[31m", "1Fcontrol character at column 6\n"},
    {"k = a\rb", "1Fcontrol character at column 6\n"},
    {"k = \xC2\x9B", "1Fcontrol character at column 5\n"},
    {"\xFF\xFEk\n=\n", "1Fthe file is UTF-16\n"},
};

static void gives_the_events_of_each_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(read_text(cases[i].text, strlen(cases[i].text)),
                            cases[i].events);
    }
}

static void tells_nul_bytes_with_their_line(void **state)
{
    (void)state;
    static const char text[] = "k = v\nk = \0v\n\0\n[\0]\nk = w";
    assert_string_equal(read_text(text, sizeof text - 1),
                        "1Vk|v\n2FNUL byte at column 5\n3FNUL byte at column 1\n"
                        "4FNUL byte at column 2\n4S-|-\n5Vk|w\n");
}

static size_t longest;

static void measure_value(void *user, size_t line, struct ini_text key,
                          struct ini_text value)
{
    (void)user;
    (void)line;
    (void)key;
    longest = value.length;
}

static void takes_lines_of_any_length(void **state)
{
    (void)state;
    enum { BYTES = 3000000 };
    const struct ini_handler measuring = {on_section, measure_value, on_fault};
    struct record record = {.used = 0};
    char *text = malloc(BYTES);
    assert_non_null(text);
    memset(text, 'x', BYTES);
    memcpy(text, "k=", 2);
    ini_parse(text, BYTES, &measuring, &record);
    assert_int_equal(longest, BYTES - 2);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_events_of_each_text),
        cmocka_unit_test(tells_nul_bytes_with_their_line),
        cmocka_unit_test(takes_lines_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
