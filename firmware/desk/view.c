/* Sources are chosen before a turn is given, so that one that is not wanted takes none; categories
 * are looked at headline by headline. */
#include "desk/view.h"

#include <string.h>
#include <strings.h>

#include "desk/order.h"

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

static bool lists_exactly(const char *list, const char *name)
{
    const char *word;
    size_t length;
    while ((list = view_word(list, &word, &length))) {
        if (length == strlen(name) && memcmp(word, name, length) == 0) {
            return true;
        }
    }
    return false;
}

struct desk_view view_of(const struct config *config, const struct config_lane *lane)
{
    struct desk_view view = {.some = strcmp(lane->sources, "*") != 0,
                             .categories = lane->categories,
                             .hold_ms = lane->motion == MOTION_CRAWL ? 0 : lane->hold_ms};
    /* What a banner says need not be said a second time, half covered. */
    view.calm = lane->motion != MOTION_CRAWL;
    view.flash_style = headline_style_named(config->flash.style);
    for (size_t i = 0; i <= config->source_count && view.some; i++) {
        const char *name =
            i < config->source_count ? config->sources[i].name : VIEW_PUSHED;
        if (lists_exactly(lane->sources, name)) {
            view.sources[i / 64] |= (uint64_t)1 << i % 64;
        }
    }
    return view;
}

bool view_same(const struct desk_view *a, const struct desk_view *b)
{
    return a->some == b->some && strcmp(a->categories, b->categories) == 0 &&
           memcmp(a->sources, b->sources, sizeof a->sources) == 0;
}

bool view_has_banner(const struct headline *headline, enum headline_style usual)
{
    enum headline_style own = (enum headline_style)headline->style;
    return headline->flash && (own ? own : usual) != HEADLINE_INLINE;
}

bool view_shows(const struct desk_view *view, const struct headline *headline)
{
    if (!view_has_source(view, headline->source) ||
        (view->calm && view_has_banner(headline, view->flash_style))) {
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
    return order_next(desk, cursor, view);
}
