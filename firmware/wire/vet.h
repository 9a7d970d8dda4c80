/* Which addresses a source may lead to: what an operator did not write himself must not
 * reach this board, its network, or a cloud's metadata service. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_VET_H
#define MOTOGRAPH_WIRE_VET_H

#include <stdbool.h>
#include <sys/socket.h>

enum vet_class {
    VET_PUBLIC,
    VET_PRIVATE,     /* RFC 1918, RFC 6598, RFC 4193, site-local */
    VET_LOOPBACK,    /* 127/8, ::1 */
    VET_LINK_LOCAL,  /* 169.254/16, fe80::/10 */
    VET_MULTICAST,   /* 224/4, ff00::/8 */
    VET_UNSPECIFIED, /* 0/8, :: */
    VET_RESERVED     /* 240/4 with the broadcast address; families other than IP */
};

enum vet_trust {
    VET_TRUST_PUBLIC, /* nothing but public addresses */
    VET_TRUST_LAN,    /* `lan = yes`: private and loopback ones too */
    VET_TRUST_ALL     /* typed on the command line */
};

/* The class of an IPv4 or IPv6 address; one that holds an IPv4 address inside (mapped,
 * compatible, NAT64, 6to4) counts as that. */
enum vet_class vet_address(const struct sockaddr *address);

/* The same for a literal ("127.0.0.1", "::1", "[::1]", a zone after '%' ignored). Returns
 * whether TEXT is one. */
bool vet_literal(const char *text, enum vet_class *result);

bool vet_allows(enum vet_trust trust, enum vet_class address);

/* "a loopback address" and so on, for messages. */
const char *vet_name(enum vet_class address);

#endif
