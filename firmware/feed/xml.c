/* Expat's memory goes through a ceiling. Its hash salt comes from where this call's stack and heap
 * lie and from the text: enough that nobody outside can aim collisions at us, and no I/O. The
 * handlers call nothing of Expat but XML_StopParser and what tells the position, which keeps out
 * the faults of re-entry. Plain elements and long texts go round it (feed/xmlplain.h): a parser
 * that looks at each byte would spend most of its time on what is cut after 2,000 characters. */
#include "feed/xml.h"

/* expat.h shows the amplification limits only with this. */
#define XML_DTD 1
#include <expat.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/buffer.h"
#include "feed/ceiling.h"
#include "feed/entity.h"
#include "feed/xmldata.h"
#include "feed/xmlplain.h"
#include "feed/xmlscope.h"

/* In Debian's 2.5.0 as security backports, in plain 2.5.0 absent. */
#pragma weak XML_SetAllocTrackerMaximumAmplification
#pragma weak XML_SetAllocTrackerActivationThreshold
#pragma weak XML_SetReparseDeferralEnabled
XML_Bool XML_SetAllocTrackerMaximumAmplification(XML_Parser parser, float factor);
XML_Bool XML_SetAllocTrackerActivationThreshold(XML_Parser parser,
                                                unsigned long long bytes);
XML_Bool XML_SetReparseDeferralEnabled(XML_Parser parser, XML_Bool enabled);

enum {
    AMPLIFICATION_BYTES = 1 << 20,
    DEEPEST = 120000, /* Expat keeps some hundred bytes for each open element */
    EVENTS = 500000   /* start tags, attributes and references; far beyond any feed */
};

struct xml {
    XML_Parser parser;
    const struct xml_document *document;
    size_t passed_by;        /* bytes of it that Expat was not given */
    bool in_cdata, defaults; /* a DTD declares attributes, which we would not know of */
    const struct xml_handler *handler;
    void *user;
    int depth;
    int events;
    bool stopped, entities, too_much;
    struct xmlscope scope;
};

const char *xml_attribute(const struct xml_element *element, const char *name)
{
    for (const char **a = element->attributes; *a; a += 2) {
        if (strcmp(*a, name) == 0) {
            return a[1];
        }
    }
    return NULL;
}

/* --- Expat's handlers --- */

static void stop(struct xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* What Expat and we do for one costs more than its bytes tell. */
static void count_event(struct xml *xml)
{
    if ((++xml->events > EVENTS || xml->depth > DEEPEST) && !xml->stopped) {
        xml->too_much = true;
        stop(xml);
    }
}

static void XMLCALL on_start(void *user, const XML_Char *name,
                             const XML_Char **attributes)
{
    struct xml *xml = user;
    for (const XML_Char **a = attributes; *a; a += 2) {
        xml->events++;
    }
    count_event(xml);
    if (++xml->depth > XML_DEPTH || xml->stopped) {
        return;
    }
    xmlscope_enter(&xml->scope, attributes, xml->depth);
    const char *colon = strchr(name, ':');
    struct xml_element element = {
        .vocabulary = colon
                          ? xmlscope_vocabulary(&xml->scope, name, (size_t)(colon - name))
                          : xml->scope.vocabulary,
        .prefixed = colon != NULL,
        .name = colon ? colon + 1 : name,
        .depth = xml->depth,
        .attributes = attributes,
    };
    element.base = xmlscope_base(&xml->scope, &element.base_length);
    if (!xml->handler->start(xml->user, &element)) {
        stop(xml);
    }
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct xml *xml = user;
    (void)name;
    if (xml->depth <= XML_DEPTH && !xml->stopped) {
        if (!xml->handler->end(xml->user, xml->depth)) {
            stop(xml);
        }
        xmlscope_leave(&xml->scope, xml->depth);
    }
    xml->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int length)
{
    struct xml *xml = user;
    if (xml->depth <= XML_DEPTH && !xml->stopped) {
        xml->handler->text(xml->user, text, (size_t)length);
    }
}

static void XMLCALL on_cdata_start(void *user)
{
    ((struct xml *)user)->in_cdata = true;
}

static void XMLCALL on_cdata_end(void *user)
{
    ((struct xml *)user)->in_cdata = false;
}

static void XMLCALL on_attributes(void *user, const XML_Char *element,
                                  const XML_Char *attribute, const XML_Char *type,
                                  const XML_Char *value, int is_required)
{
    (void)element, (void)attribute, (void)type, (void)value, (void)is_required;
    ((struct xml *)user)->defaults = true;
}

/* HTML's names, which feeds use without declaring them; others stay as they were written. */
static void XMLCALL on_entity(void *user, const XML_Char *name, int is_parameter)
{
    struct entity entity;
    count_event(user);
    if (is_parameter) {
        return;
    }
    struct buffer text = {0};
    if (entity_find(name, strlen(name), &entity)) {
        buffer_code(&text, entity.codes[0]);
        if (entity.codes[1]) {
            buffer_code(&text, entity.codes[1]);
        }
    } else {
        buffer_byte(&text, '&');
        buffer_text(&text, name);
        buffer_byte(&text, ';');
    }
    if (!text.failed) {
        on_text(user, text.bytes, (int)text.length);
    }
    buffer_fini(&text);
}

static void XMLCALL on_declaration(void *user, const XML_Char *name, int is_parameter,
                                   const XML_Char *value, int length,
                                   const XML_Char *base, const XML_Char *system,
                                   const XML_Char *public, const XML_Char *notation)
{
    struct xml *xml = user;
    (void)name, (void)is_parameter, (void)value, (void)length;
    (void)base, (void)system, (void)public, (void)notation;
    xml->entities = true;
    stop(xml);
}

/* --- The parser --- */

/* Expat salts its hash tables by itself, with what the system has of chance. */
static bool harden(struct xml *xml)
{
    static const XML_Memory_Handling_Suite memory = {ceiling_take, ceiling_take_again,
                                                     ceiling_give};
    xml->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    if (!xml->parser) {
        return false;
    }
    XML_Parser parser = xml->parser;
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
    XML_UseForeignDTD(parser, XML_TRUE);
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, 10.0f);
    XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, AMPLIFICATION_BYTES);
    if (XML_SetAllocTrackerMaximumAmplification &&
        XML_SetAllocTrackerActivationThreshold) {
        XML_SetAllocTrackerMaximumAmplification(parser, 100.0f);
        XML_SetAllocTrackerActivationThreshold(parser, CEILING_BYTES / 2);
    }
    if (XML_SetReparseDeferralEnabled) {
        XML_SetReparseDeferralEnabled(parser, XML_TRUE);
    }
    XML_SetUserData(parser, xml);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetAttlistDeclHandler(parser, on_attributes);
    XML_SetCdataSectionHandler(parser, on_cdata_start, on_cdata_end);
    XML_SetSkippedEntityHandler(parser, on_entity);
    XML_SetEntityDeclHandler(parser, on_declaration);
    return true;
}

/* The line that Expat is at; its own count knows nothing of what passed it by. */
static unsigned long line_of(const struct xml *xml)
{
    const char *p = xml->document->text;
    long index = XML_GetCurrentByteIndex(xml->parser);
    size_t length = (index > 0 ? (size_t)index : 0) + xml->passed_by;
    const char *end =
        p + (length < xml->document->length ? length : xml->document->length);
    unsigned long line = 1;
    for (; p < end; p++) {
        line += *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'));
    }
    return line;
}

static enum xml_end explain(struct xml *xml, char reason[XML_REASON_BYTES])
{
    enum XML_Error error = XML_GetErrorCode(xml->parser);
    unsigned long line = line_of(xml);
    if (xml->entities) {
        snprintf(reason, XML_REASON_BYTES,
                 "it declares entities, which no feed needs (line %lu)", line);
        return XML_REFUSED;
    }
    if (xml->too_much || error == XML_ERROR_NO_MEMORY) {
        snprintf(reason, XML_REASON_BYTES,
                 "too many elements or attributes, or too deep (line %lu)", line);
        return XML_REFUSED;
    }
    if (xml->stopped) {
        return XML_STOPPED;
    }
    snprintf(reason, XML_REASON_BYTES, "broken XML at line %lu: %s", line,
             XML_ErrorString(error));
    switch (error) {
    case XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
        return XML_REFUSED;
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
    case XML_ERROR_PARTIAL_CHAR:
        return XML_SHORT;
    default:
        return XML_FAULTY;
    }
}

static enum XML_Status feed(struct xml *xml, const char *from, const char *to, bool last)
{
    return XML_Parse(xml->parser, from, (int)(to - from), last);
}

/* Whether Expat has read all it was given, up to AT: it is not within a tag or a comment. */
static bool is_between_tokens(const struct xml *xml, const char *at)
{
    size_t given = (size_t)(at - xml->document->text) - xml->passed_by;
    return XML_GetCurrentByteIndex(xml->parser) == (long)given;
}

static bool is_fine(const struct xmlplain_found *found)
{
    return xmldata_is_fine(found->text.at, found->text.length, found->cdata);
}

static void give(struct xml *xml, const struct xmlplain_found *found)
{
    if (found->words) {
        struct xmlplain_tag tag;
        xmlplain_tag(found, &tag);
        on_start(xml, tag.name, tag.attributes);
    }
    xmldata_give(found->text.at, found->text.length, found->cdata, on_text, xml);
    if (found->words) {
        on_end(xml, NULL);
    }
}

static size_t blank_run(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\t')) {
        p++;
    }
    return (size_t)(p - start);
}

/* Plain elements and long texts pass Expat by where it expects one; so does the white space
 * between two of them. Where it has not read to the end of a token the rest is given to it at
 * once: with each piece it would read the token again. */
static enum XML_Status parse(struct xml *xml)
{
    const char *at = xml->document->text, *end = at + xml->document->length;
    struct xmlplain plain = {.p = at, .end = end, .least = xml->document->long_text};
    struct xmlplain_found found;
    bool expected = false;
    while (plain.least != SIZE_MAX && xmlplain_next(&plain, &found)) {
        size_t gap = (size_t)(found.before - at);
        if (expected && blank_run(at, found.before) == gap) {
            on_text(xml, at, (int)gap);
            xml->passed_by += gap;
        } else if (feed(xml, at, found.before, false) == XML_STATUS_OK) {
            expected = xml->depth > 0 && !xml->in_cdata;
        } else {
            return XML_STATUS_ERROR;
        }
        at = found.before;
        if (!is_between_tokens(xml, at) || xml->defaults) {
            break;
        }
        expected = expected && is_fine(&found);
        if (expected) {
            give(xml, &found);
            xml->passed_by += (size_t)(found.behind - at);
            at = plain.p = found.behind;
        }
        if (xml->stopped) {
            return XML_STATUS_ERROR;
        }
    }
    return feed(xml, at, end, true);
}

enum xml_end xml_read(const struct xml_document *document,
                      const struct xml_handler *handler, void *user,
                      char reason[XML_REASON_BYTES])
{
    struct xml *xml = calloc(1, sizeof *xml);
    enum xml_end end = XML_REFUSED;
    if (document->length > 1 && (!document->text[0] || !document->text[1])) {
        /* Told that it is UTF-8 or not, Expat would take it for UTF-16. */
        snprintf(reason, XML_REASON_BYTES, "broken XML at line 1: a NUL");
        free(xml);
        return XML_FAULTY;
    }
    snprintf(reason, XML_REASON_BYTES, "not enough memory");
    if (!xml) {
        return end;
    }
    xml->document = document;
    xml->handler = handler;
    xml->user = user;
    if (document->length <= INT_MAX && xmlscope_init(&xml->scope, document->base) &&
        harden(xml)) {
        enum XML_Status status = parse(xml);
        end = status == XML_STATUS_OK ? XML_WHOLE : explain(xml, reason);
        XML_ParserFree(xml->parser);
    }
    xmlscope_fini(&xml->scope);
    free(xml);
    return end;
}
