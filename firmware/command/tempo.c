/* Notes are few: one for each lane that was named. */
#define LOG_MODULE "run"
#include "command/tempo.h"

#include <string.h>

#include "base/log.h"
#include "base/message.h"
#include "command/run.h"

/* The note of LANE, a new one if there is none; NULL if there is no room. */
static int *note_of(struct tempo *tempo, const char *lane)
{
    for (size_t i = 0; i < tempo->count; i++) {
        if (strcmp(tempo->lanes[i].lane, lane) == 0) {
            return &tempo->lanes[i].percent;
        }
    }
    size_t length = strlen(lane);
    if (tempo->count == CONFIG_LANES || length >= TEMPO_NAME_BYTES) {
        return NULL;
    }
    memcpy(tempo->lanes[tempo->count].lane, lane, length + 1);
    return &tempo->lanes[tempo->count++].percent;
}

bool tempo_set(struct tempo *tempo, struct scene *scene, const char *lane, int percent)
{
    if (scene && scene_set_speed(scene, lane, percent) == 0) {
        return false;
    }
    if (!*lane) {
        tempo->percent = percent;
        tempo->count = 0;
        return true;
    }
    int *note = note_of(tempo, lane);
    if (note) {
        *note = percent;
    }
    return note != NULL;
}

void tempo_pause(struct tempo *tempo, struct scene *scene, bool paused)
{
    tempo->paused = paused;
    if (scene) {
        scene_pause(scene, paused);
    }
}

void tempo_apply(const struct tempo *tempo, struct scene *scene)
{
    if (!scene) {
        return;
    }
    scene_set_speed(scene, "", tempo->percent ? tempo->percent : 100);
    for (size_t i = 0; i < tempo->count; i++) {
        scene_set_speed(scene, tempo->lanes[i].lane, tempo->lanes[i].percent);
    }
    scene_pause(scene, tempo->paused);
}

static void take_away(struct run *run, const struct message *message)
{
    const char *id = headline_get(&message->headline, HEADLINE_ID);
    bool clear = message->kind == MESSAGE_CLEAR;
    size_t count = clear ? desk_clear(run->desk, id) : desk_hide(run->desk, id);
    if (keeper_note_hides(&run->keeper, run->desk)) {
        worker_wake(run->worker);
    }
    if (message->inquiry) {
        message->inquiry->order.count = count;
        answer_give(run, message->inquiry);
    } else if (count == 0) {
        log_info("nothing on the desk has the id of the %s to be %s",
                 clear ? "flash" : "headline", clear ? "cleared" : "hidden");
    }
}

static void set_speed(struct run *run, const struct message *message)
{
    const char *lane = headline_get(&message->headline, HEADLINE_SOURCE);
    if (!tempo_set(&run->tempo, run->scene, lane, message->count)) {
        log_warning("no lane has the name that a new speed was sent for: left as it is");
    }
}

bool run_take_order(struct run *run, struct message *message)
{
    if (message->pushed) {
        /* Who sent it may not know yet how many are configured now. */
        message->source = (uint16_t)run->config.source_count;
    }
    switch (message->kind) {
    case MESSAGE_CLEAR:
    case MESSAGE_HIDE:
        take_away(run, message);
        return true;
    case MESSAGE_SPEED:
        set_speed(run, message);
        return true;
    case MESSAGE_PAUSE:
        tempo_pause(&run->tempo, run->scene, message->count != 0);
        return true;
    default:
        return false;
    }
}
