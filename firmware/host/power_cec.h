/* HDMI-CEC (HDMI 1.4b, supplement 1): a television is told to stand by, or to wake and show us, by
 * cec-ctl of the package v4l-utils, one process for each adapter. toolchain/service/cec.conf lets our
 * user do it. */
#ifndef MOTOGRAPH_HOST_POWER_CEC_H
#define MOTOGRAPH_HOST_POWER_CEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define POWER_CEC_DEVICES "/dev/cec*"

enum { POWER_CEC_ADAPTERS = 4, POWER_CEC_MS = 10000 /* then it hangs, and is ended */ };

struct power_cec {
    pid_t children[POWER_CEC_ADAPTERS];
    size_t count;
    size_t failed; /* of them, so far */
    int64_t until_ms;
};

/* Sends it to every adapter that matches DEVICES and does not wait for the outcome. False if there
 * was nothing to send it by. WHY: by what, or why not. */
bool power_cec_send(struct power_cec *cec, const char *devices, bool on, char *why,
                    size_t room);

/* Sees to the processes: notes, and logs, those that failed, and ends those that hang. */
void power_cec_turn(struct power_cec *cec);

/* Ends them. */
void power_cec_end(struct power_cec *cec);

#endif
