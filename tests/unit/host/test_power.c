/* The ways to switch a display off, as far as a machine without one has them: panels are files of the
 * kernel's form in a folder of the test, an adapter is a file, and the cec-ctl that is found says what
 * it was told, fails or hangs. */
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/cec.h>

#include <cmocka.h>

#include "base/clock.h"
#include "host/power.h"
#include "host/power_dpms.h"

static char folder[] = "/tmp/power-XXXXXX";

static char *path(const char *name, char out[200])
{
    snprintf(out, 200, "%s/%s", folder, name);
    return out;
}

static void put(const char *name, const char *text)
{
    char file[200];
    FILE *out = fopen(path(name, file), "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static long get(const char *name)
{
    char file[200], text[32] = "";
    FILE *in = fopen(path(name, file), "r");
    if (!in) {
        return -1;
    }
    size_t length = fread(text, 1, sizeof text - 1, in);
    text[length] = '\0';
    fclose(in);
    return strtol(text, NULL, 10);
}

static uint16_t address; /* of every adapter */

int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list rest;
    va_start(rest, request);
    uint16_t *at = va_arg(rest, uint16_t *);
    va_end(rest);
    assert_true(fd >= 0 && request == CEC_ADAP_G_PHYS_ADDR);
    *at = address;
    return 0;
}

/* What it is called where time_t had 32 bits once. */
int __wrap___ioctl_time64(int fd, unsigned long request, ...)
    __attribute__((alias("__wrap_ioctl")));

static int set_up(void **state)
{
    static const char *const folders[] = {"lights", "lights/a", "lights/b", "bin"};
    char name[200], words[4200];
    (void)state;
    if (!mkdtemp(folder)) {
        return -1;
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        mkdir(path(folders[i], name), 0700);
    }
    snprintf(words, sizeof words, "%s/bin:%s", folder, getenv("PATH"));
    return setenv("PATH", words, 1);
}

static int tear_down(void **state)
{
    char words[200];
    (void)state;
    snprintf(words, sizeof words, "/bin/rm -r %s", folder);
    return system(words);
}

/* One panel has a switch, the other only its brightness. */
static void panels_go_dark_and_come_back(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], lights[200];
    struct power_light light = {.count = 0};
    put("lights/a/bl_power", "0\n");
    put("lights/a/brightness", "80\n");
    put("lights/b/brightness", "120\n");
    put("lights/b/max_brightness", "255\n");
    assert_true(power_light_off(&light, path("lights", lights), why, sizeof why));
    assert_int_equal(get("lights/a/bl_power"), 4);
    assert_int_equal(get("lights/a/brightness"), 80);
    assert_int_equal(get("lights/b/brightness"), 0);
    power_light_on(&light);
    assert_int_equal(get("lights/a/bl_power"), 0);
    assert_int_equal(get("lights/b/brightness"), 120);
}

/* An earlier run ended in the dark. */
static void a_panel_found_dark_comes_back_bright(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], lights[200];
    struct power_light light = {.count = 0};
    put("lights/a/bl_power", "4\n");
    put("lights/b/brightness", "0\n");
    assert_true(power_light_off(&light, path("lights", lights), why, sizeof why));
    power_light_on(&light);
    assert_int_equal(get("lights/a/bl_power"), 0);
    assert_int_equal(get("lights/b/brightness"), 255);
}

/* An emulator of one process starts the child before it knows. */
static bool system_tells_what_is_missing(void)
{
    char program[] = "cec-ctl", *words[] = {program, NULL};
    pid_t child;
    if (posix_spawnp(&child, program, NULL, NULL, words, words + 1) != 0) {
        return true;
    }
    waitpid(child, NULL, 0);
    return false;
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], name[200];
    struct power_light light = {.count = 0};
    struct power_cec cec = {.count = 0};
    assert_false(power_light_off(&light, path("none", name), why, sizeof why));
    assert_string_equal(why, "no backlight (there is none)");
    assert_false(power_dpms(-1, false, why, sizeof why));
    assert_string_equal(why, "no DPMS (the screen is not ours alone)");
    assert_false(power_dpms(0, false, why, sizeof why)); /* what is no display */
    assert_false(power_cec_send(&cec, path("none*", name), false, why, sizeof why));
    assert_string_equal(why, "no HDMI-CEC (there is no adapter)");
    put("cec0", "");
    unlink(path("bin/cec-ctl", name));
    setenv("PATH", "/nowhere", 1);
    if (!system_tells_what_is_missing()) {
        print_message("not tested here: posix_spawn does not hand on why (qemu-user)\n");
        return;
    }
    assert_false(power_cec_send(&cec, path("cec*", name), false, why, sizeof why));
    assert_non_null(strstr(why, "v4l-utils"));
}

static void black_is_left_where_nothing_works(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES];
    struct power power = {.off = POWER_ON};
    assert_int_equal(power_off(&power, "black", -1, why), POWER_BLACK);
    assert_string_equal(why, "the picture is black");
    power_on(&power, -1, true);
    assert_int_equal(power.off, POWER_ON);
    assert_int_equal(power_off(&power, "dpms", -1, why), POWER_BLACK);
    assert_string_equal(why,
                        "no DPMS (the screen is not ours alone); the picture is black");
    power_leave(&power, -1);
}

static void have_cec_ctl(const char *script)
{
    char file[200], text[600];
    snprintf(text, sizeof text, "#!/bin/sh\n%s\n", script);
    put("bin/cec-ctl", text);
    chmod(path("bin/cec-ctl", file), 0700);
    snprintf(text, sizeof text, "%s/bin:/usr/bin:/bin", folder);
    setenv("PATH", text, 1);
    put("cec0", "");
    put("cec1", "");
}

static void turn_until_done(struct power_cec *cec, int64_t ms)
{
    int64_t end_ms = clock_ms() + ms;
    while (cec->count > 0 && clock_ms() < end_ms) {
        power_cec_turn(cec);
        clock_sleep_until(clock_us() + 10000);
    }
    assert_int_equal(cec->count, 0);
}

/* A cec-ctl that notes what it is told, for each adapter. */
static void have_listening_cec_ctl(void)
{
    char script[300];
    snprintf(script, sizeof script, "echo \"$@\" >%s/told-${1##*/}", folder);
    have_cec_ctl(script);
}

/* What it was told last for ADAPTER. */
static void assert_told(const char *adapter, const char *words)
{
    char name[20], told[300] = "", file[200];
    snprintf(name, sizeof name, "told-%s", adapter);
    FILE *in = fopen(path(name, file), "r");
    assert_non_null(in);
    assert_non_null(fgets(told, sizeof told, in));
    fclose(in);
    assert_non_null(strstr(told, words));
}

static void televisions_are_told(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], devices[200];
    struct power_cec cec = {.count = 0};
    have_listening_cec_ctl();
    assert_true(power_cec_send(&cec, path("cec*", devices), false, why, sizeof why));
    assert_int_equal(cec.count, 2);
    turn_until_done(&cec, 5000);
    assert_int_equal(cec.failed, 0);
    assert_told("cec0", "--playback --to=0 --standby\n");
    assert_told("cec1", "--playback --to=0 --standby\n");
    assert_true(power_cec_send(&cec, devices, true, why, sizeof why));
    turn_until_done(&cec, 5000);
    assert_told("cec0", "--to=0 --image-view-on\n");
}

/* An adapter has no address as long as the television looks unplugged. */
static void a_woken_television_shows_us(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], devices[200];
    struct power_cec cec = {.count = 0};
    have_listening_cec_ctl();
    address = CEC_PHYS_ADDR_INVALID;
    assert_true(power_cec_send(&cec, path("cec*", devices), true, why, sizeof why));
    power_cec_show(&cec, devices);
    turn_until_done(&cec, 5000);
    assert_told("cec0", "--to=0 --image-view-on\n");
    address = 0x12ab;
    cec.show_ms = 0; /* a second later */
    power_cec_turn(&cec);
    assert_int_equal(cec.count, 2);
    turn_until_done(&cec, 5000);
    assert_told("cec0", "--to=0 --active-source phys-addr=1.2.a.b\n");
    cec.show_ms = 0;
    power_cec_turn(&cec);
    assert_int_equal(cec.count, 0); /* once */
}

static void a_television_that_stays_away_is_let_be(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], devices[200];
    struct power_cec cec = {.count = 0};
    have_listening_cec_ctl();
    address = CEC_PHYS_ADDR_INVALID;
    assert_true(power_cec_send(&cec, path("cec*", devices), true, why, sizeof why));
    power_cec_show(&cec, devices);
    cec.show_until_ms = clock_ms() - 1; /* half a minute later */
    turn_until_done(&cec, 5000);
    cec.show_ms = 0;
    power_cec_turn(&cec);
    assert_null(cec.devices);
    power_cec_show(&cec, devices);
    address = 0x1000;
    assert_true(power_cec_send(&cec, devices, false, why, sizeof why)); /* night again */
    turn_until_done(&cec, 5000);
    assert_told("cec0", "--to=0 --standby\n");
}

static void failures_and_hangs_are_got_over(void **state)
{
    (void)state;
    char why[POWER_WHY_BYTES], devices[200];
    struct power_cec cec = {.count = 0};
    have_cec_ctl("exit 1");
    assert_true(power_cec_send(&cec, path("cec*", devices), false, why, sizeof why));
    turn_until_done(&cec, 5000);
    assert_int_equal(cec.failed, 2);
    have_cec_ctl("exec sleep 100");
    assert_true(power_cec_send(&cec, devices, false, why, sizeof why));
    pid_t child = cec.children[0];
    power_cec_turn(&cec);
    assert_int_equal(cec.count, 2);
    cec.until_ms = clock_ms(); /* ten seconds later */
    power_cec_turn(&cec);
    assert_int_equal(cec.count, 0);
    assert_int_equal(kill(child, 0), -1);
    assert_int_equal(cec.failed, 2);
    assert_true(power_cec_send(&cec, devices, false, why, sizeof why));
    power_cec_end(&cec);
    assert_int_equal(cec.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_go_dark_and_come_back),
        cmocka_unit_test(a_panel_found_dark_comes_back_bright),
        cmocka_unit_test(black_is_left_where_nothing_works),
        cmocka_unit_test(televisions_are_told),
        cmocka_unit_test(a_woken_television_shows_us),
        cmocka_unit_test(a_television_that_stays_away_is_let_be),
        cmocka_unit_test(failures_and_hangs_are_got_over),
        cmocka_unit_test(what_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
