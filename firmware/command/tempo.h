/* The speed that was set by hand, and whether all stands still: kept here, for a scene is built anew
 * with every screen and configuration. Main thread. */
#ifndef MOTOGRAPH_COMMAND_TEMPO_H
#define MOTOGRAPH_COMMAND_TEMPO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "show/scene.h"

enum { TEMPO_NAME_BYTES = 128 };

/* Zeroed: all at their own speed. */
struct tempo {
    bool paused;
    int percent; /* of all but those named below; 0 = 100 */
    struct {
        char lane[TEMPO_NAME_BYTES];
        int percent;
    } lanes[CONFIG_LANES];
    size_t count;
};

/* Notes it, and applies it to SCENE, where there is one. LANE "" is all of them. False if no lane of
 * SCENE has that name. */
bool tempo_set(struct tempo *tempo, struct scene *scene, const char *lane, int percent);
void tempo_pause(struct tempo *tempo, struct scene *scene, bool paused);

/* Brings a new SCENE (or NULL) to what was noted. */
void tempo_apply(const struct tempo *tempo, struct scene *scene);

#endif
