/* The walk goes over everything and marks what it passes as aired, for its own cursor only:
 * so the desk need not know who wants what. */
#include "desk/view.h"

#include <string.h>
#include <strings.h>

bool view_has_source(const struct desk_view *view, size_t source)
{
    return !view->some ||
           (source < VIEW_SOURCES && (view->sources[source / 64] >> source % 64 & 1));
}

const char *view_word(const char *list, const char **name, size_t *length)
{
    list += strspn(list, ", \t");
    size_t bytes = strcspn(list, ",");
    *name = list;
    *length = bytes;
    while (*length > 0 && (list[*length - 1] == ' ' || list[*length - 1] == '\t')) {
        --*length;
    }
    return bytes > 0 ? list + bytes : NULL;
}

static bool lists(const char *list, const char *word, size_t length)
{
    const char *name;
    size_t bytes;
    while ((list = view_word(list, &name, &bytes))) {
        if (bytes == length && strncasecmp(name, word, length) == 0) {
            return true;
        }
    }
    return false;
}

bool view_shows(const struct desk_view *view, const struct headline *headline)
{
    if (!view_has_source(view, headline->source) || (view->calm && headline->flash)) {
        return false;
    }
    const char *wanted = view->categories;
    if (!wanted || strcmp(wanted, "*") == 0) {
        return true;
    }
    for (const char *at = headline_get(headline, HEADLINE_CATEGORIES); *at;) {
        size_t length = strcspn(at, "\n");
        if (lists(wanted, at, length)) {
            return true;
        }
        at += length + (at[length] == '\n');
    }
    return false;
}

const struct headline *view_next(const struct desk_view *view, struct desk *desk,
                                 struct desk_cursor *cursor)
{
    for (int passed = 0; passed < VIEW_PASSED; passed++) {
        const struct headline *headline = desk_next(desk, cursor);
        if (!headline || view_shows(view, headline)) {
            return headline;
        }
    }
    return NULL;
}
