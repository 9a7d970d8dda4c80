#define LOG_MODULE "power"
#include "host/power_cec.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
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

/* We are a playback device, since only who has a place on the bus may speak; 0 is the television. */
static int send_to(struct power_cec *cec, const char *device, bool on)
{
    char name[64];
    int length = snprintf(name, sizeof name, "--device=%s", device);
    char program[] = "cec-ctl", brief[] = "--skip-info", who[] = "--playback",
         to[] = "--to=0", wake[] = "--image-view-on", sleep[] = "--standby";
    char *words[] = {program, name, brief, who, to, on ? wake : sleep, NULL};
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
        snprintf(why, room, "no HDMI-CEC (%s)",
                 error == ENODEV   ? "there is no adapter"
                 : error == ENOPKG ? "cec-ctl of the package v4l-utils is missing"
                                   : strerror(error));
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
