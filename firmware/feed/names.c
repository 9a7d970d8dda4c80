/* Namespace names are compared without case, scheme, "www." and closing '/' or '#': feeds get
 * all of these wrong, and no two vocabularies differ by them. */
#include "feed/names.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *uri; /* without scheme */
    enum vocabulary vocabulary;
} uris[] = {
    {"w3.org/2005/atom", VOCABULARY_ATOM},
    {"purl.org/atom/ns", VOCABULARY_ATOM},
    {"purl.org/rss/1.0", VOCABULARY_NONE},
    {"purl.org/net/rss1.1", VOCABULARY_NONE},
    {"channel.netscape.com/rdf/simple/0.9", VOCABULARY_NONE},
    {"my.netscape.com/rdf/simple/0.9", VOCABULARY_NONE},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", VOCABULARY_NONE},
    {"backend.userland.com/rss", VOCABULARY_NONE},
    {"backend.userland.com/rss2", VOCABULARY_NONE},
    {"backend.userland.com/rss091", VOCABULARY_NONE},
    {"blogs.law.harvard.edu/tech/rss", VOCABULARY_NONE},
    {"cyber.law.harvard.edu/rss/rss.html", VOCABULARY_NONE},
    {"cyber.law.harvard.edu/rss", VOCABULARY_NONE},
    {"rssboard.org/rss-specification", VOCABULARY_NONE},
    {"rss20.org", VOCABULARY_NONE},
    {"purl.org/dc/elements/1.1", VOCABULARY_DC},
    {"purl.org/dc/elements/1.0", VOCABULARY_DC},
    {"purl.org/dc/terms", VOCABULARY_DC},
    {"purl.org/rss/1.0/modules/content", VOCABULARY_CONTENT},
    {"purl.org/rss/modules/content", VOCABULARY_CONTENT},
    {"search.yahoo.com/mrss", VOCABULARY_MEDIA},
    {"search.yahoo.com/rss", VOCABULARY_MEDIA},
    {"video.search.yahoo.com/mrss", VOCABULARY_MEDIA},
    {"itunes.com/dtds/podcast-1.0.dtd", VOCABULARY_ITUNES},
    {"example.com/dtds/podcast-1.0.dtd", VOCABULARY_ITUNES},
    {"w3.org/1999/xhtml", VOCABULARY_XHTML},
    {"w3.org/1999/02/22-rdf-syntax-ns", VOCABULARY_RDF},
    {"urn:oasis:names:tc:emergency:cap:1.2", VOCABULARY_CAP},
    {"urn:oasis:names:tc:emergency:cap:1.1", VOCABULARY_CAP},
    {"incident.com/cap/1.0", VOCABULARY_CAP},
};

static const struct {
    const char *prefix;
    enum vocabulary vocabulary;
} prefixes[] = {
    {"atom", VOCABULARY_ATOM},       {"atom10", VOCABULARY_ATOM},
    {"dc", VOCABULARY_DC},           {"dcterms", VOCABULARY_DC},
    {"content", VOCABULARY_CONTENT}, {"media", VOCABULARY_MEDIA},
    {"itunes", VOCABULARY_ITUNES},   {"xhtml", VOCABULARY_XHTML},
    {"rdf", VOCABULARY_RDF},         {"rss", VOCABULARY_NONE},
    {"cap", VOCABULARY_CAP},
};

static size_t skip(const char *uri, const char *what)
{
    size_t n = strlen(what);
    return strncasecmp(uri, what, n) == 0 ? n : 0;
}

enum vocabulary names_by_uri(const char *uri)
{
    uri += strspn(uri, " \t\r\n");
    size_t scheme = skip(uri, "http://");
    uri += scheme ? scheme : skip(uri, "https://");
    uri += skip(uri, "www.");
    size_t length = strlen(uri);
    while (length && strchr("/# \t\r\n", uri[length - 1])) {
        length--;
    }
    if (length == 0) {
        return VOCABULARY_NONE;
    }
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        if (strncasecmp(uri, uris[i].uri, length) == 0 && uris[i].uri[length] == '\0') {
            return uris[i].vocabulary;
        }
    }
    return VOCABULARY_OTHER;
}

enum vocabulary names_by_prefix(const char *prefix, size_t length)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strncasecmp(prefix, prefixes[i].prefix, length) == 0 &&
            prefixes[i].prefix[length] == '\0') {
            return prefixes[i].vocabulary;
        }
    }
    return VOCABULARY_OTHER;
}
