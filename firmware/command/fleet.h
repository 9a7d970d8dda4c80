/* What the run tells the broker of MQTT, and what it takes from it. Main thread. */
#ifndef MOTOGRAPH_COMMAND_FLEET_H
#define MOTOGRAPH_COMMAND_FLEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/aired.h"
#include "host/mqtt.h"

struct run;

struct fleet {
    struct mqtt *mqtt; /* NULL = off */
    struct mqtt_report told;
    int64_t told_ms;
    uint64_t edition; /* of the desk's flashes, as told */
};

/* Starts MQTT where the configuration wants it. Before the worker, which tells it what has aired. */
void fleet_open(struct run *run);

/* Tells what has aired; USER is the struct fleet. Worker thread. */
void fleet_aired(void *user, const struct aired *aired);

/* Takes orders that have come, and tells what has changed. Once a frame; nearly nothing where nothing
 * has. */
void fleet_turn(struct run *run);

/* False if it hangs and is left behind, with its memory. After the worker. */
bool fleet_close(struct run *run, int timeout_ms);

#endif
