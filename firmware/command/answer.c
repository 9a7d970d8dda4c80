/* Everything is told in slices: some headlines a frame, some rows. The questions come one at a time
 * of each kind, so a frame never does more than one slice of each. */
#include "command/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "command/run.h"

enum {
    SLICE_ITEMS = 12,   /* headlines a frame */
    SLICE_LOOKS = 256,  /* and so many it looks at */
    LANE_ITEMS = 40,    /* of each lane */
    HIDDEN_ITEMS = 300, /* of all */
    FLASHES = 16
};

void answer_give(struct run *run, struct inquiry *inquiry)
{
    struct inquiry **slot = ring_reserve(&run->answer.ring);
    if (slot) { /* there always is one, ANSWER_SLOTS */
        *slot = inquiry;
        ring_commit(&run->answer.ring);
        worker_wake(run->worker);
    }
}

/* --- Status ----------------------------------------------------------------------------- */

static void count_sources(const struct run *run, struct inquiry_status *status)
{
    int64_t now = clock_wall();
    for (size_t i = 0; i < run->config.source_count; i++) {
        int64_t good_at = desk_good_at(run->desk, i);
        status->ok += run->states[i] == SOURCE_OK;
        status->failed += run->states[i] == SOURCE_FAILED;
        status->trying += run->states[i] == SOURCE_TRYING;
        status->stale += good_at != HEADLINE_NO_TIME && clock_known(now) &&
                         now - good_at > run->config.desk.stale_after_s;
    }
}

static void tell_lanes(const struct run *run, struct inquiry_status *status)
{
    struct scene_lane lane;
    while (run->scene && status->lane_count < CONFIG_LANES &&
           scene_lane(run->scene, status->lane_count, &lane)) {
        struct inquiry_lane *told = &status->lanes[status->lane_count++];
        *told =
            (struct inquiry_lane){.motion = lane.motion, .speed_percent = lane.percent};
        snprintf(told->name, sizeof told->name, "%s", lane.name);
        told->area[0] = lane.area.x;
        told->area[1] = lane.area.y;
        told->area[2] = lane.area.w;
        told->area[3] = lane.area.h;
    }
}

static void tell_flashes(const struct run *run, struct inquiry *inquiry)
{
    static const char *const styles[] = {[HEADLINE_INLINE] = "inline",
                                         [HEADLINE_BANNER] = "banner",
                                         [HEADLINE_TAKEOVER] = "takeover"};
    const struct headline *flashes[FLASHES];
    size_t count = desk_flashes(run->desk, flashes, FLASHES);
    for (size_t i = 0; i < count; i++) {
        struct inquiry_item item = {.kind = INQUIRY_FLASH};
        uint8_t style = flashes[i]->style;
        bool known = style > 0 && style < sizeof styles / sizeof *styles;
        snprintf(item.lane, sizeof item.lane, "%s",
                 known ? styles[style] : run->config.flash.style);
        inquiry_put(inquiry, &item, flashes[i], "");
    }
}

static void tell_status(struct run *run, struct inquiry *inquiry)
{
    struct inquiry_status *status = &inquiry->status;
    *status = (struct inquiry_status){.metrics = run->metrics,
                                      .w = run->screen.w,
                                      .h = run->screen.h,
                                      .refresh_hz = run->screen.refresh_hz,
                                      .headlines = desk_count(run->desk),
                                      .paused = run->tempo.paused,
                                      .off = run->vigil.off,
                                      .until = run->vigil.state.until};
    hours_tell(run, status->display);
    if (run->began_ms) {
        status->seconds = (double)(clock_ms() - run->began_ms) / 1000;
    }
    snprintf(status->driver, sizeof status->driver, "%s",
             run->screen.driver ? run->screen.driver : "");
    snprintf(status->renderer, sizeof status->renderer, "%s",
             run->screen.name ? run->screen.name : "");
    count_sources(run, status);
    tell_lanes(run, status);
    tell_flashes(run, inquiry);
}

/* --- Rundown ---------------------------------------------------------------------------- */

/* Lanes that take turns at one walk are told of once. */
static bool is_told(const struct run *run, size_t number, const struct scene_lane *lane)
{
    struct scene_lane other;
    for (size_t i = 0; i < number && scene_lane(run->scene, i, &other); i++) {
        if (other.cursor == lane->cursor) {
            return true;
        }
    }
    return lane->motion == MOTION_CLOCK;
}

static void next_lane(struct run *run)
{
    struct answer *answer = &run->answer;
    desk_leave(run->desk, &answer->cursor);
    answer->lane++;
    answer->told = 0;
    answer->ahead_ms = 0;
}

/* The next headline that LANE will air; NULL when it has been told of. */
static const struct headline *walk_on(struct run *run, const struct scene_lane *lane,
                                      int64_t *at)
{
    struct answer *answer = &run->answer;
    struct desk_cursor *cursor = &answer->cursor;
    if (answer->told == 0 && cursor->lane == 0) {
        desk_fork(run->desk, lane->cursor, cursor);
    }
    int64_t spent_ms = cursor->spent_ms;
    uint64_t lap = cursor->lap;
    const struct headline *headline =
        answer->told < LANE_ITEMS ? view_next(lane->view, run->desk, cursor) : NULL;
    if (!headline || (answer->told > 0 && headline->identity == answer->first)) {
        return NULL;
    }
    if (answer->told++ == 0) {
        answer->first = headline->identity;
    }
    *at = clock_wall() + answer->ahead_ms / 1000;
    answer->ahead_ms += cursor->spent_ms - (cursor->lap == lap ? spent_ms : 0);
    return headline;
}

/* False when the slice is full. */
static bool tell_lane(struct run *run, struct inquiry *inquiry,
                      const struct scene_lane *lane, int *left)
{
    struct inquiry_item item = {.kind = INQUIRY_AIRS};
    snprintf(item.lane, sizeof item.lane, "%s", lane->name);
    while (*left > 0 && inquiry->room - inquiry->used >= INQUIRY_ITEM_BYTES) {
        const struct headline *headline = walk_on(run, lane, &item.at);
        if (!headline) {
            return true;
        }
        inquiry_put(inquiry, &item, headline, "");
        (*left)--;
    }
    return false;
}

/* Whether any lane airs HEADLINE when its turn comes. */
static bool has_lane(const struct run *run, const struct headline *headline)
{
    struct scene_lane lane;
    for (size_t i = 0; run->scene && scene_lane(run->scene, i, &lane); i++) {
        if (lane.motion != MOTION_CLOCK && view_shows(lane.view, headline)) {
            return true;
        }
    }
    return !run->scene;
}

/* What another headline is told by. */
static const char *name_of(const struct headline *headline)
{
    const char *id = headline_get(headline, HEADLINE_ID);
    const char *link = headline_get(headline, HEADLINE_LINK);
    return *id ? id : *link ? link : headline_get(headline, HEADLINE_TEXT);
}

struct hiding {
    struct run *run;
    struct inquiry *inquiry;
    int left;
};

static bool tell_hidden(void *user, const struct desk_report *told)
{
    struct hiding *hiding = user;
    struct inquiry *inquiry = hiding->inquiry;
    bool airs = told->state == DESK_AIRS;
    if (airs && (told->headline->flash || has_lane(hiding->run, told->headline))) {
        return true;
    }
    if (hiding->left == 0 || inquiry->room - inquiry->used < INQUIRY_ITEM_BYTES) {
        return false;
    }
    struct inquiry_item item = {.kind = INQUIRY_HIDDEN,
                                .rule = told->rule,
                                .reason = airs ? "filter" : desk_reason(told->state)};
    snprintf(item.lane, sizeof item.lane, "%s", airs ? "[lane]" : "");
    inquiry_put(inquiry, &item, told->headline, told->of ? name_of(told->of) : "");
    hiding->left--;
    hiding->run->answer.told++;
    return hiding->run->answer.told < HIDDEN_ITEMS;
}

static void tell_rundown(struct run *run, struct inquiry *inquiry)
{
    struct answer *answer = &run->answer;
    struct scene_lane lane;
    int left = SLICE_ITEMS;
    inquiry->more = true;
    if (inquiry->begins) {
        desk_leave(run->desk, &answer->cursor);
        answer->lane = 0;
        answer->told = 0;
        answer->ahead_ms = 0;
        answer->place = (struct desk_place){0};
    }
    for (; run->scene && scene_lane(run->scene, answer->lane, &lane); next_lane(run)) {
        if (!is_told(run, answer->lane, &lane) &&
            !tell_lane(run, inquiry, &lane, &left)) {
            return;
        }
    }
    struct hiding hiding = {.run = run, .inquiry = inquiry, .left = left};
    inquiry->more =
        desk_report_from(run->desk, &answer->place, SLICE_LOOKS, tell_hidden, &hiding) &&
        answer->told < HIDDEN_ITEMS;
}

void answer_take(struct run *run, struct inquiry *inquiry)
{
    inquiry->used = 0;
    inquiry->more = false;
    switch (inquiry->kind) {
    case INQUIRY_STATUS:
        tell_status(run, inquiry);
        break;
    case INQUIRY_RUNDOWN:
        tell_rundown(run, inquiry);
        break;
    default:
        run->answer.strip = inquiry;
        if (run->scene) {
            return;
        }
        if (run->vigil.off) {
            answer_black(run);
            return;
        }
        inquiry->strip.w = 0;
        inquiry->strip.rows = 0;
        run->answer.strip = NULL;
        break;
    }
    answer_give(run, inquiry);
}
