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

/* Where DEVICE is on the bus; CEC_PHYS_ADDR_INVALID if nobody has said. Returns 0 or an error of the
 * device's. */
static int locate(const char *device, uint16_t *address)
{
    int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    if (ioctl(fd, CEC_ADAP_G_PHYS_ADDR, address) != 0) {
        *address = CEC_PHYS_ADDR_INVALID;
    }
    close(fd);
    return 0;
}

/* We are a playback device, since only who has a place on the bus may speak; 0 is the television. It
 * wakes to whatever it showed last, and is shown where we are ("One Touch Play"). */
static int send_to(struct power_cec *cec, const char *device, bool on)
{
    char name[64], place[32];
    int length = snprintf(name, sizeof name, "--device=%s", device);
    char program[] = "cec-ctl", brief[] = "--skip-info", who[] = "--playback",
         to[] = "--to=0", wake[] = "--image-view-on", sleep[] = "--standby",
         source[] = "--active-source";
    char *words[] = {program, name, brief, who, to, on ? wake : sleep, NULL, NULL, NULL};
    uint16_t at = CEC_PHYS_ADDR_INVALID;
    if (length >= (int)sizeof name) {
        return ENAMETOOLONG;
    }
    int error = locate(device, &at);
    if (error) {
        return error;
    }
    if (on && at != CEC_PHYS_ADDR_INVALID) {
        snprintf(place, sizeof place, "phys-addr=%x.%x.%x.%x", at >> 12U, at >> 8U & 15U,
                 at >> 4U & 15U, at & 15U);
        words[6] = source;
        words[7] = place;
    }
    error = spawn(&cec->children[cec->count], words);
    cec->count += error == 0;
    return error == ENOENT ? ENOPKG : error;
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
    glob_t found;
    int error = ENODEV;
    power_cec_end(cec);
    cec->failed = 0;
    cec->until_ms = clock_ms() + POWER_CEC_MS;
    if (glob(devices, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc && cec->count < POWER_CEC_ADAPTERS; i++) {
            error = send_to(cec, found.gl_pathv[i], on);
        }
        globfree(&found);
    }
    if (cec->count > 0) {
        snprintf(why, room, "by HDMI-CEC, with cec-ctl");
    } else {
        snprintf(why, room, "no HDMI-CEC (%s)", reason(error));
    }
    return cec->count > 0;
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
}

void power_cec_end(struct power_cec *cec)
{
    while (cec->count > 0) {
        kill(cec->children[0], SIGKILL);
        waitpid(cec->children[0], NULL, 0);
        drop(cec, 0);
    }
}
