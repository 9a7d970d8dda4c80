/* HDMI-CEC (HDMI 1.4b, supplement 1): a television is told to stand by, or to wake and show us, by
 * cec-ctl of the package v4l-utils, one process for each adapter. toolchain/service/cec.conf lets
 * our user do it. Main thread. */
#ifndef MOTOGRAPH_HOST_POWER_CEC_H
#define MOTOGRAPH_HOST_POWER_CEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define POWER_CEC_DEVICES "/dev/cec*"

enum {
    POWER_CEC_ADAPTERS = 4,
    POWER_CEC_MS = 10000,     /* then it hangs, and is ended */
    POWER_CEC_SHOW_MS = 30000 /* for a television to come up */
};

struct power_cec {
    pid_t children[POWER_CEC_ADAPTERS];
    size_t count;
    size_t failed; /* of them, so far */
    int64_t until_ms;
    const char
        *devices; /* by which it is yet to be told to show us; NULL = it need not */
    int64_t show_ms, show_until_ms;
};

/* Sends it to every adapter that matches DEVICES and does not wait for the outcome. False if there
 * was nothing to send it by. WHY: by what, or why not. */
bool power_cec_send(struct power_cec *cec, const char *devices, bool on, char *why,
                    size_t room);

/* A television that was sent a wake also shows us, whatever input it was left on ("One Touch Play"):
 * said by power_cec_turn once the wake is out and the adapter has an address, which it has not while
 * a television sleeps that looks unplugged then. DEVICES must stay. */
void power_cec_show(struct power_cec *cec, const char *devices);

/* Sees to the processes: notes, and logs, those that failed, and ends those that hang. */
void power_cec_turn(struct power_cec *cec);

/* Ends them, and says no more. */
void power_cec_end(struct power_cec *cec);

#endif
