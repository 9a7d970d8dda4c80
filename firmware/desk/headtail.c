/* A name at the end counts as an outlet's behind a bar, and behind a dash if it sounds like
 * one: "Result - Spain" is not to become "Result". */
#include "desk/headtail.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "desk/fold.h"
#include "desk/words.h"

enum { TAIL_BYTES = 60, TAIL_WORDS = 5, HEAD_WORDS = 3 };

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Of scripts without case, whose "breaking" is no word between blanks. */
static const char *after_label(const char *text)
{
    static const char *const labels[] = {
        "速报", "速報", "快讯", "快訊", "突发",       "突發",       "独家",
        "獨家", "更新", "视频", "動画", "号外",       "即時",       "直播",
        "単独", "속보", "단독", "詳報", "Son dakika", "Son Dakika", "SON DAKİKA"};
    static const char *const open[] = {"【", "[", "［", "〔", "（", "("};
    static const char *const close[] = {"】", "]",  "］", "〕", "）", ")", "：",
                                        ":",  "｜", "|",  "丨", " ",  "　"};
    const char *p = text;
    if ((unsigned char)*text < 0x80 && !strchr("[(S", *text)) {
        return text;
    }
    for (size_t i = 0; i < sizeof open / sizeof *open && p == text; i++) {
        p += begins(p, open[i]) ? strlen(open[i]) : 0;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (!begins(p, labels[i])) {
            continue;
        }
        p += strlen(labels[i]);
        const char *label_end = p;
        for (size_t j = 0; j < sizeof close / sizeof *close; j++) {
            if (begins(p, close[j])) {
                p += strlen(close[j]);
                j = (size_t)-1;
            }
        }
        return p > label_end ? p : text;
    }
    return text;
}

/* How many words LENGTH bytes of TEXT are; a character of a script without blanks is half a
 * word. */
static size_t words_in(const char *text, size_t length)
{
    size_t words = 0, chars = 0;
    bool inside = false;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        enum fold_class class = fold_class(code);
        chars += class == FOLD_CHAR;
        words += !inside && (class == FOLD_LETTER || class == FOLD_DIGIT);
        inside = class == FOLD_LETTER || class == FOLD_DIGIT;
    }
    return words + chars / 2;
}

static bool sounds_like_an_outlet(const char *tail, size_t length)
{
    static const char *const endings[] = {"网",   "網",   "报",   "報",
                                          "社",   "新闻", "新聞", "ニュース",
                                          "卫视", "電視", "通信", "뉴스"};
    char text[TAIL_BYTES * 3];
    size_t bytes = fold_text(tail, length, FOLD_LOOSE, text, sizeof text);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (bytes > ending && strcmp(text + bytes - ending, endings[i]) == 0) {
            return true;
        }
    }
    const char *dot = strchr(text, '.');
    if (dot && dot > text && dot[1] >= 'a' && dot[1] <= 'z' && dot[2]) {
        return true;
    }
    for (char *p = text; *p;) {
        size_t n = strcspn(p, " .,:'");
        char after = p[n];
        p[n] = '\0';
        const struct word *word = words_find(p);
        if (word && word->kind == WORD_OUTLET) {
            return true;
        }
        p += n + (after != '\0');
    }
    return false;
}

/* The bytes of the separator at P, 0 if there is none; BAR for one that has no other use. */
static size_t separator(const char *p, bool *bar)
{
    static const struct {
        const char *text;
        bool bar;
    } all[] = {{" | ", true},  {" ｜ ", true}, {"｜", true},   {" - ", false},
               {" – ", false}, {" — ", false}, {" :: ", true}, {"_", false}};
    bool may = *p == ' ' || *p == '_' || (unsigned char)*p == 0xEF;
    for (size_t i = 0; may && i < sizeof all / sizeof *all; i++) {
        if (begins(p, all[i].text)) {
            *bar = all[i].bar;
            return strlen(all[i].text);
        }
    }
    return 0;
}

/* Where the last outlet's name in LENGTH bytes of TEXT begins, its separator with it; LENGTH if
 * there is none. */
static size_t cut_tail(const char *text, size_t length)
{
    size_t low = length > TAIL_BYTES ? length - TAIL_BYTES : 0;
    for (size_t i = length; i-- > low && i > 0;) {
        bool bar = false;
        size_t bytes = separator(text + i, &bar);
        if (bytes == 0 || i + bytes >= length) {
            continue;
        }
        const char *tail = text + i + bytes;
        size_t left = length - i - bytes;
        bool named = words_in(tail, left) <= TAIL_WORDS &&
                     words_in(text, i) >= HEAD_WORDS &&
                     (bar || sounds_like_an_outlet(tail, left));
        return named ? i : length;
    }
    return length;
}

const char *headtail_cut(const char *text, size_t *length)
{
    text = after_label(text);
    *length = cut_tail(text, strlen(text));
    *length = cut_tail(text, *length);
    return text;
}
