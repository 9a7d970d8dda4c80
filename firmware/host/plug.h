/* What the kernel says of its own accord when a screen is plugged in, pulled, or has changed what it
 * can show (uevents of the subsystem drm, over netlink). Anybody may listen; nothing is sent.
 * Main thread. */
#ifndef MOTOGRAPH_HOST_PLUG_H
#define MOTOGRAPH_HOST_PLUG_H

#include <stdbool.h>
#include <stddef.h>

/* Begins to listen. The descriptor, or -1 where the kernel lets nobody. */
int plug_open(void);

/* -1 is fine. */
void plug_close(int fd);

enum plug_word {
    PLUG_NOTHING,
    PLUG_LOST, /* so much was said that some is lost: connectors may have come and gone */
    PLUG_SCREEN, /* a screen has come, gone, or changed what it can show */
};

/* What was heard since the last call. Never waits, allocates nothing: one system call where nothing
 * was said. */
enum plug_word plug_heard(int fd);

/* Whether LENGTH bytes of TEXT are such a message of the kernel's, and not one that a program has
 * asked it to repeat. Pure. */
bool plug_is_screen(const char *text, size_t length);

#endif
