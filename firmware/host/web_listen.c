#include "host/web_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { HOST_BYTES = 64, BACKLOG = 256 };

/* The port that TEXT is; -1 if it is none. */
static long read_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 5 || text[digits] != '\0') {
        return -1;
    }
    long port = strtol(text, NULL, 10);
    return port <= UINT16_MAX ? port : -1;
}

/* Takes TEXT apart. False if it has no such parts. */
static bool split(const char *text, char host[HOST_BYTES], long *port)
{
    const char *begin = *text == '[' ? text + 1 : text;
    size_t length = strcspn(begin, *text == '[' ? "]" : ":");
    const char *rest = begin + length + (*text == '[');
    if (length == 0 || length >= HOST_BYTES || (*text == '[' && begin[length] != ']')) {
        return false;
    }
    memcpy(host, begin, length);
    host[length] = '\0';
    *port = *rest == '\0' ? WEB_LISTEN_PORT : *rest == ':' ? read_port(rest + 1) : -1;
    return *port >= 0;
}

bool web_listen_read(const char *text, struct web_listen *listen)
{
    char host[HOST_BYTES];
    long port;
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    memset(listen, 0, sizeof *listen);
    if (!split(text, host, &port)) {
        return false;
    }
    const char *name = strcasecmp(host, "localhost") == 0 ? "127.0.0.1"
                       : strcmp(host, "*") == 0           ? "0.0.0.0"
                                                          : host;
    v4.sin_port = htons((uint16_t)port);
    v6.sin6_port = htons((uint16_t)port);
    if (*text != '[' && inet_pton(AF_INET, name, &v4.sin_addr) == 1) {
        memcpy(&listen->address, &v4, sizeof v4);
        listen->length = sizeof v4;
    } else if (*text == '[' && inet_pton(AF_INET6, name, &v6.sin6_addr) == 1) {
        memcpy(&listen->address, &v6, sizeof v6);
        listen->length = sizeof v6;
    }
    return listen->length > 0;
}

bool web_listen_is_loopback(const struct web_listen *listen)
{
    if (listen->address.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)&listen->address;
        return ntohl(v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    }
    const struct sockaddr_in6 *v6 = (const void *)&listen->address;
    return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

int web_listen_open(const struct web_listen *at)
{
    int family = at->address.ss_family, on = 1, off = 0;
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    /* What a run before has left behind is no reason not to begin. */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (bind(fd, (const void *)&at->address, at->length) != 0 ||
        listen(fd, BACKLOG) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}
