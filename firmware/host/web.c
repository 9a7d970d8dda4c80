/* The library's epoll descriptor is one of those that the worker waits for; MHD_run then does what
 * there is to do. Its own limits are only a backstop: who leaves when there are too many, and when
 * somebody is too slow, web_crowd.c knows. A socket that must go is shut down, which the library
 * notices as the end of its connection. */
#define LOG_MODULE "web"
#include "host/web.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/web_inside.h"

enum {
    REOPEN_MS = 30 * 1000,
    POOL_BYTES = 16 << 10, /* of a connection: its headers must fit */
    POOL_STEP_BYTES = 1 << 10,
    IDLE_S = 20 /* the backstop */
};

/* --- Opening -------------------------------------------------------------------------- */

struct web *web_new(const struct web_setup *setup)
{
    struct web *web = calloc(1, sizeof *web);
    if (!web) {
        return NULL;
    }
    web->setup = *setup;
    web->setup.listen = strdup(setup->listen);
    web->setup.pin_file = strdup(setup->pin_file);
    web->setup.hosts = strdup(setup->hosts);
    if (!web->setup.listen || !web->setup.pin_file || !web->setup.hosts) {
        log_error("no memory for the web page");
        web_free(web);
        return NULL;
    }
    if (!web_listen_read(setup->listen, &web->listen)) {
        log_error("[web] listen = %s: no address and port, such as 0.0.0.0:1928 or "
                  "[::1]:1928: no web page",
                  setup->listen);
        web_free(web);
        return NULL;
    }
    gethostname(web->machine, sizeof web->machine - 1);
    web_gate_name(setup->listen, web->address);
    web->gate = (struct web_gate){
        .machine = web->machine, .listen = web->address, .hosts = web->setup.hosts};
    return web;
}

static void log_library(void *user, const char *format, va_list words)
{
    char line[256];
    (void)user;
    int n = vsnprintf(line, sizeof line, format, words);
    if (n > 0) {
        line[strcspn(line, "\n")] = '\0';
        log_debug("%s", line);
    }
}

/* Once, until it has been open. */
static void complain(struct web *web, const char *what)
{
    if (!web->complained) {
        log_warning(
            "the web page cannot be served on %s: %s; the picture goes on, and it "
            "is tried again",
            web->setup.listen, what);
    }
    web->complained = true;
}

struct web_crowd_member *web_member_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void notice(void *user, struct MHD_Connection *connection, void **member,
                   enum MHD_ConnectionNotificationCode code)
{
    struct web *web = user;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        web_crowd_leave(&web->crowd, *member);
        *member = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct web_peer peer = web_peer_of(address ? address->client_addr : NULL);
    int leaver = -1;
    *member = web_crowd_enter(&web->crowd, fd ? fd->connect_fd : -1, &peer, clock_ms(),
                              &leaver);
    if (leaver >= 0) {
        shutdown(leaver, SHUT_RDWR);
    }
}

/* As the library does it, but for what would end the text early: it stays as it was written. */
static size_t unescape(void *user, struct MHD_Connection *connection, char *text)
{
    (void)user;
    (void)connection;
    return strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}

static void start(struct web *web, int fd)
{
    struct rlimit files = {.rlim_cur = 1024};
    getrlimit(RLIMIT_NOFILE, &files);
    web_crowd_init(&web->crowd, (size_t)files.rlim_cur);
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        web_request_take, web, MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)WEB_CROWD_MOST, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)POOL_STEP_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, web_request_end, web, MHD_OPTION_NOTIFY_CONNECTION,
        notice, web, MHD_OPTION_END);
}

static void open_server(struct web *web)
{
    web->open_ms = clock_ms() + REOPEN_MS;
    bool guarded = *web->key.text || web_key_open(&web->key, web->setup.pin_file);
    if (!guarded && !web_listen_is_loopback(&web->listen)) {
        complain(web, "without a PIN or token only addresses of this machine "
                      "(127.0.0.1, [::1]) are served; set [web] pin-file");
        return;
    }
    int fd = web_listen_open(&web->listen);
    if (fd < 0) {
        complain(web,
                 errno == EADDRINUSE ? "another program listens there" : strerror(errno));
        return;
    }
    start(web, fd);
    if (!web->daemon) {
        close(fd);
        complain(web, "the library that serves it cannot be started");
        return;
    }
    web->complained = false;
    log_info("the web page is on http://%s/%s%s", web->setup.listen,
             guarded ? "; changes need what is in " : "", guarded ? web->key.file : "");
}

/* --- Turning -------------------------------------------------------------------------- */

void web_turn(void *user)
{
    struct web *web = user;
    int64_t now_ms = clock_ms();
    if (!web->daemon && now_ms >= web->open_ms) {
        open_server(web);
    }
    if (!web->daemon) {
        return;
    }
    for (int fd; (fd = web_crowd_late(&web->crowd, now_ms)) >= 0;) {
        shutdown(fd, SHUT_RDWR);
    }
    MHD_run(web->daemon);
    web_request_review(web, false);
    if (web->resumed) {
        web->resumed = false;
        MHD_run(web->daemon);
    }
}

int web_fd(void *user)
{
    const struct web *web = user;
    const union MHD_DaemonInfo *info =
        web->daemon ? MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    return info ? info->epoll_fd : -1;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

int web_timeout_ms(void *user)
{
    enum { REVIEW_MS = 100 };
    const struct web *web = user;
    int64_t now_ms = clock_ms();
    if (!web->daemon) {
        return (int)(web->open_ms > now_ms ? web->open_ms - now_ms : 0);
    }
    int64_t wait = web_crowd_wait_ms(&web->crowd, now_ms);
    MHD_UNSIGNED_LONG_LONG library;
    if (MHD_get_timeout(web->daemon, &library) == MHD_YES) {
        wait = sooner(wait, library < INT32_MAX ? (int64_t)library : INT32_MAX);
    }
    return (int)(web->waiting ? sooner(wait, REVIEW_MS) : wait);
}

void web_free(struct web *web)
{
    if (!web) {
        return;
    }
    if (web->daemon) {
        web_request_review(web, true);
        MHD_stop_daemon(web->daemon);
    }
    free((char *)web->setup.listen);
    free((char *)web->setup.pin_file);
    free((char *)web->setup.hosts);
    free(web);
}
