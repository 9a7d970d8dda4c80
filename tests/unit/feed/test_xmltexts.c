/* Long texts that pass Expat by: found where they are, told as Expat would tell them, and left to
 * it wherever it would have something to say. */
#include "feed/xmltexts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/buffer.h"
#include "feed/xml.h"

enum { LEAST = 8 };

static void add(void *user, const char *text, int length)
{
    buffer_append(user, text, (size_t)length);
}

/* The first long text of DOCUMENT is fine and reads WANT; NULL: it is none, or not fine. */
static void expect(const char *document, const char *want)
{
    struct xmltexts texts = {
        .p = document, .end = document + strlen(document), .least = LEAST};
    struct xmltexts_found found;
    struct buffer out = {0};
    if (!xmltexts_next(&texts, &found) || !xmltexts_is_fine(&found)) {
        if (want) {
            fail_msg("%s: no fine text", document);
        }
        return;
    }
    xmltexts_give(&found, add, &out);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, want ? want : "nothing");
    buffer_fini(&out);
}

static void finds_and_decodes(void **state)
{
    (void)state;
    expect("<a>long enough</a>", "long enough");
    expect("<a>short</a><b>long enough</b>", "long enough");
    expect("<a>line\nbreak\tand more</a>", "line\nbreak\tand more");
    expect("<a>&lt;p&gt; &amp;amp; &quot;&apos;</a>", "<p> &amp; \"'");
    expect("<a>x &#8217; &#x2019; &#10; y</a>", "x ’ ’ \n y");
    expect("<a>]] ] > ]] here</a>", "]] ] > ]] here");
    expect("<a><![CDATA[<p>&amp;</p>]]></a>", "<p>&amp;</p>");
    expect("<a b=\"x>y\">long enough</a>",
           "y\">long enough"); /* Expat will not confirm */
}

static void leaves_to_expat_what_is_doubtful(void **state)
{
    (void)state;
    expect("<a>short</a>", NULL);
    expect("<!-- <a -->long enough", NULL);
    expect("</a>long enough<b/>", NULL);
    expect("<a>never ends", NULL);
    expect("<a>x &nbsp; long enough</a>", NULL);
    expect("<a>x & y long enough</a>", NULL);
    expect("<a>x &lt y long enough</a>", NULL);
    expect("<a>x &#0; long enough</a>", NULL);
    expect("<a>x &#xD800; long enough</a>", NULL);
    expect("<a>x &#xFFFE; long enough</a>", NULL);
    expect("<a>x &#X41; long enough</a>", NULL);
    expect("<a>x &#; long enough</a>", NULL);
    expect("<a>x ]]> long enough</a>", NULL);
    expect("<a>x \x01 long enough</a>", NULL);
    expect("<a>x \xEF\xBF\xBE long enough</a>", NULL);
    expect("<a><![CDATA[never ends", NULL);
    expect("<a><![CDATA[control \x02 inside]]></a>", NULL);
}

/* --- Through xml_read --- */

static bool on_start(void *user, const struct xml_element *element)
{
    buffer_byte(user, '<');
    buffer_text(user, element->name);
    return true;
}

static void on_text(void *user, const char *text, size_t length)
{
    buffer_append(user, text, length);
}

static bool on_end(void *user, int depth)
{
    buffer_byte(user, '/');
    buffer_byte(user, (char)('0' + depth % 10));
    return true;
}

static enum xml_end read_xml(const char *text, size_t long_text, struct buffer *told,
                             char reason[XML_REASON_BYTES])
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    const struct xml_document document = {text, strlen(text), "", long_text};
    enum xml_end end = xml_read(&document, &handler, told, reason);
    buffer_byte(told, '\0');
    return end;
}

static void tells_what_expat_tells(void **state)
{
    static const char *const documents[] = {
        "<a><b>long enough &amp; more</b> tail text that is long <c/> and so on</a>",
        "<a b='>>>>>>>>>>>>>>>>>>'>x</a>",
        "<a b='>long enough'>long enough</a>",
        "<a><!-- <b>long enough</b> --><b>long enough</b></a>",
        "<a><?pi <b>long enough ?><b>long enough</b></a>",
        "<a><b/>long enough, behind an empty one<b/></a>",
        "<a><b><![CDATA[one <i>long enough]]>two<![CDATA[three long enough]]></b></a>",
        "<a> <![CDATA[behind a blank, long enough]]></a>",
        "<a><![CDATA[<b>long enough</b>]]></a>",
        "<!DOCTYPE a [<!ELEMENT a ANY>]><a>long enough</a>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>long enough &b;</a>",
        "<a>long enough &nbsp; with a name of HTML</a>",
        "<a>long enough</a>trailing junk, long enough<b>",
        "<a>long enough\n\n<b>mismatch, long enough</c></a>",
        "<a>long enough\r\nof lines\r\n</a>\n<",
        "<a>long ]]> enough</a>",
        "<![CDATA[long enough, before the root]]><a/>",
        "<a><b>long enough but cut",
        "<a>long \x01 enough</a>",
        "<a/>long enough, behind the root<b>long enough</b>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        char reason[2][XML_REASON_BYTES] = {"", ""};
        struct buffer with = {0}, without = {0};
        enum xml_end end = read_xml(documents[i], LEAST, &with, reason[0]);
        assert_int_equal(end, read_xml(documents[i], SIZE_MAX, &without, reason[1]));
        /* Expat makes one line end of two. */
        if (!strchr(documents[i], '\r')) {
            assert_string_equal(with.bytes, without.bytes);
        }
        assert_string_equal(reason[0], reason[1]);
        buffer_fini(&with);
        buffer_fini(&without);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_and_decodes),
        cmocka_unit_test(leaves_to_expat_what_is_doubtful),
        cmocka_unit_test(tells_what_expat_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
