/* A board behind a switch that gives addresses late has a link-local one before. A list of all addresses
 * waits for the kernel's lock of the network, 70 ms have been seen while devices come; the way out is
 * found without it. */
#include "host/address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_v4(const struct sockaddr *at, char out[ADDRESS_BYTES])
{
    struct sockaddr_in v4;
    memcpy(&v4, at, sizeof v4);
    uint32_t number = ntohl(v4.sin_addr.s_addr);
    bool local = number >> 24 == IN_LOOPBACKNET || number >> 16 == 0xA9FE /* 169.254 */;
    return !local && inet_ntop(AF_INET, &v4.sin_addr, out, ADDRESS_BYTES);
}

static bool read_v6(const struct sockaddr *at, char out[ADDRESS_BYTES])
{
    struct sockaddr_in6 v6;
    char text[INET6_ADDRSTRLEN];
    memcpy(&v6, at, sizeof v6);
    if (IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) || IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr) ||
        !inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text)) {
        return false;
    }
    snprintf(out, ADDRESS_BYTES, "[%s]", text);
    return true;
}

/* By which address something is sent to TO, which connect alone does not. */
static bool ask_route(const struct sockaddr *to, socklen_t length,
                      bool (*read_it)(const struct sockaddr *, char *), char *out)
{
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    int fd = socket(to->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool found = fd >= 0 && connect(fd, to, length) == 0 &&
                 getsockname(fd, (struct sockaddr *)&own, &size) == 0 &&
                 read_it((struct sockaddr *)&own, out);
    if (fd >= 0) {
        close(fd);
    }
    return found;
}

/* Out of here: to the addresses of RFC 5737 and RFC 3849, which are nobody's. */
static bool ask_routes(char out[ADDRESS_BYTES])
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(9)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(9)};
    inet_pton(AF_INET, "192.0.2.1", &v4.sin_addr);
    inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
    return ask_route((struct sockaddr *)&v4, sizeof v4, read_v4, out) ||
           ask_route((struct sockaddr *)&v6, sizeof v6, read_v6, out);
}

bool address_own(char out[ADDRESS_BYTES])
{
    struct ifaddrs *all = NULL;
    int found = 0; /* 4, 6: of that family */
    if (ask_routes(out)) {
        return true;
    }
    if (getifaddrs(&all) != 0) {
        return false;
    }
    for (const struct ifaddrs *one = all; one && found != 4; one = one->ifa_next) {
        if (!one->ifa_addr || !(one->ifa_flags & IFF_UP)) {
            continue;
        }
        if (one->ifa_addr->sa_family == AF_INET && read_v4(one->ifa_addr, out)) {
            found = 4;
        } else if (one->ifa_addr->sa_family == AF_INET6 && found == 0 &&
                   read_v6(one->ifa_addr, out)) {
            found = 6;
        }
    }
    freeifaddrs(all);
    return found != 0;
}

void address_name(char out[ADDRESS_NAME_BYTES])
{
    if (gethostname(out, ADDRESS_NAME_BYTES) != 0) {
        snprintf(out, ADDRESS_NAME_BYTES, "motograph");
    }
    out[ADDRESS_NAME_BYTES - 1] = '\0';
}
