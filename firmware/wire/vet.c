/* Two tables of prefixes, the first that matches counts. Addresses set aside for
 * documentation and benchmarks count as public: they lead nowhere on a real network, and
 * some resolvers on a user's own machine hand them out in place of real ones. */
#include "wire/vet.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct prefix4 {
    uint32_t net;
    unsigned bits;
    enum vet_class class;
};

struct prefix6 {
    unsigned char net[12]; /* the rest is zero, or not looked at */
    unsigned bits;
    int inner; /* where an IPv4 address lies inside, or -1 */
    enum vet_class class;
};

static const struct prefix4 prefixes4[] = {
    {0x00000000, 8, VET_UNSPECIFIED}, {0x0a000000, 8, VET_PRIVATE},
    {0x64400000, 10, VET_PRIVATE},    {0x7f000000, 8, VET_LOOPBACK},
    {0xa9fe0000, 16, VET_LINK_LOCAL}, {0xac100000, 12, VET_PRIVATE},
    {0xc0000000, 24, VET_PRIVATE},    {0xc0a80000, 16, VET_PRIVATE},
    {0xe0000000, 4, VET_MULTICAST},   {0xf0000000, 4, VET_RESERVED},
};

static const struct prefix6 prefixes6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12, VET_PUBLIC}, /* mapped */
    {{0}, 96, 12, VET_PUBLIC},                                        /* compatible */
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12, VET_PUBLIC},              /* NAT64, RFC 6052 */
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, -1, VET_PRIVATE}, /* RFC 8215 */
    {{0x20, 0x02}, 16, 2, VET_PUBLIC},                           /* 6to4 */
    {{0x20, 0x01, 0x00, 0x00}, 32, -1, VET_RESERVED},            /* Teredo hides one */
    {{0xfc}, 7, -1, VET_PRIVATE},
    {{0xfe, 0x80}, 10, -1, VET_LINK_LOCAL},
    {{0xfe, 0xc0}, 10, -1, VET_PRIVATE},
    {{0xff}, 8, -1, VET_MULTICAST},
};

static const char *const names[] = {
    [VET_PUBLIC] = "a public address",       [VET_PRIVATE] = "a private address",
    [VET_LOOPBACK] = "a loopback address",   [VET_LINK_LOCAL] = "a link-local address",
    [VET_MULTICAST] = "a multicast address", [VET_UNSPECIFIED] = "an unspecified address",
    [VET_RESERVED] = "a reserved address",
};

static enum vet_class classify4(const unsigned char bytes[4])
{
    uint32_t address = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
                       (uint32_t)bytes[2] << 8 | bytes[3];
    for (size_t i = 0; i < sizeof prefixes4 / sizeof *prefixes4; i++) {
        const struct prefix4 *p = &prefixes4[i];
        if ((address ^ p->net) >> (32 - p->bits) == 0) {
            return p->class;
        }
    }
    return VET_PUBLIC;
}

static bool starts_with(const unsigned char *bytes, const struct prefix6 *prefix)
{
    unsigned whole = prefix->bits / 8, rest = prefix->bits % 8;
    if (memcmp(bytes, prefix->net, whole) != 0) {
        return false;
    }
    return rest == 0 || (bytes[whole] ^ prefix->net[whole]) >> (8 - rest) == 0;
}

static enum vet_class classify6(const unsigned char bytes[16])
{
    static const unsigned char zero[16];
    if (memcmp(bytes, zero, 15) == 0 && bytes[15] <= 1) {
        return bytes[15] ? VET_LOOPBACK : VET_UNSPECIFIED;
    }
    for (size_t i = 0; i < sizeof prefixes6 / sizeof *prefixes6; i++) {
        const struct prefix6 *p = &prefixes6[i];
        if (starts_with(bytes, p)) {
            return p->inner < 0 ? p->class : classify4(bytes + p->inner);
        }
    }
    return VET_PUBLIC;
}

enum vet_class vet_address(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return classify4((const unsigned char *)&in.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        return classify6(in6.sin6_addr.s6_addr);
    }
    return VET_RESERVED;
}

bool vet_literal(const char *text, enum vet_class *result)
{
    char bare[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    text += *text == '[';
    size_t length = strcspn(text, "%]");
    if (length >= sizeof bare) {
        return false;
    }
    memcpy(bare, text, length);
    bare[length] = '\0';
    if (inet_pton(AF_INET, bare, bytes) == 1) {
        *result = classify4(bytes);
        return true;
    }
    if (inet_pton(AF_INET6, bare, bytes) == 1) {
        *result = classify6(bytes);
        return true;
    }
    return false;
}

bool vet_allows(enum vet_trust trust, enum vet_class address)
{
    if (trust == VET_TRUST_ALL || address == VET_PUBLIC) {
        return true;
    }
    return trust == VET_TRUST_LAN && (address == VET_PRIVATE || address == VET_LOOPBACK);
}

const char *vet_name(enum vet_class address)
{
    return names[address];
}
