/* A folder "card0-HDMI-A-1" has a file "status" ("connected", "disconnected", "unknown") and one
 * "modes", the best first. The number in "connector_id" says the order in which the card has them;
 * older kernels lack that file, but they number the folders of sysfs as they make them. */
#define LOG_MODULE "screen"
#include "host/connector.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "/sys/class/drm"

enum { PATH_BYTES = 512, VALUE_BYTES = 64, CARD_MOST = 255 };

/* The beginning of FILE of a connector; "" if it cannot be read. */
static void read_value(const struct connectors *all, const struct connector *one,
                       const char *file, char out[VALUE_BYTES])
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/card%d-%s/%s", all->folder ? all->folder : FOLDER,
             one->card, one->name, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, out, VALUE_BYTES - 1) : -1;
    out[got > 0 ? got : 0] = '\0';
    out[strcspn(out, "\n")] = '\0';
    if (fd >= 0) {
        close(fd);
    }
}

static bool is_connected(const struct connectors *all, const struct connector *one)
{
    char value[VALUE_BYTES];
    read_value(all, one, "status", value);
    return strcmp(value, "connected") == 0;
}

/* "card0-HDMI-A-1". What the card itself writes to has no screen. */
static bool read_name(const char *text, struct connector *out)
{
    char *end;
    if (strncmp(text, "card", 4) != 0 || text[4] < '0' || text[4] > '9') {
        return false;
    }
    long card = strtol(text + 4, &end, 10);
    if (card > CARD_MOST || *end != '-' || end[1] == '\0' ||
        strlen(end + 1) >= sizeof out->name || strncmp(end + 1, "Writeback", 9) == 0) {
        return false;
    }
    *out = (struct connector){.card = (int)card};
    snprintf(out->name, sizeof out->name, "%s", end + 1);
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct connector *x = a, *y = b;
    if (x->card != y->card) {
        return x->card < y->card ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

void connector_scan(struct connectors *all, const char *folder)
{
    *all = (struct connectors){.folder = folder};
    DIR *dir = opendir(folder ? folder : FOLDER);
    const struct dirent *entry;
    while (dir && all->count < CONNECTORS && (entry = readdir(dir))) {
        struct connector *one = &all->list[all->count];
        char value[VALUE_BYTES];
        if (!read_name(entry->d_name, one)) {
            continue;
        }
        read_value(all, one, "connector_id", value);
        one->order = *value ? strtoull(value, NULL, 10) : entry->d_ino;
        one->connected = is_connected(all, one);
        all->count++;
    }
    if (dir) {
        closedir(dir);
    }
    qsort(all->list, all->count, sizeof *all->list, compare);
}

bool connector_look(struct connectors *all)
{
    bool different = false;
    for (size_t i = 0; i < all->count; i++) {
        bool connected = is_connected(all, &all->list[i]);
        different |= connected != all->list[i].connected;
        all->list[i].connected = connected;
    }
    return different;
}

int connector_find(const struct connectors *all, const char *name)
{
    char whole[CONNECTOR_NAME_BYTES + 16];
    for (size_t i = 0; i < all->count; i++) {
        const struct connector *one = &all->list[i];
        snprintf(whole, sizeof whole, "card%d-%s", one->card, one->name);
        if (strcmp(one->name, name) == 0 || strcmp(whole, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int connector_choose(const struct connectors *all, const char *wanted, int current)
{
    int named = connector_find(all, wanted);
    if (named >= 0 && all->list[named].connected) {
        return named;
    }
    if (current >= 0 && (size_t)current < all->count && all->list[current].connected) {
        return current;
    }
    for (size_t i = 0; i < all->count; i++) {
        if (all->list[i].connected) {
            return (int)i;
        }
    }
    return -1;
}

int connector_place(const struct connectors *all, int index)
{
    int place = 0;
    for (int i = 0; i < index; i++) {
        place += all->list[i].connected && all->list[i].card == all->list[index].card;
    }
    return place;
}

struct resolution connector_best(const struct connectors *all, int index)
{
    struct resolution best = {0};
    char value[VALUE_BYTES];
    if (index >= 0 && (size_t)index < all->count) {
        read_value(all, &all->list[index], "modes", value);
        resolution_parse(value, strlen(value), &best); /* "1920x1080i" is passed over */
    }
    return best;
}

const char *connector_list(const struct connectors *all, char *out, size_t room)
{
    size_t used = 0;
    snprintf(out, room, "no connector");
    for (size_t i = 0; i < all->count && used < room; i++) {
        const struct connector *one = &all->list[i];
        int count = snprintf(out + used, room - used, "%s%s%s", used ? ", " : "",
                             one->name, one->connected ? " (connected)" : "");
        used += count > 0 ? (size_t)count : 0;
    }
    return out;
}
