/* One run of the ticker: what `motograph run` holds, shared by the files that are its parts:
 * run.c wires the floors and tears them down, loop.c turns the frames, card.c the title card.
 * Main thread. */
#ifndef MOTOGRAPH_COMMAND_RUN_H
#define MOTOGRAPH_COMMAND_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/metrics.h"
#include "base/ring.h"
#include "command/airtime.h"
#include "command/answer.h"
#include "command/api.h"
#include "command/attach.h"
#include "command/edition.h"
#include "command/fleet.h"
#include "command/hours.h"
#include "command/keeper.h"
#include "command/greeting.h"
#include "command/options.h"
#include "command/tempo.h"
#include "desk/desk.h"
#include "show/album.h"
#include "host/service.h"
#include "show/pace.h"
#include "show/scene.h"
#include "show/screen.h"
#include "show/theme.h"
#include "wire/worker.h"

enum {
    RUN_FAULTS = 3,
    RUN_FAULT_BYTES = 200,
    RUN_SAMPLES = 1 /* their source where there is no other: 0 is the push source */
};

/* The title card that is up. */
enum run_card { CARD_NONE, CARD_WITH_FAULTS, CARD_STALE /* to be set anew */ };

enum source_state { SOURCE_TRYING, SOURCE_OK, SOURCE_FAILED };

struct run {
    struct options options;
    struct library library;  /* where the configuration comes from */
    struct edition *edition; /* owned: the one in use; the next three are copies of its */
    struct config config;
    struct theme theme;
    struct config_news news; /* how it stands */
    struct ring ring;
    struct ring requests; /* for pictures, from us to the worker */
    struct ring aired;    /* so too: what has left the screen */
    struct airtime airtime;
    struct album *album;
    struct worker *worker;
    struct api *api; /* the web page; NULL = it is off. The worker's while there is one */
    struct keeper keeper;
    struct answer answer;
    struct screen screen;
    struct attach attach; /* of the screen */
    struct scene *scene;
    struct desk *desk;
    struct metrics metrics;
    struct pace pace;
    enum source_state *states; /* one per source */
    struct tempo tempo;        /* by hand */
    struct fleet fleet;
    struct greeting greeting; /* after a boot */
    struct vigil vigil;       /* the hours of the display */
    char faults[RUN_FAULTS][RUN_FAULT_BYTES];
    size_t fault_count;
    bool samples;    /* nothing configured: the built-in ones air */
    bool unreadable; /* there is a configuration, but it cannot be read */
    bool delivered;  /* any source delivered a headline */
    bool redraw;     /* the whole screen, not only what moves */
    bool rebuild;    /* the scene, for a screen that has changed */
    bool ended;      /* by key or window */
    bool broken;     /* the screen is lost for good */
    bool unprinted;  /* a headline could not be printed */
    bool quiet_keys; /* a service has no keys */
    bool stuck;      /* the worker, and it has been said */
    enum run_card card;
    enum work last_work; /* of the frame before, so too the next */
    int64_t last_present_us;
    int64_t present_retry_us; /* no complaint about a failing present before */
    int64_t began_ms;         /* the frame loop */
    int64_t opened_ms;        /* the run */
    struct service service;
};

/* Makes the scene for the screen as it is now, in place of the one there was. False, logged. */
bool run_build_scene(struct run *run);

/* Puts the built-in headlines on the desk. */
void run_put_samples(struct run *run);

/* Takes what the broker of MQTT and the worker have said, at most 32 messages of the latter. */
void run_take_messages(struct run *run);

/* Takes MESSAGE if it is an order (command/tempo.c, and what the desk does by hand). False if it is
 * something else, which is then for the desk: of what was pushed it sets the source. */
bool run_take_order(struct run *run, struct message *message);

/* Whether its bound, a signal, a key or the window has ended the run. */
bool run_is_over(const struct run *run);

/* The screen was opened: frames are counted from now on. */
void run_start_pace(struct run *run);

/* Makes what the next frame shows, so that it is whole: for BUDGET_US at most, and a little. */
void run_ready_frame(struct run *run, int64_t budget_us);

/* Turns frames until the run's bound, a signal, a key or the window ends it. */
void run_frames(struct run *run);

/* Keys, and what happens to the window. */
void run_handle_events(struct run *run);

/* Tells the service manager that all is well, if that is due. Only right after a frame came out,
 * while there is no screen after a look for one, or, while the display is off, after a turn. */
void run_give_sign(struct run *run, int64_t now_us);

/* Puts the title card up, changes it or takes it away, as the run stands. */
void run_update_card(struct run *run);

#endif
