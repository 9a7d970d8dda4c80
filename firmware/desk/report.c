/* What became of each headline, for those who ask. */
#include "desk/inside.h"

const char *desk_reason(enum desk_state state)
{
    static const char *const reasons[] = {
        [DESK_AIRS] = "cap",     [DESK_DUPLICATE] = "duplicate",
        [DESK_OLD] = "old",      [DESK_FILTER] = "filter",
        [DESK_CAP] = "cap",      [DESK_EXPIRED] = "expired",
        [DESK_HIDDEN] = "hidden"};
    return reasons[state];
}

static struct desk_report tell_of(const struct entry *entry)
{
    const struct item *item = entry->item;
    const struct story *story = item->story;
    struct desk_report told = {.headline = &item->headline,
                               .state = (enum desk_state)entry->state,
                               .rule = item->rule,
                               .others = story ? story->count - 1 : 0};
    if (told.state == DESK_DUPLICATE && story && story->holder) {
        told.of = &story->holder->headline;
    }
    return told;
}

bool desk_report_from(struct desk *desk, struct desk_place *place, size_t most,
                      desk_tell_fn *tell, void *user)
{
    judge_settle(desk);
    for (; place->source < desk->source_count; place->source++, place->entry = 0) {
        const struct source *source = &desk->sources[place->source];
        for (; place->entry < source->count; place->entry++) {
            struct desk_report told = tell_of(&source->entries[place->entry]);
            if (most-- == 0 || !tell(user, &told)) {
                return true;
            }
        }
    }
    return false;
}

struct all {
    desk_report_fn *report;
    void *user;
};

static bool tell_all(void *user, const struct desk_report *told)
{
    const struct all *all = user;
    all->report(all->user, told);
    return true;
}

void desk_report(struct desk *desk, desk_report_fn *report, void *user)
{
    struct desk_place place = {0};
    struct all all = {report, user};
    desk_report_from(desk, &place, SIZE_MAX, tell_all, &all);
}
