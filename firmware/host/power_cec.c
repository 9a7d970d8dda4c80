#define LOG_MODULE "power"
#include "host/power_cec.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/cec.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

extern char **environ;

/* Nothing of ours is its input or output. Returns 0 or why it could not be started. */
static int spawn(pid_t *child, char *const *words)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) {
        return error;
    }
    for (int fd = 0; fd <= STDERR_FILENO && !error; fd++) {
        error = posix_spawn_file_actions_addopen(&actions, fd, "/dev/null",
                                                 fd ? O_WRONLY : O_RDONLY, 0);
    }
    error =
        error ? error : posix_spawnp(child, "cec-ctl", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* We are a playback device, since only who has a place on the bus may speak; 0 is the television.
 * ARGUMENT may be NULL. Returns 0 or an errno; ENOPKG: there is no cec-ctl. */
static int tell(struct power_cec *cec, const char *device, char *what, char *argument)
{
    char name[64];
    int length = snprintf(name, sizeof name, "--device=%s", device);
    char program[] = "cec-ctl", brief[] = "--skip-info", who[] = "--playback",
         to[] = "--to=0";
    char *words[] = {program, name, brief, who, to, what, argument, NULL};
    if (length >= (int)sizeof name) {
        return ENAMETOOLONG;
    }
    if (access(device, R_OK | W_OK) != 0) {
        return errno;
    }
    int error = spawn(&cec->children[cec->count], words);
    cec->count += error == 0;
    return error == ENOENT ? ENOPKG : error;
}

static int tell_standby(struct power_cec *cec, const char *device)
{
    char what[] = "--standby";
    return tell(cec, device, what, NULL);
}

static int tell_wake(struct power_cec *cec, const char *device)
{
    char what[] = "--image-view-on";
    return tell(cec, device, what, NULL);
}

/* EAGAIN: the adapter has no address, as long as the television does not show that it is there. */
static int tell_show(struct power_cec *cec, const char *device)
{
    char what[] = "--active-source", place[32];
    uint16_t at = CEC_PHYS_ADDR_INVALID;
    int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    bool known = ioctl(fd, CEC_ADAP_G_PHYS_ADDR, &at) == 0 && at != CEC_PHYS_ADDR_INVALID;
    close(fd);
    if (!known) {
        return EAGAIN;
    }
    snprintf(place, sizeof place, "phys-addr=%x.%x.%x.%x", at >> 12U, at >> 8U & 15U,
             at >> 4U & 15U, at & 15U);
    return tell(cec, device, what, place);
}

/* By every adapter that matches DEVICES. Returns the last error if by none, ENODEV if there is
 * none. */
static int tell_all(struct power_cec *cec, const char *devices,
                    int (*tell_one)(struct power_cec *, const char *))
{
    glob_t found;
    int error = ENODEV;
    if (glob(devices, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc && cec->count < POWER_CEC_ADAPTERS; i++) {
            error = tell_one(cec, found.gl_pathv[i]);
        }
        globfree(&found);
    }
    cec->until_ms = clock_ms() + POWER_CEC_MS;
    return cec->count > 0 ? 0 : error;
}

/* EPERM is the unit's word: its device rules are as they were when the service started. */
static const char *reason(int error)
{
    return error == ENODEV   ? "there is no adapter"
           : error == ENOPKG ? "cec-ctl of the package v4l-utils is missing"
           : error == EPERM
               ? "the unit does not allow it: see cec.conf, or restart it if the "
                 "adapter came later"
               : strerror(error);
}

bool power_cec_send(struct power_cec *cec, const char *devices, bool on, char *why,
                    size_t room)
{
    power_cec_end(cec);
    cec->failed = 0;
    int error = tell_all(cec, devices, on ? tell_wake : tell_standby);
    if (error) {
        snprintf(why, room, "no HDMI-CEC (%s)", reason(error));
    } else {
        snprintf(why, room, "by HDMI-CEC, with cec-ctl");
    }
    return error == 0;
}

void power_cec_show(struct power_cec *cec, const char *devices)
{
    cec->devices = devices;
    cec->show_ms = 0;
    cec->show_until_ms = clock_ms() + POWER_CEC_SHOW_MS;
}

/* Once the television has been told to wake: it may take its time to be there. */
static void show(struct power_cec *cec)
{
    int64_t now_ms = clock_ms();
    if (!cec->devices || cec->count > 0 || now_ms < cec->show_ms) {
        return;
    }
    cec->show_ms = now_ms + 1000;
    if (tell_all(cec, cec->devices, tell_show) != EAGAIN || now_ms > cec->show_until_ms) {
        cec->devices = NULL;
    }
}

static void drop(struct power_cec *cec, size_t i)
{
    cec->children[i] = cec->children[--cec->count];
}

void power_cec_turn(struct power_cec *cec)
{
    bool late = cec->count > 0 && clock_ms() >= cec->until_ms;
    for (size_t i = cec->count; i-- > 0;) {
        int status = 0;
        if (late) {
            kill(cec->children[i], SIGKILL);
        }
        if (waitpid(cec->children[i], &status, late ? 0 : WNOHANG) == 0) {
            continue;
        }
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            log_warning("the television could not be switched: cec-ctl %s",
                        late ? "hung for 10 s" : "failed; run it by hand to see why");
            cec->failed++;
        }
        drop(cec, i);
    }
    show(cec);
}

void power_cec_end(struct power_cec *cec)
{
    cec->devices = NULL;
    while (cec->count > 0) {
        kill(cec->children[0], SIGKILL);
        waitpid(cec->children[0], NULL, 0);
        drop(cec, 0);
    }
}
