/* Months are kept as one line a language, so that a language is added by adding a line.
 * Names of zones that stand for several are read as North American or European, as
 * RFC 822 has them; military letters are zero, as RFC 2822 advises, since they were misused. */
#include "feed/date_names.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum {
    ENGLISH_TABLES = 2, /* of months, the first ones */
    WORD_BYTES = 40     /* longer than the longest */
};

/* clang-format off */
static const char *const months[] = {
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jän febr mär apr mai jun jul aug sept okt nov dez",
    "jänner feber maerz apr mai jun jul aug sep okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "jan fév mar avr mai jui jul aoû sep oct nov déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november desember",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "január február március április május június július augusztus szeptember október november december",
    "jan febr márc ápr máj jún júl aug szept okt nov dec",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιαν φεβ μάρ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ",
    "ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
};

static const struct {
    const char *name;
    enum date_word word;
    int value;
} words[] = {
    {"gmt", DATE_ZONE, 0}, {"utc", DATE_ZONE, 0}, {"ut", DATE_ZONE, 0}, {"z", DATE_ZONE, 0},
    {"est", DATE_ZONE, -300}, {"edt", DATE_ZONE, -240}, {"et", DATE_ZONE, -300},
    {"cst", DATE_ZONE, -360}, {"cdt", DATE_ZONE, -300}, {"ct", DATE_ZONE, -360},
    {"mst", DATE_ZONE, -420}, {"mdt", DATE_ZONE, -360}, {"mt", DATE_ZONE, -420},
    {"pst", DATE_ZONE, -480}, {"pdt", DATE_ZONE, -420}, {"pt", DATE_ZONE, -480},
    {"akst", DATE_ZONE, -540}, {"akdt", DATE_ZONE, -480}, {"hst", DATE_ZONE, -600},
    {"ast", DATE_ZONE, -240}, {"adt", DATE_ZONE, -180}, {"at", DATE_ZONE, -240},
    {"nst", DATE_ZONE, -210}, {"ndt", DATE_ZONE, -150}, {"brt", DATE_ZONE, -180},
    {"brst", DATE_ZONE, -120}, {"art", DATE_ZONE, -180}, {"clt", DATE_ZONE, -240},
    {"wet", DATE_ZONE, 0}, {"west", DATE_ZONE, 60}, {"bst", DATE_ZONE, 60},
    {"cet", DATE_ZONE, 60}, {"cest", DATE_ZONE, 120}, {"met", DATE_ZONE, 60},
    {"mest", DATE_ZONE, 120}, {"mez", DATE_ZONE, 60}, {"mesz", DATE_ZONE, 120},
    {"eet", DATE_ZONE, 120}, {"eest", DATE_ZONE, 180}, {"sast", DATE_ZONE, 120},
    {"cat", DATE_ZONE, 120}, {"eat", DATE_ZONE, 180}, {"wat", DATE_ZONE, 60},
    {"msk", DATE_ZONE, 180}, {"msd", DATE_ZONE, 240}, {"trt", DATE_ZONE, 180},
    {"idt", DATE_ZONE, 180}, {"irst", DATE_ZONE, 210}, {"irdt", DATE_ZONE, 270},
    {"gst", DATE_ZONE, 240}, {"pkt", DATE_ZONE, 300}, {"ist", DATE_ZONE, 330},
    {"npt", DATE_ZONE, 345}, {"ict", DATE_ZONE, 420}, {"wib", DATE_ZONE, 420},
    {"hkt", DATE_ZONE, 480}, {"sgt", DATE_ZONE, 480}, {"awst", DATE_ZONE, 480},
    {"jst", DATE_ZONE, 540}, {"kst", DATE_ZONE, 540}, {"acst", DATE_ZONE, 570},
    {"acdt", DATE_ZONE, 630}, {"aest", DATE_ZONE, 600}, {"aedt", DATE_ZONE, 660},
    {"nzst", DATE_ZONE, 720}, {"nzdt", DATE_ZONE, 780},
    {"am", DATE_HALF_DAY, 1}, {"pm", DATE_HALF_DAY, 2},
    {"오전", DATE_HALF_DAY, 1}, {"오후", DATE_HALF_DAY, 2},
    {"午前", DATE_HALF_DAY, 1}, {"午後", DATE_HALF_DAY, 2},
    {"上午", DATE_HALF_DAY, 1}, {"下午", DATE_HALF_DAY, 2},
    {"년", DATE_COUNTRY, 540},
};
/* clang-format on */

/* A word of a date in lower case, as the tables are. */
struct word {
    char text[WORD_BYTES];
    size_t length;
};

/* False if it is longer than any word of the tables. */
static bool lower(const char *name, size_t length, struct word *word)
{
    word->length = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        if (word->length + 4 > WORD_BYTES) {
            return false;
        }
        if ((unsigned char)name[i] < 0x80) {
            char c = name[i++];
            word->text[word->length++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
            continue;
        }
        i += utf8_decode(name + i, length - i, &code);
        code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
        word->length += utf8_encode(code, word->text + word->length);
    }
    return true;
}

/* WORD against the start of a table's line, a word that ends in ' ' or '\0'. */
static bool matches(const struct word *word, const char *line)
{
    return *word->text == *line && strncmp(word->text, line, word->length) == 0 &&
           (line[word->length] == '\0' || line[word->length] == ' ');
}

/* RFC 822's weekdays, the commonest words of all: no need to look further. */
static bool is_weekday(const char *name, size_t length)
{
    static const char days[][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (size_t i = 0; length == 3 && i < sizeof days / sizeof *days; i++) {
        if (strncasecmp(name, days[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

static int month_in(const char *line, const struct word *word)
{
    for (int month = 1;; month++) {
        if (matches(word, line)) {
            return month;
        }
        line = strchr(line, ' ');
        if (!line) {
            return 0;
        }
        line++;
    }
}

/* 1 to 12 by the tables FROM to TO - 1, or 0. */
static int find_month(const struct word *word, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        int month = month_in(months[i], word);
        if (month) {
            return month;
        }
    }
    return 0;
}

/* English months first, then the zones: nearly all words are one of these. */
enum date_word date_word_find(const char *name, size_t length, int *value)
{
    struct word word;
    if (length == 0 || is_weekday(name, length) || !lower(name, length, &word)) {
        return DATE_UNKNOWN;
    }
    *value = find_month(&word, 0, ENGLISH_TABLES);
    for (size_t i = 0; *value == 0 && i < sizeof words / sizeof *words; i++) {
        if (matches(&word, words[i].name)) {
            *value = words[i].value;
            return words[i].word;
        }
    }
    if (*value == 0) {
        *value = find_month(&word, ENGLISH_TABLES, sizeof months / sizeof *months);
    }
    return *value ? DATE_MONTH : DATE_UNKNOWN;
}
