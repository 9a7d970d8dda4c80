/* For a while after a boot the screen shows where the board is to be reached: its name, the address of
 * its web page, whether a PIN is asked for, and the address as a code. $MOTOGRAPH_BOARD says for how many
 * seconds; without it, and where the program alone was started anew, there is none. Main thread. */
#ifndef MOTOGRAPH_COMMAND_GREETING_H
#define MOTOGRAPH_COMMAND_GREETING_H

#include <stdbool.h>
#include <stdint.h>

struct run;

enum { GREETING_PIN_BYTES = 32 };

struct greeting {
    bool wanted;
    bool shown; /* the scene has it */
    int64_t length_us;
    int64_t look_us;  /* for an address, next */
    int64_t until_us; /* 0 = there is none yet */
    char pin
        [GREETING_PIN_BYTES]; /* one that the board made up: $MOTOGRAPH_BOARD_PIN; "" = none */
};

/* Whether there is to be one. Reads files: before the first frame. */
void greeting_open(struct greeting *greeting);

/* To be called after each frame: shows it when there is an address, and takes it away. One
 * comparison where there is none. */
void greeting_turn(struct run *run);

#endif
