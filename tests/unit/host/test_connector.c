/* Connectors in trees like the kernel's, and its words about them. */
#include "host/connector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "host/plug.h"

static char folder[64];

static void put(const char *name, const char *file, const char *value)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(value, out);
    assert_int_equal(fclose(out), 0);
}

static void put_connector(const char *name, const char *status, const char *modes,
                          const char *id)
{
    put(name, "status", status);
    put(name, "modes", modes);
    put(name, "connector_id", id);
}

static void drop(const char *name)
{
    static const char *const files[] = {"status", "modes", "connector_id"};
    char path[256];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s/%s", folder, name, files[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    rmdir(path);
}

/* A Pi 4 (card 0 only renders) with one screen, and what is no connector. */
static int plant(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/motograph-connector-XXXXXX");
    assert_non_null(mkdtemp(folder));
    put_connector("card1-HDMI-A-2", "connected\n", "1280x720\n1920x1080\n640x480\n",
                  "42\n");
    put_connector("card1-HDMI-A-1", "disconnected\n", "", "33\n");
    put_connector("card1-Writeback-1", "unknown\n", "", "30\n");
    put_connector("card1-DSI-1", "connected\n", "800x480\n", "9\n");
    put("card1", "status", "connected\n");
    put("renderD128", "status", "connected\n");
    put("cardX-HDMI-A-1", "status", "connected\n");
    put("card1-", "status", "connected\n");
    put("card1-A-name-that-is-longer-than-any-of-the-kernels", "status", "connected\n");
    return 0;
}

static int fell(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void test_what_there_is(void **state)
{
    struct connectors all;
    char list[200];
    (void)state;
    connector_scan(&all, folder);
    assert_int_equal(all.count, 3);
    /* As the card has them, not as the alphabet. */
    assert_string_equal(connector_list(&all, list, sizeof list),
                        "DSI-1 (connected), HDMI-A-1, HDMI-A-2 (connected)");
    assert_string_equal(connector_list(&all, list, 8), "DSI-1 (");
    assert_int_equal(connector_find(&all, "HDMI-A-2"), 2);
    assert_int_equal(connector_find(&all, "card1-HDMI-A-2"), 2);
    assert_int_equal(connector_find(&all, "card0-HDMI-A-2"), -1);
    assert_int_equal(connector_find(&all, "auto"), -1);
    assert_int_equal(connector_place(&all, 0), 0);
    assert_int_equal(connector_place(&all, 2), 1); /* one is not connected */
    assert_int_equal(connector_best(&all, 2).w, 1280);
    assert_int_equal(connector_best(&all, 2).h, 720);
    assert_int_equal(connector_best(&all, 1).w, 0);
    assert_int_equal(connector_best(&all, -1).w, 0);
}

static void test_which_to_take(void **state)
{
    struct connectors all;
    (void)state;
    connector_scan(&all, folder);
    assert_int_equal(connector_choose(&all, "auto", -1), 0);
    assert_int_equal(connector_choose(&all, "auto", 2), 2);     /* stays */
    assert_int_equal(connector_choose(&all, "HDMI-A-2", 0), 2); /* has come */
    assert_int_equal(connector_choose(&all, "HDMI-A-1", 2), 2); /* no screen there */
    assert_int_equal(connector_choose(&all, "VGA-1", -1), 0);
    assert_int_equal(connector_choose(&all, "auto", 1), 0); /* has gone */
    assert_int_equal(connector_choose(&all, "auto", 99), 0);
}

static void test_plug_and_pull(void **state)
{
    struct connectors all;
    (void)state;
    connector_scan(&all, folder);
    assert_false(connector_look(&all));
    put("card1-DSI-1", "status", "disconnected\n");
    drop("card1-HDMI-A-2");
    assert_true(connector_look(&all));
    assert_int_equal(connector_choose(&all, "auto", 0), -1);
    assert_false(connector_look(&all));
    put("card1-HDMI-A-1", "status", "connected\n");
    assert_true(connector_look(&all));
    assert_int_equal(connector_choose(&all, "auto", 0), 1);
    connector_scan(&all, folder);
    assert_int_equal(all.count, 2);
}

static void test_nothing_at_all(void **state)
{
    struct connectors all;
    char list[40];
    (void)state;
    connector_scan(&all, "/nonexistent");
    assert_int_equal(all.count, 0);
    assert_int_equal(connector_choose(&all, "auto", -1), -1);
    assert_string_equal(connector_list(&all, list, sizeof list), "no connector");
}

static void test_what_the_kernel_says(void **state)
{
    static const char screen[] = "change@/devices/pci0000:00/drm/card0\0ACTION=change\0"
                                 "SUBSYSTEM=drm\0HOTPLUG=1";
    static const char other[] = "change@/devices/SUBSYSTEM=drm\0ACTION=change\0"
                                "SUBSYSTEM=drmx\0XSUBSYSTEM=drm";
    static const char again[] = "change@/devices/pci0000:00/drm/card0\0ACTION=change\0"
                                "SUBSYSTEM=drm\0SYNTH_UUID=0\0SEQNUM=9";
    (void)state;
    assert_true(plug_is_screen(screen, sizeof screen));
    assert_true(plug_is_screen(screen, sizeof screen - 1)); /* no '\0' at the end */
    assert_false(plug_is_screen(screen, 60));
    assert_false(plug_is_screen(other, sizeof other));
    assert_false(plug_is_screen(again, sizeof again)); /* udevadm trigger */
    assert_false(plug_is_screen("", 0));
    assert_int_equal(plug_heard(-1), PLUG_NOTHING);
    int fd = plug_open();
    assert_int_equal(plug_heard(fd), PLUG_NOTHING); /* does not wait */
    plug_close(fd);
    plug_close(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_there_is, plant, fell),
        cmocka_unit_test_setup_teardown(test_which_to_take, plant, fell),
        cmocka_unit_test_setup_teardown(test_plug_and_pull, plant, fell),
        cmocka_unit_test(test_nothing_at_all),
        cmocka_unit_test(test_what_the_kernel_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
