#define LOG_MODULE "wire"
#include "wire/netwatch.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "base/log.h"

enum { MESSAGE_BYTES = 4096, MESSAGES = 64 };

void netwatch_open(struct netwatch *watch)
{
    struct sockaddr_nl at = {.nl_family = AF_NETLINK,
                             .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE |
                                          RTMGRP_IPV6_IFADDR | RTMGRP_IPV6_ROUTE};
    *watch = (struct netwatch){
        .fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE)};
    if (watch->fd < 0 || bind(watch->fd, (struct sockaddr *)&at, sizeof at) != 0) {
        log_warning("a network that comes is noticed some seconds later: %s",
                    strerror(errno));
        netwatch_close(watch);
    }
}

void netwatch_close(struct netwatch *watch)
{
    if (watch->fd >= 0) {
        close(watch->fd);
    }
    watch->fd = -1;
}

/* That something was lost (ENOBUFS) means that much has happened. */
static bool heard(int fd)
{
    union {
        struct nlmsghdr header;
        char bytes[MESSAGE_BYTES];
    } message;
    bool came = false;
    for (int i = 0; fd >= 0 && i < MESSAGES; i++) {
        struct sockaddr_nl from = {0};
        socklen_t size = sizeof from;
        ssize_t got =
            recvfrom(fd, &message, sizeof message, 0, (struct sockaddr *)&from, &size);
        if (got < 0 && errno != ENOBUFS) {
            break;
        }
        came |= got < 0 || (from.nl_pid == 0 && got >= (ssize_t)sizeof message.header &&
                            (message.header.nlmsg_type == RTM_NEWADDR ||
                             message.header.nlmsg_type == RTM_NEWROUTE));
    }
    return came;
}

/* Whether there is a try left; takes it. */
static bool take_try(struct netwatch *watch, int64_t now_ms)
{
    int64_t from_ms = watch->spent_ms > now_ms ? watch->spent_ms : now_ms;
    if (from_ms - now_ms > (int64_t)(NETWATCH_TRIES - 1) * NETWATCH_REST_MS) {
        return false;
    }
    watch->spent_ms = from_ms + NETWATCH_REST_MS;
    return true;
}

bool netwatch_turn(struct netwatch *watch, int64_t now_ms)
{
    if (heard(watch->fd)) {
        watch->until_ms = now_ms + NETWATCH_WHILE_MS;
    }
    if (now_ms >= watch->until_ms || now_ms < watch->next_ms) {
        return false;
    }
    watch->next_ms = now_ms + NETWATCH_AGAIN_MS;
    return take_try(watch, now_ms);
}

int64_t netwatch_wait_ms(const struct netwatch *watch, int64_t now_ms)
{
    if (watch->next_ms >= watch->until_ms) {
        return INT64_MAX;
    }
    return watch->next_ms > now_ms ? watch->next_ms - now_ms : 0;
}
