/* The network may come long after the screen: the time counts from then on. */
#include "command/greeting.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/config.h"
#include "command/run.h"
#include "host/address.h"

enum {
    BOOT_S = 180, /* a start within so long after a boot belongs to it */
    LONGEST_S = 86400,
    SECOND_US = 1000000
};

static bool has_just_booted(void)
{
    struct timespec since;
    return clock_gettime(CLOCK_BOOTTIME, &since) == 0 && since.tv_sec < BOOT_S;
}

static void read_pin(const char *path, char pin[GREETING_PIN_BYTES])
{
    char *text;
    size_t length;
    if (config_slurp(path, &text, &length)) {
        size_t line = 0;
        while (line < length && text[line] != '\n' && text[line] != '\r') {
            line++;
        }
        snprintf(pin, GREETING_PIN_BYTES, "%.*s", (int)line, text);
        free(text);
    }
}

void greeting_open(struct greeting *greeting)
{
    const char *seconds = getenv("MOTOGRAPH_BOARD");
    const char *pin = getenv("MOTOGRAPH_BOARD_PIN");
    long length = seconds ? strtol(seconds, NULL, 10) : 0;
    *greeting = (struct greeting){.wanted = length > 0 && has_just_booted()};
    length = length < LONGEST_S ? length : LONGEST_S;
    greeting->length_us = (int64_t)length * SECOND_US;
    if (greeting->wanted && pin && *pin) {
        read_pin(pin, greeting->pin);
    }
}

/* Where the page is: of all the machine's addresses OWN, else the one it listens on. False if nobody
 * else can reach it there. */
static bool page_of(const struct run *run, const char *own, char *out, size_t room)
{
    const char *listen = run->config.web.listen;
    const char *port = strrchr(listen, ':');
    size_t host = port ? (size_t)(port - listen) : strlen(listen);
    static const char *const all[] = {"0.0.0.0", "*", "[::]"};
    if (!run->api || !*listen || strncmp(listen, "127.", 4) == 0 ||
        strncmp(listen, "localhost", 9) == 0 || strncmp(listen, "[::1]", 5) == 0) {
        return false;
    }
    if (port && listen[0] == '[' && listen[host - 1] != ']') {
        port = NULL; /* it was one of the address's own */
        host = strlen(listen);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strlen(all[i]) == host && strncmp(all[i], listen, host) == 0) {
            return snprintf(out, room, "http://%s:%s", own, port ? port + 1 : "1928") > 0;
        }
    }
    return snprintf(out, room, "http://%.*s:%s", (int)host, listen,
                    port ? port + 1 : "1928") > 0;
}

static void add(struct panel_words *words, const char *text)
{
    if (words->count < PANEL_LINES) {
        snprintf(words->lines[words->count++], PANEL_LINE_BYTES, "%s", text);
    }
}

static void say(struct run *run, const char *own)
{
    struct panel_words words = {.count = 0};
    char name[ADDRESS_NAME_BYTES], pin[GREETING_PIN_BYTES + 8];
    address_name(name);
    add(&words, name);
    if (!page_of(run, own, words.link, sizeof words.link)) {
        add(&words, own);
    } else {
        add(&words, words.link);
        snprintf(pin, sizeof pin, "PIN %s", run->greeting.pin);
        if (*run->greeting.pin) {
            add(&words, pin);
        } else if (*run->config.web.pin_file) {
            add(&words, "Protected by your PIN");
        }
    }
    scene_say(run->scene, &words);
}

void greeting_turn(struct run *run)
{
    struct greeting *greeting = &run->greeting;
    if (!greeting->wanted || !run->scene) {
        return;
    }
    int64_t now_us = clock_us();
    if (greeting->until_us && now_us >= greeting->until_us) {
        scene_say(run->scene, NULL);
        greeting->wanted = false;
        return;
    }
    if (greeting->shown || now_us < greeting->look_us) {
        return;
    }
    char own[ADDRESS_BYTES];
    greeting->look_us = now_us + SECOND_US;
    if (address_own(own)) {
        say(run, own);
        greeting->shown = true;
        if (!greeting->until_us) {
            greeting->until_us = now_us + greeting->length_us;
        }
    }
}
