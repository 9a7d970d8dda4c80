#include "host/power_light.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POWER_DOWN = 4 /* FB_BLANK_POWERDOWN of linux/fb.h */, DARK = 0 };

static bool read_number(const char *path, long *number)
{
    char text[32];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0) {
        close(fd);
    }
    if (length <= 0) {
        return false;
    }
    text[length] = '\0';
    *number = strtol(text, NULL, 10);
    return true;
}

/* Not created, not cut: it is the kernel's. */
static bool write_number(const char *path, long number)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", number);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool done = fd >= 0 && write(fd, text, (size_t)length) == length;
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = error;
    return done;
}

/* Of one that an earlier run left dark nobody knows how bright it was: as bright as it can be. */
static long before_of(const char *panel, const char *name, long value)
{
    char most[POWER_LIGHT_BYTES];
    if (strcmp(name, "bl_power") == 0) {
        return 0;
    }
    snprintf(most, sizeof most, "%s/max_brightness", panel);
    if (value == DARK) {
        read_number(most, &value);
    }
    return value;
}

static bool darken(struct power_light *light, const char *panel, const char *name,
                   long number)
{
    char *file = light->panels[light->count].file;
    long value;
    int length = snprintf(file, POWER_LIGHT_BYTES, "%s/%s", panel, name);
    if (length >= POWER_LIGHT_BYTES || !read_number(file, &value) ||
        !write_number(file, number)) {
        return false;
    }
    light->panels[light->count++].before = before_of(panel, name, value);
    return true;
}

bool power_light_off(struct power_light *light, const char *folder, char *why,
                     size_t room)
{
    char pattern[POWER_LIGHT_BYTES];
    glob_t found;
    int error = ENOENT;
    snprintf(pattern, sizeof pattern, "%s/*", folder);
    light->count = 0;
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc && light->count < POWER_LIGHT_PANELS; i++) {
            const char *panel = found.gl_pathv[i];
            errno = 0;
            if (darken(light, panel, "bl_power", POWER_DOWN) ||
                darken(light, panel, "brightness", DARK)) {
                snprintf(why, room, "by the backlight: %s",
                         light->panels[light->count - 1].file);
            }
            error = errno;
        }
        globfree(&found);
    }
    if (light->count == 0) {
        snprintf(why, room, "no backlight (%s)",
                 error == ENOENT ? "there is none" : strerror(error));
    }
    return light->count > 0;
}

void power_light_on(struct power_light *light)
{
    for (size_t i = 0; i < light->count; i++) {
        write_number(light->panels[i].file, light->panels[i].before);
    }
    light->count = 0;
}
