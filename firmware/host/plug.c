/* A message is "change@/devices/..." and then KEY=VALUE, each ended by '\0'. Group 1 is the
 * kernel's; udev repeats what it has digested in group 2, which may come much later. While a system
 * starts udev has the kernel say everything once more (SYNTH_UUID), which is no news of a screen. */
#include "host/plug.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>

enum { KERNEL_GROUP = 1, MESSAGE_BYTES = 4096, MESSAGES = 512 };

int plug_open(void)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
                    NETLINK_KOBJECT_UEVENT);
    struct sockaddr_nl at = {.nl_family = AF_NETLINK, .nl_groups = KERNEL_GROUP};
    if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

void plug_close(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

bool plug_is_screen(const char *text, size_t length)
{
    static const char wanted[] = "SUBSYSTEM=drm", again[] = "SYNTH_UUID=";
    bool screen = false;
    for (size_t at = 0; at < length;) {
        size_t word = strnlen(text + at, length - at);
        screen |= word == sizeof wanted - 1 && memcmp(text + at, wanted, word) == 0;
        if (word >= sizeof again - 1 && memcmp(text + at, again, sizeof again - 1) == 0) {
            return false;
        }
        at += word + 1;
    }
    return screen;
}

/* What any process but the kernel sends is passed over. */
enum plug_word plug_heard(int fd)
{
    char text[MESSAGE_BYTES];
    enum plug_word heard = PLUG_NOTHING;
    for (int i = 0; fd >= 0 && i < MESSAGES; i++) {
        struct sockaddr_nl from = {0};
        socklen_t size = sizeof from;
        ssize_t got = recvfrom(fd, text, sizeof text, 0, (struct sockaddr *)&from, &size);
        if (got < 0 && errno != ENOBUFS) {
            break;
        }
        enum plug_word word = got < 0 ? PLUG_LOST : PLUG_NOTHING;
        if (got >= 0 && from.nl_pid == 0 && plug_is_screen(text, (size_t)got)) {
            word = PLUG_SCREEN;
        }
        heard = word > heard ? word : heard;
    }
    return heard;
}
