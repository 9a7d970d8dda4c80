/* Where the page is served: "127.0.0.1:1928", "[::]:1928", "0.0.0.0", "localhost:8080". */
#ifndef MOTOGRAPH_HOST_WEB_LISTEN_H
#define MOTOGRAPH_HOST_WEB_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

enum { WEB_LISTEN_PORT = 1928 }; /* where none is named */

struct web_listen {
    struct sockaddr_storage address;
    socklen_t length;
};

/* Reads TEXT: an address in figures, "localhost" or "*" (all of IPv4), and a port. False if it is no
 * such thing. Pure. */
bool web_listen_read(const char *text, struct web_listen *listen);

/* Whether only this machine can reach it. Pure. */
bool web_listen_is_loopback(const struct web_listen *listen);

/* A socket that listens there, not blocking, the caller's to close; -1 with errno. */
int web_listen_open(const struct web_listen *listen);

#endif
