/* Who is at the other end, as limits count it: an IPv4 address, or the 64 bits of an IPv6 address
 * that name a network, since one machine has all the rest. Pure; any thread. */
#ifndef MOTOGRAPH_HOST_WEB_PEER_H
#define MOTOGRAPH_HOST_WEB_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct web_peer {
    uint8_t bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
};

/* All zero for anything but an IP address; NULL is fine. */
struct web_peer web_peer_of(const struct sockaddr *address);

bool web_peer_same(const struct web_peer *a, const struct web_peer *b);

/* ADDRESS as a person writes it, without its port; an IPv4 address in IPv6 clothes as IPv4. ""
 * for anything but an IP address. Returns OUT. */
enum { WEB_PEER_TEXT_BYTES = 64 };
const char *web_peer_text(const struct sockaddr *address, char out[WEB_PEER_TEXT_BYTES]);

#endif
