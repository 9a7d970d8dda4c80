/* Pages that imitate real sites, one of each shape; small pages for each rule; and the many
 * forms of what is no content and may never become a headline. */
#include "feed/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

enum { KEPT = 12, PAGE_BYTES = 1 << 16 };

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

static bool parse_as(const char *bytes, size_t length, const char *base)
{
    struct feed_input input = {.bytes = bytes,
                               .length = length,
                               .content_type = "text/html; charset=utf-8",
                               .base_url = base};
    count = 0;
    return feed_parse(&input, keep, NULL, &info);
}

static bool parse(const char *page)
{
    return parse_as(page, strlen(page), NULL);
}

static bool parse_file(const char *name, const char *base)
{
    char path[128];
    snprintf(path, sizeof path, "data/feed/page/%s.html", name);
    char *bytes = malloc(PAGE_BYTES);
    FILE *file = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(file);
    size_t length = fread(bytes, 1, PAGE_BYTES, file);
    fclose(file);
    bool known = parse_as(bytes, length, base);
    free(bytes);
    return known;
}

static const char *time_of(int64_t at)
{
    static char text[CLOCK_TEXT_BYTES];
    return at == HEADLINE_NO_TIME ? "" : clock_format(at, text);
}

static const char *get(size_t i, enum headline_field field)
{
    return headline_get(&kept[i], field);
}

static void reads_articles_of_every_shape(void **state)
{
    static const struct {
        const char *name, *base, *site, *headline, *published, *summary;
    } cases[] = {
        {"article_data", "https://coast.example/x", "Coast & Capital",
         "Ferry crews end strike after nine days", "2026-11-23T03:12:00Z",
         "The crews accept the mediator's offer."},
        {"article_social", NULL, "The Harbour Post", "Quay Street gets its trees back",
         "2026-11-20T09:30:00Z", "Ninety limes arrive in March."},
        {"article_microdata", NULL, "Hafenbote", "Brücke bleibt gesperrt",
         "2026-11-19T16:05:00Z", ""},
        {"article_blog", "https://slow.example/map", "Slow Roads",
         "A week with a paper map", "2024-03-04T09:15:00Z", ""},
        {"article_address", "https://council.example/2024/05/30/trains", "",
         "Council votes for night trains", "2024-05-30T00:00:00Z", ""},
        {"article_bare", NULL, "", "Minutes of the rowing club", "2025-10-09T18:30:00Z",
         ""},
        {"article_japanese", NULL, "みなと新聞", "港の灯台、三年ぶりに公開",
         "2026-11-03T10:20:00Z", ""},
        {"article_tables", NULL, "", "Winter lamps tested", "2003-12-05T00:00:00Z", ""},
        {"article_story_of_login", NULL, "Byte Bay",
         "Sign in with a passkey: how a small town did it", "2026-10-02T07:00:00Z", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!parse_file(cases[i].name, cases[i].base)) {
            fail_msg("%s: %s", cases[i].name, info.reason);
        }
        assert_int_equal(info.kind, FEED_HTML);
        assert_int_equal(count, 1);
        assert_string_equal(info.title, cases[i].site);
        assert_string_equal(get(0, HEADLINE_TEXT), cases[i].headline);
        assert_string_equal(time_of(kept[0].published), cases[i].published);
        assert_string_equal(get(0, HEADLINE_SUMMARY), cases[i].summary);
    }
}

static void reads_what_else_an_article_says(void **state)
{
    (void)state;
    assert_true(parse_file("article_data", "https://coast.example/x"));
    assert_string_equal(get(0, HEADLINE_LINK),
                        "https://coast.example/2026/11/23/ferry-strike-ends");
    assert_string_equal(get(0, HEADLINE_IMAGE),
                        "https://coast.example/pictures/ferry.jpg");
    assert_string_equal(get(0, HEADLINE_CATEGORIES), "Transport\nferries\nstrike");
    assert_string_equal(get(0, HEADLINE_LANG), "en-GB");
    assert_string_equal(time_of(kept[0].updated), "2026-11-23T05:00:00Z");
    assert_string_equal(info.feed_url, "https://coast.example/feeds/news.rss");
    assert_true(parse_file("article_blog", NULL));
    assert_string_equal(info.feed_url, "https://slow.example/atom.xml");
    assert_true(parse_file("article_social", NULL));
    assert_string_equal(info.feed_url, "");
}

static void lists_a_front_page(void **state)
{
    (void)state;
    assert_true(parse_file("front", "https://harbour.example/"));
    assert_string_equal(info.title, "Harbour Post");
    assert_int_equal(count, 3); /* not the navigation's, nor a mere "More" */
    assert_string_equal(get(0, HEADLINE_TEXT),
                        "Tide mill turns again after eighty years");
    assert_string_equal(get(0, HEADLINE_LINK), "https://harbour.example/a/1");
    assert_string_equal(get(0, HEADLINE_SUMMARY),
                        "The wheel is new, the stones are old.");
    assert_string_equal(time_of(kept[0].published), "2026-11-22T08:00:00Z");
    assert_string_equal(get(1, HEADLINE_LINK), "https://harbour.example/a/2");
    assert_string_equal(get(2, HEADLINE_TEXT), "Night bus comes back for the winter");
    assert_true(parse_file("front_data", "https://bay.example/"));
    assert_int_equal(count, 3);
    assert_string_equal(get(1, HEADLINE_TEXT), "Pier & market open late");
    assert_string_equal(get(1, HEADLINE_LINK), "https://bay.example/2");
}

/* A front page that is not marked up as a list has none, and is no headline itself. */
static void leaves_an_unmarked_front_page(void **state)
{
    static const char page[] = "<title>Harbour Post: news</title><h1>Harbour Post</h1>"
                               "<p>Welcome to the paper of the coast.</p>";
    (void)state;
    assert_true(parse_as(page, sizeof page - 1, "https://harbour.example/?lang=en"));
    assert_int_equal(info.kind, FEED_HTML);
    assert_int_equal(count, 0);
}

#define HEAD(title, rest) "<html><head><title>" title "</title>" rest "</head><body>"

static void chooses_the_headline(void **state)
{
    static const struct {
        const char *page, *headline, *site;
    } cases[] = {
        {HEAD("Tall tale - Wire", "") "<h1>Tall tale</h1>", "Tall tale", "Wire"},
        {HEAD("Ship runs aground off the cape – My site", "") "<p>x", /* the last part */
         "Ship runs aground off the cape", "My site"},
        {HEAD("Short - Name", "") "<p>x", "Short - Name", "Name"},
        {HEAD("Dock News: Crane fails again", "") "<h1>Dock News</h1>",
         "Dock News: Crane fails again", ""},
        {HEAD("A | Sport | Wire",
              "<meta property=og:site_name content=Wire>"
              "<meta property=og:title content='Regatta | Wire'>") "<h1>Wire</h1>",
         "Regatta", "Wire"},
        {HEAD("Semantic drift - Wordbook",
              "<script type='application/ld+json'>{\"@type\":\"Article\",\"name\":"
              "\"Semantic drift\",\"headline\":\"slow change of meaning\"}</script>"),
         "Semantic drift", "Wordbook"},
        {"<script type='application/ld+json'>{\"@type\":\"Article\",\"name\":"
         "\"Semantic drift\",\"headline\":\"slow change of meaning\"}</script>",
         "Semantic drift", ""},
        {HEAD("R&amp;amp;D budget", "") "<h1>R&amp;amp;D budget</h1>", "R&D budget", ""},
        {"<svg><title>icon</title></svg><title>Real one</title><p>text", "Real one", ""},
        {HEAD("Ferry runs again on Sunday_Coast_Paper", "") "<p>x", /* an identifier's */
         "Ferry runs again on Sunday_Coast_Paper", ""},
        {HEAD("Ferry runs again on Sunday | Coast | Paper", "") "<p>x", /* a section */
         "Ferry runs again on Sunday", "Paper"},
        {HEAD("港の灯台が三年ぶりに公開される_地域_みなと日報", "") "<p>x",
         "港の灯台が三年ぶりに公開される", "みなと日報"},
        {HEAD("", "<meta name=title content=''>") "<h1>Only a <em>heading</em></h1>",
         "Only a heading", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!parse(cases[i].page) || count != 1) {
            fail_msg("%s: %s", cases[i].page, info.reason);
        }
        assert_string_equal(get(0, HEADLINE_TEXT), cases[i].headline);
        assert_string_equal(info.title, cases[i].site);
    }
}

/* The heading on the page against the title that is meant for those who share it. */
static void prefers_what_readers_see(void **state)
{
    static const struct {
        const char *title, *share, *heading, *headline;
    } cases[] = {
        {"Ferry runs again on Sunday : Coast : Paper",
         "Ferry runs again on Sunday : Coast", "Ferry runs again on Sunday",
         "Ferry runs again on Sunday"},
        {"A Day at the Mill | Paper", "A day at the 'mill'", "A Day at the Mill",
         "A Day at the Mill"},
        {"Who pays for the pier? | Paper", "Pier pressure: the bill is here",
         "Who pays for the pier?", "Who pays for the pier?"},
        {"Pier pressure: the bill is here | Paper", "Pier pressure: the bill is here",
         "Who pays?", "Pier pressure: the bill is here"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[600];
        snprintf(page, sizeof page,
                 HEAD("%s", "<meta property=\"og:title\" content=\"%s\"><meta "
                            "name=\"twitter:title\" content=\"%s\">") "<h1>%s</h1><p>x",
                 cases[i].title, cases[i].share, cases[i].share, cases[i].heading);
        assert_true(parse(page));
        assert_string_equal(get(0, HEADLINE_TEXT), cases[i].headline);
    }
}

static void survives_faulty_data(void **state)
{
    static const char *const data[] = {
        "",
        "{",
        "]",
        "{\"@type\":\"NewsArticle\"",
        "{\"@type\":\"NewsArticle\",\"headline\":7,\"image\":{},\"publisher\":[[]]}",
        "{\"@type\":[1,{}],\"@graph\":{\"@graph\":[]},\"headline\":\"\\ud800\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "<![CDATA[<![CDATA[{}",
        "{\"a\":\"\\\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof data / sizeof *data; i++) {
        char page[600];
        snprintf(page, sizeof page,
                 "<title>Still here today</title><script "
                 "type='application/ld+json'>%s</script><p>text",
                 data[i]);
        assert_true(parse(page));
        assert_int_equal(count, 1);
        assert_string_equal(get(0, HEADLINE_TEXT), "Still here today");
    }
}

#define TERMS                                                                            \
    "The guest agrees to do no harm to the network, to its owner, to other guests, to "  \
    "their devices, and to the peace of the house; the house for its part promises "     \
    "nothing at all, neither speed nor privacy. "

#define SENTENCE                                                                         \
    "The council voted on Tuesday to keep the old quay after months of debate. "
#define LONG_TEXT                                                                        \
    "<p>" SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE        \
        SENTENCE SENTENCE

/* Each of these comes with status 200. */
static void refuses_what_is_no_content(void **state)
{
    static const struct {
        const char *page, *cure;
    } cases[] = {
        {HEAD("Hotel WiFi", "") "<p>Accept the terms</p><a href=go>Go on</a>", "network"},
        {HEAD("Get online", "") "<h1>Hello</h1><form><button>Connect</button></form>",
         "asks for something"},
        {HEAD("Guest", "") "<form>Voucher <input name=v></form>", "asks for something"},
        {HEAD("Your account has been suspended", "") "<p>Pay your bill", "error"},
        {HEAD("Sign in", "") "<form><input name=u><input type=password></form>", "login"},
        {HEAD("Welcome", "") "<form><input name=u><input type=PassWord></form>", "login"},
        {HEAD("Log in - Harbour Post", "") "<p>Enter your e-mail", "login"},
        {HEAD("Harbour Post | Login", "") "<form></form>", "login"},
        {HEAD("Sign in to your account", "") "<form></form>", "login"},
        {HEAD("Harbour intranet", "") "<h1>Please log in</h1><form></form>", "login"},
        {HEAD("Anmelden", "") "<form></form>", "login"},
        {HEAD("Connexion", "") "<form></form>", "login"},
        {HEAD("Iniciar sesión – Puerto", "") "<form></form>", "login"},
        {HEAD("Вход", "") "<form></form>", "login"},
        {HEAD("ログイン｜みなと", "") "<h1>ログイン</h1>", "login"},
        {HEAD("Session expired. Please sign in again", "") "", "login"},
        {HEAD("404 Not Found", "") "<center><h1>404 Not Found</h1></center><hr>nginx",
         "error"},
        {HEAD("404", "") "<p>We could not find that.", "error"},
        {HEAD("Error 503 Backend fetch failed", "") "<h1>Error 503</h1>", "error"},
        {HEAD("HTTP Status 500 – Internal Server Error", "") "", "error"},
        {HEAD("502 Bad Gateway", "") "<h1>502 Bad Gateway</h1>", "error"},
        {HEAD("Page not found – Harbour Post", "") "<h1>Oops!</h1>", "error"},
        {HEAD("Harbour Post", "") "<h1>Page not found</h1><p>Try the search.", "error"},
        {HEAD("Seite nicht gefunden | Hafenbote", "") "", "error"},
        {HEAD("Page introuvable", "") "", "error"},
        {HEAD("Database Error", "") "<h1>Error establishing a database connection</h1>",
         "error"},
        {HEAD("Harbour Post", "") "<h1>Error establishing a database connection</h1>",
         "error"},
        {HEAD("WordPress &rsaquo; Error",
              "") "<p>There has been a critical error on this website.",
         "error"},
        {HEAD("Account Suspended", "") "<p>Contact your hosting provider.", "error"},
        {HEAD("Service Unavailable", "") "", "error"},
        {HEAD("Maintenance", "") "<h1>We&rsquo;ll be back soon!</h1>", "error"},
        {HEAD("Just a moment...",
              "<meta http-equiv=refresh content=30>") "<noscript>Enable JavaScript and "
                                                      "cookies to continue</noscript>",
         "robot"},
        {HEAD("Attention Required! | Cloudflare",
              "") "<h1>Sorry, you have been blocked</h1>",
         "robot"},
        {HEAD("Access Denied", "") "<h1>Access Denied</h1>You don't have permission",
         "robot"},
        {HEAD("403 Forbidden", "") "<h1>Forbidden</h1>", ""},
        {HEAD("harbour.example",
              "") "<p>Verify you are human by completing the action below.",
         "robot"},
        {HEAD("Robot Check", "") "<form></form>", "robot"},
        {HEAD("Pardon Our Interruption", "") "<p>As you were browsing", "robot"},
        {HEAD("Captive Portal", "") "<form></form>", "network"},
        {HEAD("Hotel Seeblick",
              "") "<p>Accept the terms to connect.<form><input type=checkbox></form>",
         "network"},
        {HEAD("Seeblick", "") "<p>" TERMS TERMS TERMS TERMS TERMS
                              "<p>Read the terms to get online.<input type=checkbox>",
         "network"},
        {HEAD("410 Gone", "") "", "error"},
        {HEAD("Web Page Blocked!", "") "<p>Your organisation does not allow it.",
         "error"},
        {HEAD("Oops! That page can&rsquo;t be found. | Harbour", "") "", "error"},
        {HEAD("Guest WiFi - Café Mole", "") "<form></form>", "network"},
        {HEAD("Station", "") "<h1>Welcome</h1><p>Press the button to connect to Wi-Fi.",
         "network"},
        {HEAD("Before you continue to Harbour", "") "<form></form>", "consent"},
        {HEAD("Harbour", "") "<p>We and our partners store and/or access information",
         "consent"},
        {HEAD("Apache2 Debian Default Page: It works", "") "<p>This is the default",
         "server's own"},
        {"<html><body><h1>It works!</h1></body></html>", "server's own"},
        {HEAD("Welcome to nginx!", "") "<h1>Welcome to nginx!</h1>", "server's own"},
        {HEAD("IIS Windows Server", "") "", "server's own"},
        {HEAD("Index of /feeds", "") "<h1>Index of /feeds</h1><pre>", "listing"},
        {HEAD("Directory listing for /", "") "<ul><li><a href=a>a</a></ul>", "listing"},
        {HEAD("Harbour App",
              "<script src=/app.js></script>") "<noscript>You need to enable JavaScript "
                                               "to run this app.</noscript><div "
                                               "id=root></div>",
         "JavaScript"},
        {HEAD("Enable JavaScript", "") "<p>This site needs it.", "JavaScript"},
        {HEAD("Harbour", "<script src=/a.js></script>") "<div id=app></div>",
         "JavaScript"},
        {HEAD("Harbour", "<meta http-equiv=refresh content='0;url=/login'>") "",
         "JavaScript"},
        {HEAD("Redirecting...", "") "<a href=/x>here</a>", "JavaScript"},
        {HEAD("harbour.example",
              "") "<p>Buy this domain. It may be for sale by its owner.",
         "for sale"},
        {HEAD("harbour.example - parked domain", "") "<p>This domain is parked",
         "for sale"},
        {HEAD("Gäste-WLAN", "") "<h1>Willkommen im Gäste-WLAN</h1>", "network"},
        {HEAD("Ihre Privatsphäre", "") "<h1>Mit Werbung weiterlesen</h1>", "consent"},
        {HEAD("Informativa", "") "<p>Noi e i nostri partner usiamo i cookie", "consent"},
        {HEAD("Votre vie privée", "") "<h1>Nous respectons votre vie privée", "consent"},
        {HEAD("Seite", "") "<h1>Diese Seite wurde nicht gefunden</h1>", "error"},
        {HEAD("Stránka nenalezena", "") "", "error"},
        {HEAD("Sayfa bulunamadı", "") "", "error"},
        {HEAD("الصفحة غير موجودة", "") "", "error"},
        {HEAD("Sitio en mantenimiento", "") "<h1>En mantenimiento</h1>", "error"},
        {HEAD("Puerto", "") "<h1>メンテナンス中</h1>", "error"},
        {HEAD("Faça login", "") "<form></form>", "login"},
        {HEAD("Page not found | Harbour Post and Evening Gazette",
              "") "<h1>Page not found</h1>" LONG_TEXT,
         "error"},
        {HEAD("News", "") "<nav><a href=a>Town</a> <a href=b>Sea</a> <a href=c>Trade</a>",
         "links without"},
        {HEAD("", "") "<p>Something", "no title"},
        {"<html><body></body></html>", "no title"},
        {"<html><body><div>Loading", "no title"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool known = parse_as(cases[i].page, strlen(cases[i].page),
                              "https://harbour.example/news/1");
        if (known || count || !strstr(info.reason, "a web page, not a feed") ||
            !strstr(info.reason, cases[i].cure)) {
            fail_msg("%s: %d %zu %s", cases[i].page, known, count, info.reason);
        }
        assert_int_equal(info.kind, FEED_UNKNOWN);
    }
}

/* Words of the refusals in the headlines of articles. */
static void airs_stories_about_errors(void **state)
{
    static const char *const titles[] = {
        "Access to parks widened",      "Blocked drain floods Quay Street",
        "Sign language class fills up", "Error of judgement, says minister",
        "404 ships passed the strait",  "Login fees dropped by three banks",
        "Maintenance of the pier ends", "500 years of printing",
    };
    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char page[400];
        snprintf(page, sizeof page, HEAD("%s - Wire", "") "<h1>%s</h1><p>It is so.",
                 titles[i], titles[i]);
        if (!parse(page) || count != 1) {
            fail_msg("%s: %s", titles[i], info.reason);
        }
        assert_string_equal(get(0, HEADLINE_TEXT), titles[i]);
    }
}

/* "Site: headline" loses the site only where another place has the headline alone. */
static void takes_the_site_off_the_front(void **state)
{
    static const char site[] = "<meta property='og:site_name' content='Hafenbote'>";
    char page[400];
    (void)state;
    snprintf(page, sizeof page, HEAD("Hafenbote: Brücke bleibt zu", "%s") "<h1>%s</h1>",
             site, "Brücke bleibt zu");
    assert_true(parse(page));
    assert_string_equal(get(0, HEADLINE_TEXT), "Brücke bleibt zu");
    snprintf(page, sizeof page, HEAD("Hafenbote: eine Zeitung wird 100", "%s"), site);
    assert_true(parse(page));
    assert_string_equal(get(0, HEADLINE_TEXT), "Hafenbote: eine Zeitung wird 100");
}

/* The same words as whole phrases, before a colon or a verb, where the page is an article. */
static void airs_articles_that_begin_like_errors(void **state)
{
    static const char *const titles[] = {
        "Access denied: how visa rules keep scholars out",
        "Error 404: the quest for the lost pages of the net",
        "Just a moment: life in a second",
        "Page not found is the name of her new album",
        "Service unavailable in rural post offices",
        "Cookies: a history of the biscuit",
        "Wartungsarbeiten legen Bahnhof lahm",
    };
    static const char dated[] =
        "<meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2026-11-20T10:00:00Z'>";
    (void)state;
    for (size_t i = 0; i < 2 * sizeof titles / sizeof *titles; i++) {
        const char *title = titles[i / 2];
        char page[4000];
        snprintf(page, sizeof page, HEAD("%s | Wire", "%s") "<h1>%s</h1><p>%s", title,
                 i % 2 ? dated : "", title, i % 2 ? "It is so." : LONG_TEXT);
        if (!parse(page) || count != 1) {
            fail_msg("%s: %s", page, info.reason);
        }
        assert_string_equal(get(0, HEADLINE_TEXT), title);
    }
}

static size_t repeat(char *to, size_t room, const char *text)
{
    size_t n = strlen(text), length = 0;
    while (length + n < room) {
        memcpy(to + length, text, n);
        length += n;
    }
    return length;
}

/* Each would take an HTML parser without a fence minutes or gigabytes. */
static void bears_hostile_pages(void **state)
{
    static const char *const pieces[] = {
        "<div>",
        "<b>",
        "<p><b id=1>",
        "<table><tr><td>",
        "<a href=x>",
        "<svg>",
        "<!--",
        "<",
        "</div>",
        "<title>",
        "<p class=date>1",
        "<meta name=og:title content=x>",
        "<h1>word ",
        "<select>",
        "<ul><li>",
        "<noscript>",
        "<time>2026",
        "&amp;#x41;",
        "<script>",
        "<a b c d e f g=\"",
        "</",
        "<h2><a href=/>",
        "<font color=1>",
        "<template>",
    };
    enum { ROOM = 3 << 20 };
    static const char head[] = "<html><head><title>Harbour closed</title></head><body>";
    char *page = malloc(ROOM);
    (void)state;
    assert_non_null(page);
    memcpy(page, head, sizeof head - 1);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = sizeof head - 1;
        length += repeat(page + length, ROOM - length, pieces[i]);
        parse_as(page, length, "https://harbour.example/news/1");
        assert_true(count <= 1);
    }
    free(page);
}

/* Cut anywhere, a page gives no other headline than the whole one does. */
static void bears_a_cut_anywhere(void **state)
{
    static const char page[] =
        "<!doctype html><html><head><title>Tug sinks at the pier</title><meta "
        "property=\"og:title\" content=\"Tug sinks at the pier\"><script "
        "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Tug "
        "sinks at "
        "the pier\"}</script></head><body><h1>Tug sinks at the pier</h1><p>At dawn.</p>";
    static const char want[] = "Tug sinks at the pier";
    (void)state;
    for (size_t length = 0; length < sizeof page; length++) {
        parse_as(page, length, NULL);
        assert_true(count <= 1);
        const char *text = count ? get(0, HEADLINE_TEXT) : "";
        assert_int_equal(strncmp(text, want, strlen(text)), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_articles_of_every_shape),
        cmocka_unit_test(reads_what_else_an_article_says),
        cmocka_unit_test(lists_a_front_page),
        cmocka_unit_test(leaves_an_unmarked_front_page),
        cmocka_unit_test(chooses_the_headline),
        cmocka_unit_test(prefers_what_readers_see),
        cmocka_unit_test(survives_faulty_data),
        cmocka_unit_test(refuses_what_is_no_content),
        cmocka_unit_test(airs_stories_about_errors),
        cmocka_unit_test(takes_the_site_off_the_front),
        cmocka_unit_test(airs_articles_that_begin_like_errors),
        cmocka_unit_test(bears_hostile_pages),
        cmocka_unit_test(bears_a_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
