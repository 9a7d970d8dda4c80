/* URLs are read by libcurl's own parser, the one that will also fetch them: two parsers
 * that disagree about where a host ends are how such checks are got round. */
#include "wire/redirect.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "wire/vet.h"

struct origin {
    CURLU *parts;               /* owned */
    char *scheme, *host, *port; /* owned */
};

static void origin_fini(struct origin *origin)
{
    curl_free(origin->scheme);
    curl_free(origin->host);
    curl_free(origin->port);
    curl_url_cleanup(origin->parts);
}

/* URL, then RELATIVE (or NULL) resolved on it. */
static bool origin_init(struct origin *origin, const char *url, const char *relative)
{
    unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE;
    *origin = (struct origin){.parts = curl_url()};
    return origin->parts && !curl_url_set(origin->parts, CURLUPART_URL, url, flags) &&
           (!relative || !curl_url_set(origin->parts, CURLUPART_URL, relative, flags)) &&
           !curl_url_get(origin->parts, CURLUPART_SCHEME, &origin->scheme, 0) &&
           !curl_url_get(origin->parts, CURLUPART_HOST, &origin->host, 0) &&
           (!curl_url_get(origin->parts, CURLUPART_PORT, &origin->port,
                          CURLU_DEFAULT_PORT) ||
            strncasecmp(origin->scheme, "http", 4) != 0);
}

static bool same_host(const struct origin *first, const struct origin *to)
{
    if (!first->port || !to->port || strcasecmp(first->host, to->host) != 0) {
        return false;
    }
    bool upgraded = strcmp(first->port, "80") == 0 && strcmp(to->port, "443") == 0 &&
                    strcasecmp(first->scheme, "http") == 0;
    return upgraded || (strcmp(first->port, to->port) == 0 &&
                        strcasecmp(first->scheme, to->scheme) == 0);
}

static bool local_name(const char *host)
{
    size_t length = strlen(host);
    length -= length > 0 && host[length - 1] == '.';
    static const char name[] = "localhost";
    size_t tail = sizeof name - 1;
    return length >= tail && strncasecmp(host + length - tail, name, tail) == 0 &&
           (length == tail || host[length - tail - 1] == '.');
}

/* NULL if nothing is against it. */
static const char *objection(const struct origin *from, const struct origin *to, bool own)
{
    enum vet_class class = VET_LOOPBACK;
    if (!own && (vet_literal(to->host, &class) || local_name(to->host)) &&
        !vet_allows(VET_TRUST_PUBLIC, class)) {
        return vet_name(class);
    }
    if (strcasecmp(from->scheme, "https") == 0 && strcasecmp(to->scheme, "https") != 0) {
        return "from https to http";
    }
    return NULL;
}

bool redirect_judge(struct redirect *redirect, const char *first, const char *from,
                    const char *location)
{
    struct origin a = {0}, b = {0}, c = {0};
    const char *reason = "its target is no URL";
    *redirect = (struct redirect){0};
    if (!*location || !origin_init(&a, first, NULL) || !origin_init(&b, from, NULL)) {
        goto end;
    }
    bool whole = origin_init(&c, from, location);
    if (c.scheme && strcasecmp(c.scheme, "http") != 0 &&
        strcasecmp(c.scheme, "https") != 0) {
        snprintf(redirect->reason, sizeof redirect->reason, "to %.16s:", c.scheme);
        reason = NULL;
        goto end;
    }
    if (!whole || !c.scheme || !c.host) {
        goto end;
    }
    redirect->own = same_host(&a, &c);
    reason = objection(&b, &c, redirect->own);
    if (!reason && curl_url_get(c.parts, CURLUPART_URL, &redirect->url, 0)) {
        reason = "its target is no URL";
    }
end:
    if (reason) {
        snprintf(redirect->reason, sizeof redirect->reason, "%s", reason);
    }
    origin_fini(&a);
    origin_fini(&b);
    origin_fini(&c);
    return redirect->url != NULL;
}

void redirect_fini(struct redirect *redirect)
{
    curl_free(redirect->url);
    *redirect = (struct redirect){0};
}
