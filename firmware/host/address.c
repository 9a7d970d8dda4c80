/* A board behind a switch that gives addresses late has a link-local one before. */
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

bool address_own(char out[ADDRESS_BYTES])
{
    struct ifaddrs *all = NULL;
    int found = 0; /* 4, 6: of that family */
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
