/* Expat's memory goes through a ceiling. Its hash salt comes from where this call's stack and heap
 * lie and from the text: enough that nobody outside can aim collisions at us, and no I/O. The
 * handlers call nothing of Expat but XML_StopParser and what tells the position, which keeps out
 * the faults of re-entry. Long texts go round it (feed/xmltexts.h): a parser that looks at each
 * byte would spend most of its time on articles that are cut after 2,000 characters. */
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
#include "feed/link.h"
#include "feed/xmltexts.h"

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
    BINDINGS = 128,
    PREFIX_BYTES = 20,
    BASE_BYTES = 2048, /* longer ones are passed over */
    PIECE_BYTES = 64 << 10,
    DEEPEST = 120000,     /* Expat keeps some hundred bytes for each open element */
    EVENTS = 500000,      /* start tags, attributes and references; far beyond any feed */
    TAG_BYTES = 512 << 10 /* of one start tag */
};

/* A namespace declaration in force. */
struct binding {
    char prefix[PREFIX_BYTES]; /* "" = the default one */
    enum vocabulary vocabulary;
    int depth; /* of the element that carries it */
};

struct base {
    size_t at, length; /* in xml.bases */
    int depth;
};

struct xml {
    XML_Parser parser;
    const struct xml_document *document;
    size_t passed_by; /* bytes of it that Expat was not given */
    size_t
        tag_end; /* in what Expat was given, behind the start tag just read; 0 = none */
    const struct xml_handler *handler;
    void *user;
    int depth;
    int events;
    bool stopped, entities, too_much;
    enum vocabulary default_vocabulary;
    int binding_count, base_count;
    struct binding bindings[BINDINGS];
    struct base base[XML_DEPTH + 1]; /* [0] is the document's */
    struct buffer bases;
};

/* --- Names --- */

const char *xml_attribute(const struct xml_element *element, const char *name)
{
    for (const char **a = element->attributes; *a; a += 2) {
        if (strcmp(*a, name) == 0) {
            return a[1];
        }
    }
    return NULL;
}

static void bind(struct xml *xml, const char *prefix, const char *uri)
{
    if (xml->binding_count == BINDINGS || strlen(prefix) >= PREFIX_BYTES) {
        return;
    }
    struct binding *binding = &xml->bindings[xml->binding_count++];
    snprintf(binding->prefix, sizeof binding->prefix, "%s", prefix);
    binding->vocabulary = names_by_uri(uri);
    binding->depth = xml->depth;
    if (*prefix == '\0') {
        xml->default_vocabulary = binding->vocabulary;
    }
}

static void unbind(struct xml *xml)
{
    bool changed = false;
    while (xml->binding_count &&
           xml->bindings[xml->binding_count - 1].depth >= xml->depth) {
        xml->binding_count--;
        changed = changed || !xml->bindings[xml->binding_count].prefix[0];
    }
    if (changed) {
        xml->default_vocabulary = VOCABULARY_NONE;
        for (int i = 0; i < xml->binding_count; i++) {
            if (!xml->bindings[i].prefix[0]) {
                xml->default_vocabulary = xml->bindings[i].vocabulary;
            }
        }
    }
}

static enum vocabulary vocabulary_of(const struct xml *xml, const char *prefix,
                                     size_t length)
{
    for (int i = xml->binding_count - 1; i >= 0; i--) {
        if (memcmp(xml->bindings[i].prefix, prefix, length < PREFIX_BYTES ? length : 0) ==
                0 &&
            length < PREFIX_BYTES && xml->bindings[i].prefix[length] == '\0') {
            return xml->bindings[i].vocabulary;
        }
    }
    return names_by_prefix(prefix, length);
}

static void set_base(struct xml *xml, const char *value)
{
    const struct base *outer = &xml->base[xml->base_count - 1];
    size_t start = xml->bases.length, length = strlen(value);
    /* The buffer may move while it grows, and the outer base lies in it. */
    if (length > BASE_BYTES ||
        !buffer_reserve(&xml->bases, link_room(length, outer->length))) {
        return;
    }
    size_t bytes = link_resolve(value, length, xml->bases.bytes + outer->at,
                                outer->length, &xml->bases);
    if (bytes && xml->base_count <= XML_DEPTH) {
        xml->base[xml->base_count++] = (struct base){start, bytes, xml->depth};
    }
}

static void read_scope(struct xml *xml, const char **attributes)
{
    int count = 0;
    for (const char **a = attributes; *a; a += 2) {
        if (++count > XML_ATTRIBUTES) {
            *a = NULL;
            return;
        }
        if (strncmp(*a, "xml", 3) != 0) {
            continue;
        }
        if (strncmp(*a, "xmlns:", 6) == 0) {
            bind(xml, *a + 6, a[1]);
        } else if (strcmp(*a, "xmlns") == 0) {
            bind(xml, "", a[1]);
        } else if (strcmp(*a, "xml:base") == 0) {
            set_base(xml, a[1]);
        }
    }
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
    xml->tag_end = (size_t)XML_GetCurrentByteIndex(xml->parser) +
                   (size_t)XML_GetCurrentByteCount(xml->parser);
    if (++xml->depth > XML_DEPTH || xml->stopped) {
        return;
    }
    read_scope(xml, attributes);
    const char *colon = strchr(name, ':');
    const struct base *base = &xml->base[xml->base_count - 1];
    struct xml_element element = {
        .vocabulary = colon ? vocabulary_of(xml, name, (size_t)(colon - name))
                            : xml->default_vocabulary,
        .prefixed = colon != NULL,
        .name = colon ? colon + 1 : name,
        .depth = xml->depth,
        .attributes = attributes,
        .base = xml->bases.bytes + base->at,
        .base_length = base->length,
    };
    if (!xml->handler->start(xml->user, &element)) {
        stop(xml);
    }
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct xml *xml = user;
    (void)name;
    xml->tag_end = 0;
    if (xml->depth <= XML_DEPTH && !xml->stopped) {
        if (!xml->handler->end(xml->user, xml->depth)) {
            stop(xml);
        }
        if (xml->binding_count) {
            unbind(xml);
        }
        while (xml->base_count > 1 &&
               xml->base[xml->base_count - 1].depth >= xml->depth) {
            xml->bases.length = xml->base[--xml->base_count].at;
        }
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

static unsigned long salt_of(const struct xml *xml)
{
    const char *text = xml->document->text;
    size_t length = xml->document->length;
    uint64_t h =
        (uint64_t)(uintptr_t)xml ^ (uint64_t)(uintptr_t)xml->parser << 17 ^ length;
    size_t step = length / 64 + 1;
    for (size_t i = 0; i < length; i += step) {
        h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
    }
    h = (h ^ h >> 31) * 0x9E3779B97F4A7C15u;
    return (unsigned long)(h ^ h >> 32) | 1;
}

static bool harden(struct xml *xml)
{
    static const XML_Memory_Handling_Suite memory = {ceiling_take, ceiling_take_again,
                                                     ceiling_give};
    xml->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    if (!xml->parser) {
        return false;
    }
    XML_Parser parser = xml->parser;
    XML_SetHashSalt(parser, salt_of(xml));
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
    if (xml->too_much) {
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
    case XML_ERROR_NO_MEMORY:
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

/* Whether Expat, which has been given all up to AT, is within a start tag that is too long. */
static bool in_giant_tag(const struct xml *xml, const char *at)
{
    long index = XML_GetCurrentByteIndex(xml->parser);
    size_t read = (index > 0 ? (size_t)index : 0) + xml->passed_by;
    const char *token = xml->document->text + read;
    return read + TAG_BYTES < (size_t)(at - xml->document->text) && token[0] == '<' &&
           token[1] != '!' && token[1] != '?';
}

/* In pieces, since Expat copies what it gets, and what is small stays in the cache. */
static enum XML_Status feed(struct xml *xml, const char *text, size_t length, bool last)
{
    for (; length > PIECE_BYTES; text += PIECE_BYTES, length -= PIECE_BYTES) {
        enum XML_Status status = XML_Parse(xml->parser, text, PIECE_BYTES, XML_FALSE);
        if (status != XML_STATUS_OK) {
            return status;
        }
        if (in_giant_tag(xml, text + PIECE_BYTES)) {
            xml->too_much = true;
            return XML_STATUS_ERROR;
        }
    }
    return XML_Parse(xml->parser, text, (int)length, last);
}

/* A long text passes Expat by if Expat has just read a start tag and nothing behind it. */
static enum XML_Status parse(struct xml *xml)
{
    const struct xml_document *document = xml->document;
    const char *at = document->text, *end = at + document->length;
    if (!XML_SetReparseDeferralEnabled) {
        /* It would read a long token again with every piece. */
        return XML_Parse(xml->parser, at, (int)document->length, XML_TRUE);
    }
    struct xmltexts texts = {.p = at, .end = end, .least = document->long_text};
    struct xmltexts_found found;
    while (xmltexts_next(&texts, &found)) {
        enum XML_Status status = feed(xml, at, (size_t)(found.before - at), false);
        if (status != XML_STATUS_OK) {
            return status;
        }
        at = found.before;
        size_t given = (size_t)(at - document->text) - xml->passed_by;
        if (xml->tag_end && xml->tag_end == given && xmltexts_is_fine(&found)) {
            xmltexts_give(&found, on_text, xml);
            xml->tag_end = 0;
            xml->passed_by += (size_t)(found.behind - at);
            at = texts.p = found.behind;
        }
    }
    return feed(xml, at, (size_t)(end - at), true);
}

enum xml_end xml_read(const struct xml_document *document,
                      const struct xml_handler *handler, void *user,
                      char reason[XML_REASON_BYTES])
{
    struct xml *xml = calloc(1, sizeof *xml);
    enum xml_end end = XML_REFUSED;
    snprintf(reason, XML_REASON_BYTES, "not enough memory");
    if (!xml) {
        return end;
    }
    xml->document = document;
    xml->handler = handler;
    xml->user = user;
    buffer_text(&xml->bases, document->base);
    buffer_byte(&xml->bases, '\0');
    xml->base[0].length = strlen(document->base);
    xml->base_count = 1;
    if (document->length <= INT_MAX && !xml->bases.failed && harden(xml)) {
        enum XML_Status status = parse(xml);
        end = status == XML_STATUS_OK ? XML_WHOLE : explain(xml, reason);
        XML_ParserFree(xml->parser);
    }
    buffer_fini(&xml->bases);
    free(xml);
    return end;
}
