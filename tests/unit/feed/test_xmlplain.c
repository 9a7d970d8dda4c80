/* Plain elements and long texts that pass Expat by: found where they are, told as Expat would tell
 * them, and left to it wherever it would have something to say. */
#include "feed/xmlplain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/buffer.h"
#include "feed/xml.h"
#include "feed/xmldata.h"

enum { LEAST = 8 };

static void add(void *user, const char *text, int length)
{
    buffer_append(user, text, (size_t)length);
}

static bool is_fine(const struct xmlplain_found *found)
{
    return xmldata_is_fine(found->text.at, found->text.length, found->cdata);
}

/* What is found first in DOCUMENT is fine and reads WANT: "name a=value|text", or the text alone;
 * NULL: nothing is found, or it is not fine. */
static void expect(const char *document, const char *want)
{
    struct xmlplain plain = {
        .p = document, .end = document + strlen(document), .least = LEAST};
    struct xmlplain_found found;
    struct buffer out = {0};
    bool fine = xmlplain_next(&plain, &found) && is_fine(&found);
    if (fine != (want != NULL)) {
        fail_msg("%s: %s", document, fine ? "found" : "nothing fine");
    }
    if (!fine) {
        return;
    }
    if (found.words) {
        struct xmlplain_tag tag;
        xmlplain_tag(&found, &tag);
        buffer_text(&out, tag.name);
        for (const char **a = tag.attributes; *a; a += 2) {
            buffer_byte(&out, ' ');
            buffer_text(&out, a[0]);
            buffer_byte(&out, '=');
            buffer_text(&out, a[1]);
        }
        buffer_byte(&out, '|');
    }
    xmldata_give(found.text.at, found.text.length, found.cdata, add, &out);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, want);
    buffer_fini(&out);
}

static void finds_elements(void **state)
{
    (void)state;
    expect("<a>x</a>", "a|x");
    expect("<a></a>", "a|");
    expect("<a/>", "a|");
    expect("<a ><![CDATA[<p>&amp;]]></a>", "a|<p>&amp;");
    expect("<dc:date>1 &lt; 2</dc:date>", "dc:date|1 < 2");
    expect("<g p=\"false\">1</g>", "g p=false|1");
    expect("<m:c\n url='a&amp;b=\"' type=\"x'>y\" />", "m:c url=a&b=\" type=x'>y|");
    expect("<l h=\"&#38;&#x27;\"/>", "l h=&'|");
    expect("<a><b>x</b></a>", "b|x");
    expect("<!-- <a>x</a> --><b>y</b>", "b|y");
    expect("<?p <a>x</a>?>", "a|x"); /* Expat will not confirm */
}

static void finds_long_texts(void **state)
{
    (void)state;
    expect("<a>long enough<b>", "long enough");
    expect("<a>line\nbreak\tand more<b>", "line\nbreak\tand more");
    expect("<a>&lt;p&gt; &amp;amp; &quot;&apos;<b>", "<p> &amp; \"'");
    expect("<a>x &#8217; &#x2019; &#10; y<b>", "x ’ ’ \n y");
    expect("<a>]] ] > ]] here<b>", "]] ] > ]] here");
    expect("<a> <![CDATA[<p>&amp;</p>]]></a>", "<p>&amp;</p>");
    expect("<a b=\"x<y>\">long enough</a>", "\">long enough"); /* nor that */
}

static void leaves_to_expat_what_is_doubtful(void **state)
{
    (void)state;
    expect("<a>short<b>", NULL);
    expect("<!-- <a -->long enough", NULL);
    expect("</a>long enough<b", NULL);
    expect("<a>never ends", NULL);
    expect("<a>x</b>", NULL);
    expect("<a>x</a >", NULL);
    expect("<a>x</aa>", NULL);
    expect("<a b=c>x</a>", NULL);
    expect("<a b='c'd='e'>x</a>", NULL);
    expect("<a b='c' b='d'>x</a>", NULL);
    expect("<a b ='c'>x</a>", NULL);
    expect("<a b='&nbsp;'>x</a>", NULL);
    expect("<a b='line\nbreak'>x</a>", NULL);
    expect("<a b='c'/ >", NULL);
    expect("<1>x</1>", NULL);
    expect("<\xC3\xA9>x</\xC3\xA9>", NULL);
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
    buffer_byte(user, (char)('0' + element->vocabulary));
    for (const char **a = element->attributes; *a; a += 2) {
        buffer_byte(user, ' ');
        buffer_text(user, a[0]);
        buffer_byte(user, '=');
        buffer_text(user, a[1]);
    }
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
        "<a>\n <b>one</b>\n <b c='d'>two</b>\n <b c=\"&lt;\"/>\n</a>",
        "<a><x xmlns='http://www.w3.org/2005/Atom'>y</x><x>y</x></a>",
        "<a xmlns:d='http://purl.org/dc/elements/1.1/'><d:t>y</d:t><e:t>z</e:t></a>",
        "<a><!-- <b>x</b> --><b>y</b><![CDATA[ <c>z</c> ]]><b>w</b></a>",
        "<a><?p <b>x</b>?><b>y</b></a>",
        "<a>x<![CDATA[<b/>]]></a>",
        "<b>the root is plain</b>",
        "<b>the root is plain</b><b>but there are two</b>",
        "<!-- <b>x</b> --> <a><b>y</b></a>",
        "<!DOCTYPE a [<!ATTLIST b c CDATA 'd'>]><a><b>x</b></a>",
        "<a><b>x</b></c>",
        "<a><b>x</b>",
        "<a>]]<b>x</b></a>",
        "<a><b>x</b>]]><b>x</b></a>",
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

/* NULs make Expat take a text for UTF-16, whatever it was told. */
static void takes_no_text_for_utf16(void **state)
{
    static const char text[] = "<\0a\0>\0x\0<\0/\0a\0>\0";
    static const struct xml_handler handler = {on_start, on_text, on_end};
    const struct xml_document document = {text, sizeof text - 1, "", SIZE_MAX};
    char reason[XML_REASON_BYTES];
    struct buffer told = {0};
    (void)state;
    assert_int_equal(xml_read(&document, &handler, &told, reason), XML_FAULTY);
    assert_int_equal(told.length, 0);
    assert_non_null(strstr(reason, "NUL"));
    buffer_fini(&told);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_elements),
        cmocka_unit_test(finds_long_texts),
        cmocka_unit_test(leaves_to_expat_what_is_doubtful),
        cmocka_unit_test(tells_what_expat_tells),
        cmocka_unit_test(takes_no_text_for_utf16),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
