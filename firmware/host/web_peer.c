#include "host/web_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { MAPPED = 12, NETWORK = 8 };
static const uint8_t mapped[MAPPED] = {[10] = 0xFF, [11] = 0xFF};

/* The address in 16 bytes; false for anything but an IP address. */
static bool read_bytes(const struct sockaddr *address, uint8_t out[16])
{
    memset(out, 0, 16);
    if (address && address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        memcpy(out, mapped, MAPPED);
        memcpy(out + MAPPED, &v4->sin_addr, 4);
        return true;
    }
    if (address && address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)address;
        memcpy(out, &v6->sin6_addr, 16);
        return true;
    }
    return false;
}

struct web_peer web_peer_of(const struct sockaddr *address)
{
    struct web_peer peer;
    if (read_bytes(address, peer.bytes) && memcmp(peer.bytes, mapped, MAPPED) != 0) {
        memset(peer.bytes + NETWORK, 0, sizeof peer.bytes - NETWORK);
    }
    return peer;
}

bool web_peer_same(const struct web_peer *a, const struct web_peer *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

const char *web_peer_text(const struct sockaddr *address, char out[WEB_PEER_TEXT_BYTES])
{
    uint8_t bytes[16];
    out[0] = '\0';
    if (!read_bytes(address, bytes)) {
        return out;
    }
    bool v4 = memcmp(bytes, mapped, MAPPED) == 0;
    if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? bytes + MAPPED : bytes, out,
                   WEB_PEER_TEXT_BYTES)) {
        out[0] = '\0';
    }
    return out;
}
