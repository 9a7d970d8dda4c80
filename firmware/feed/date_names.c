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
/* Without accents, as fold() leaves words. Croatian October is Polish November: the greater
 * language has it. */
static const char *const latin_months[] = {
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "january february march april may june july august september october november december",
    "jan febr mar apr mai jun jul aug sept okt nov dez",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janner feber maerz apr maj jun jul avg sep okt nov des",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv fevr mars avr mai jui juil aou sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene fev marc abr mag giu lug ago setiembre ott noi dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen fev mar avr mai jun jul ago set out nov dez",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul agu sep okt nov des",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli agust september oktober november desember",
    "januari februari maret april mei juni julai agustus september oktober november desember",
    "styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
    "sty lut mar kwi maj cze lip sie wrz paz lis gru",
    "leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec",
    "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
    "januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra",
    "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "sijecnja veljace ozujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
    "jan febr marc apr maj jun jul aug szept okt nov dec",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ian feb mar apr mai iun iul aug sept oct noi dec",
    "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu",
    "jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember",
    "sausio vasario kovo balandzio geguzes birzelio liepos rugpjucio rugsejo spalio lapkricio gruodzio",
    "janvaris februaris marts aprilis maijs junijs julijs augusts septembris oktobris novembris decembris",
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "oca sub mar nis may haz tem agu eyl eki kas ara",
};

static const char *const other_months[] = {
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "янв февр март апр май июн июл авг сент окт нояб дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "січ лют бер кві тра чер лип сер вер жов лис гру",
    "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου",
    "ιανουαριοσ φεβρουαριοσ μαρτιοσ απριλιοσ μαιοσ ιουνιοσ ιουλιοσ αυγουστοσ σεπτεμβριοσ οκτωβριοσ νοεμβριοσ δεκεμβριοσ",
    "ιαν φεβρ μαρ απρ μαι ιουν ιουλ αυγ σεπτ οκτ νοεμ δεκ",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "جانفي فيفري مارس افريل ماي جوان جويلية اوت سبتمبر اكتوبر نوفمبر ديسمبر",
    "- شباط اذار نيسان ايار حزيران تموز اب ايلول - - -",
    "ژانویه فوریه مارس اوریل مه ژوين ژويیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
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
    {"pht", DATE_ZONE, 480}, {"wita", DATE_ZONE, 480}, {"wit", DATE_ZONE, 540},
    {"cot", DATE_ZONE, -300}, {"pet", DATE_ZONE, -300}, {"vet", DATE_ZONE, -240},
    {"bot", DATE_ZONE, -240}, {"uyt", DATE_ZONE, -180}, {"clst", DATE_ZONE, -180},
    {"npt", DATE_ZONE, 345}, {"ict", DATE_ZONE, 420}, {"wib", DATE_ZONE, 420},
    {"hkt", DATE_ZONE, 480}, {"sgt", DATE_ZONE, 480}, {"awst", DATE_ZONE, 480},
    {"jst", DATE_ZONE, 540}, {"kst", DATE_ZONE, 540}, {"acst", DATE_ZONE, 570},
    {"acdt", DATE_ZONE, 630}, {"aest", DATE_ZONE, 600}, {"aedt", DATE_ZONE, 660},
    {"nzst", DATE_ZONE, 720}, {"nzdt", DATE_ZONE, 780},
    {"am", DATE_HALF_DAY, 1}, {"pm", DATE_HALF_DAY, 2},
    {"오전", DATE_HALF_DAY, 1}, {"오후", DATE_HALF_DAY, 2},
    {"午前", DATE_HALF_DAY, 1}, {"午後", DATE_HALF_DAY, 2},
    {"上午", DATE_HALF_DAY, 1}, {"下午", DATE_HALF_DAY, 2},
    {"πμ", DATE_HALF_DAY, 1}, {"μμ", DATE_HALF_DAY, 2},
    {"明治", DATE_ERA, 1867}, {"大正", DATE_ERA, 1911}, {"昭和", DATE_ERA, 1925},
    {"平成", DATE_ERA, 1988}, {"令和", DATE_ERA, 2018}, {"民國", DATE_ERA, 1911},
    {"年", DATE_PART, 0}, {"月", DATE_PART, 0}, {"日", DATE_PART, 0},
    {"년", DATE_PART, 0}, {"월", DATE_PART, 0}, {"일", DATE_PART, 0},
    {"thang", DATE_DAY_FIRST, 0}, {"thg", DATE_DAY_FIRST, 0}, {"nam", DATE_PART, 0},
    {"de", DATE_PART, 0}, {"st", DATE_PART, 0}, {"nd", DATE_PART, 0},
    {"rd", DATE_PART, 0}, {"th", DATE_PART, 0},
};
/* clang-format on */

/* Words of languages that are written in one zone. */
static const struct {
    const char *name;
    int minutes;
} countries[] = {
    {"년", 540}, {"시", 540},   {"오전", 540}, {"오후", 540},
    {"時", 540}, {"午前", 540}, {"午後", 540}, {"时", 480},
    {"点", 480}, {"上午", 480}, {"下午", 480},
};

/* A word of a date in lower case and without accents, as the tables are. */
struct word {
    char text[WORD_BYTES];
    size_t length;
};

/* Letters of Latin, Greek and Arabic lose their accents, and those that Turkish, Polish and
 * Danish have instead of them: half of all programs write them without. */
static uint32_t fold(uint32_t code)
{
    bool accented = code < 0x400 || (code >= 0x620 && code < 0x650) ||
                    (code >= 0x6C0 && code < 0x6D4) || (code >= 0x1E00 && code < 0x2000);
    utf8proc_int32_t parts[8];
    int boundary = 0;
    code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
    if (accented && utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8,
                                            UTF8PROC_DECOMPOSE, &boundary) > 0) {
        code = (uint32_t)parts[0];
    }
    switch (code) {
    case 0x131: /* dotless i */
        return 'i';
    case 0x142:
        return 'l';
    case 0xF8:
        return 'o';
    case 0x3C2: /* final sigma */
        return 0x3C3;
    default:
        return code;
    }
}

/* False if it is longer than any word of the tables. */
static bool fold_word(const char *name, size_t length, struct word *word)
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
        bool combining = code >= 0x300 && code < 0x370;
        word->length +=
            combining ? 0 : utf8_encode(fold(code), word->text + word->length);
    }
    return word->length > 0;
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

/* 1 to 12 by COUNT TABLES, or 0. */
static int find_month(const struct word *word, const char *const *tables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int month = month_in(tables[i], word);
        if (month) {
            return month;
        }
    }
    return 0;
}

static int find_foreign_month(const struct word *word)
{
    if ((unsigned char)*word->text >= 0x80) {
        return find_month(word, other_months, sizeof other_months / sizeof *other_months);
    }
    return find_month(word, latin_months + ENGLISH_TABLES,
                      sizeof latin_months / sizeof *latin_months - ENGLISH_TABLES);
}

/* English months first, then the zones: nearly all words are one of these. */
enum date_word date_word_find(const char *name, size_t length, int *value)
{
    struct word word;
    if (length == 0 || is_weekday(name, length) || !fold_word(name, length, &word)) {
        return DATE_UNKNOWN;
    }
    *value = find_month(&word, latin_months, ENGLISH_TABLES);
    for (size_t i = 0; *value == 0 && i < sizeof words / sizeof *words; i++) {
        if (matches(&word, words[i].name)) {
            *value = words[i].value;
            return words[i].word;
        }
    }
    *value = *value ? *value : find_foreign_month(&word);
    return *value ? DATE_MONTH : DATE_UNKNOWN;
}

bool date_word_country(const char *name, size_t length, int *zone_s)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        if (strlen(countries[i].name) == length &&
            memcmp(countries[i].name, name, length) == 0) {
            *zone_s = countries[i].minutes * 60;
            return true;
        }
    }
    return false;
}
