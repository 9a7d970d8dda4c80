/* Both are stacks, pushed at a start tag and popped at the end tag of the same depth. */
#include "feed/xmlscope.h"

#include <stdio.h>
#include <string.h>

#include "feed/link.h"

enum { BASE_BYTES = 2048 /* longer ones are passed over */ };

bool xmlscope_init(struct xmlscope *scope, const char *base)
{
    *scope = (struct xmlscope){.base_count = 1};
    scope->base[0].length = strlen(base);
    buffer_text(&scope->bases, base);
    buffer_byte(&scope->bases, '\0');
    return !scope->bases.failed;
}

void xmlscope_fini(struct xmlscope *scope)
{
    buffer_fini(&scope->bases);
}

static void bind(struct xmlscope *scope, const char *prefix, const char *uri, int depth)
{
    if (scope->binding_count == XMLSCOPE_BINDINGS ||
        strlen(prefix) >= XMLSCOPE_PREFIX_BYTES) {
        return;
    }
    struct xmlscope_binding *binding = &scope->bindings[scope->binding_count++];
    snprintf(binding->prefix, sizeof binding->prefix, "%s", prefix);
    binding->vocabulary = names_by_uri(uri);
    binding->depth = depth;
    if (*prefix == '\0') {
        scope->vocabulary = binding->vocabulary;
    }
}

static void unbind(struct xmlscope *scope, int depth)
{
    bool changed = false;
    while (scope->binding_count &&
           scope->bindings[scope->binding_count - 1].depth >= depth) {
        scope->binding_count--;
        changed = changed || !scope->bindings[scope->binding_count].prefix[0];
    }
    if (changed) {
        scope->vocabulary = VOCABULARY_NONE;
        for (int i = 0; i < scope->binding_count; i++) {
            if (!scope->bindings[i].prefix[0]) {
                scope->vocabulary = scope->bindings[i].vocabulary;
            }
        }
    }
}

enum vocabulary xmlscope_vocabulary(const struct xmlscope *scope, const char *prefix,
                                    size_t length)
{
    for (int i = scope->binding_count - 1; i >= 0; i--) {
        if (memcmp(scope->bindings[i].prefix, prefix,
                   length < XMLSCOPE_PREFIX_BYTES ? length : 0) == 0 &&
            length < XMLSCOPE_PREFIX_BYTES && scope->bindings[i].prefix[length] == '\0') {
            return scope->bindings[i].vocabulary;
        }
    }
    return names_by_prefix(prefix, length);
}

static void set_base(struct xmlscope *scope, const char *value, int depth)
{
    const struct xmlscope_base *outer = &scope->base[scope->base_count - 1];
    size_t start = scope->bases.length, length = strlen(value);
    /* The buffer may move while it grows, and the outer base lies in it. */
    if (length > BASE_BYTES ||
        !buffer_reserve(&scope->bases, link_room(length, outer->length))) {
        return;
    }
    size_t bytes = link_resolve(value, length, scope->bases.bytes + outer->at,
                                outer->length, &scope->bases);
    if (bytes && scope->base_count <= XMLSCOPE_DEPTH) {
        scope->base[scope->base_count++] = (struct xmlscope_base){start, bytes, depth};
    }
}

void xmlscope_enter(struct xmlscope *scope, const char **attributes, int depth)
{
    int count = 0;
    for (const char **a = attributes; *a; a += 2) {
        if (++count > XMLSCOPE_ATTRIBUTES) {
            *a = NULL;
            return;
        }
        if (strncmp(*a, "xml", 3) != 0) {
            continue;
        }
        if (strncmp(*a, "xmlns:", 6) == 0) {
            bind(scope, *a + 6, a[1], depth);
        } else if (strcmp(*a, "xmlns") == 0) {
            bind(scope, "", a[1], depth);
        } else if (strcmp(*a, "xml:base") == 0) {
            set_base(scope, a[1], depth);
        }
    }
}

void xmlscope_leave(struct xmlscope *scope, int depth)
{
    if (scope->binding_count) {
        unbind(scope, depth);
    }
    while (scope->base_count > 1 && scope->base[scope->base_count - 1].depth >= depth) {
        scope->bases.length = scope->base[--scope->base_count].at;
    }
}

const char *xmlscope_base(const struct xmlscope *scope, size_t *length)
{
    const struct xmlscope_base *base = &scope->base[scope->base_count - 1];
    *length = base->length;
    return scope->bases.bytes + base->at;
}
