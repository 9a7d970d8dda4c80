/* The library calls web_request_take with the headers, then with each piece of the body, then once
 * more at its end, which is when we answer: a refusal is decided at the headers but said then, too,
 * for a client whose words are not taken to their end may never read why. What must wait for the
 * main thread is suspended, and taken up again by web_request_review. */
#define LOG_MODULE "web"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/web_inside.h"
#include "host/web_page.h"

enum {
    HEARD_BYTES = 1 << 20, /* of a body that is refused anyway */
    QUIET_MS = 10 * 60 * 1000
};

struct web_request {
    struct web *web;
    struct MHD_Connection *connection;
    const struct web_route *route; /* NULL = the page, or a refusal */
    struct web_page page;
    struct web_call call;
    struct web_reply reply;   /* status 0 = not yet */
    char *body;               /* owned */
    size_t heard;             /* bytes of the body, taken or not */
    int retry_s;              /* with 429 */
    const char *allow;        /* with 405 */
    struct web_request *next; /* of those that wait */
    bool waits;
};

/* --- At the headers --------------------------------------------------------------------- */

static const char *header(const struct web_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result count_host(void *user, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    int *hosts = user;
    (void)kind;
    (void)value;
    *hosts += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    return MHD_YES;
}

static const struct sockaddr *client_of(const struct web_request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/* Whether it asks for us by a name that is ours. */
static bool is_admitted(const struct web_request *request)
{
    char here[WEB_PEER_TEXT_BYTES] = "";
    struct sockaddr_storage own;
    socklen_t length = sizeof own;
    int hosts = 0;
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (fd && getsockname(fd->connect_fd, (void *)&own, &length) == 0) {
        web_peer_text((const void *)&own, here);
    }
    MHD_get_connection_values(request->connection, MHD_HEADER_KIND, count_host, &hosts);
    return hosts == 1 && web_gate_admits(&request->web->gate,
                                         header(request, MHD_HTTP_HEADER_HOST), here);
}

static void refuse(struct web_request *request, int status, const char *why)
{
    request->route = NULL;
    request->reply = (struct web_reply){.status = status, .error = why};
}

static bool leads_to(const struct web_route *route, const char *url)
{
    size_t length = strlen(route->path);
    return strncmp(url, route->path, length) == 0 &&
           (url[length] == '\0') == !route->tail;
}

static bool is_method(const char *method, enum web_method wanted)
{
    static const char *const names[] = {
        [WEB_GET] = "GET", [WEB_POST] = "POST", [WEB_DELETE] = "DELETE"};
    return strcmp(method, names[wanted]) == 0 ||
           (wanted == WEB_GET && strcmp(method, "HEAD") == 0);
}

/* Finds what answers METHOD at URL; a refusal if nothing does. */
static void find_route(struct web_request *request, const char *url, const char *method)
{
    static const char *const allowed[] = {"GET", "POST", "GET, POST", "DELETE"};
    const struct web_setup *setup = &request->web->setup;
    bool get = false, post = false, other = false;
    web_page_find(url, &request->page);
    get = request->page.bytes != NULL;
    for (size_t i = 0; i < setup->route_count; i++) {
        const struct web_route *route = &setup->routes[i];
        if (!leads_to(route, url)) {
            continue;
        }
        if (is_method(method, route->method)) {
            request->route = route;
            request->call.tail = url + strlen(route->path);
            return;
        }
        get |= route->method == WEB_GET;
        post |= route->method == WEB_POST;
        other |= route->method == WEB_DELETE;
    }
    if (request->page.bytes && is_method(method, WEB_GET)) {
        request->reply.status = MHD_HTTP_OK;
    } else if (get || post || other) {
        request->allow = allowed[other ? 3 : get && post ? 2 : post ? 1 : 0];
        refuse(request, MHD_HTTP_METHOD_NOT_ALLOWED, "this address takes another method");
    } else {
        refuse(request, MHD_HTTP_NOT_FOUND, "there is nothing at this address");
    }
}

static void complain(struct web_request *request, int64_t now_ms)
{
    char peer[WEB_PEER_TEXT_BYTES];
    if (now_ms >= request->web->complain_ms) {
        log_warning("a change with a wrong PIN or token was refused, from %s",
                    web_peer_text(client_of(request), peer));
        request->web->complain_ms = now_ms + QUIET_MS;
    }
}

/* The key that a change needs. */
static void ask_key(struct web_request *request)
{
    struct web *web = request->web;
    struct web_peer peer = web_peer_of(client_of(request));
    int64_t now_ms = clock_ms();
    const char *given = web_gate_bearer(header(request, MHD_HTTP_HEADER_AUTHORIZATION));
    int64_t wait_ms = web_tries_wait_ms(&web->tries, &peer, now_ms);
    if (!given) {
        refuse(request, MHD_HTTP_UNAUTHORIZED,
               "this needs the header \"Authorization: Bearer PIN-or-token\"");
    } else if (wait_ms > 0) {
        request->retry_s = (int)(wait_ms / 1000) + 1;
        refuse(request, MHD_HTTP_TOO_MANY_REQUESTS,
               "too many wrong tries: wait a minute");
    } else if (!web_gate_fits(web->key.text, given)) {
        web_tries_fail(&web->tries, &peer, now_ms);
        complain(request, now_ms);
        refuse(request, MHD_HTTP_UNAUTHORIZED, "this is not the PIN or token");
    } else {
        web_tries_succeed(&web->tries, &peer, now_ms);
    }
}

/* Decides what can be decided before the body. */
static void judge(struct web_request *request, const char *url, const char *method)
{
    if (!is_admitted(request)) {
        refuse(request, MHD_HTTP_FORBIDDEN,
               "this board is not known by the name in the Host header: use its address, "
               "or list the name in [web] hosts");
        return;
    }
    find_route(request, url, method);
    if (!request->route || request->route->method == WEB_GET) {
        return;
    }
    if (!web_gate_is_ours(header(request, MHD_HTTP_HEADER_ORIGIN),
                          header(request, "Sec-Fetch-Site"),
                          header(request, MHD_HTTP_HEADER_HOST))) {
        refuse(request, MHD_HTTP_FORBIDDEN,
               "changes may not come from a page of another site (Origin)");
        return;
    }
    ask_key(request);
}

static struct web_request *begin(struct web *web, struct MHD_Connection *connection,
                                 const char *url, const char *method)
{
    struct web_request *request = calloc(1, sizeof *request);
    if (!request) {
        return NULL;
    }
    request->web = web;
    request->connection = connection;
    request->call.request = request;
    request->call.tail = "";
    judge(request, url, method);
    /* The address lives no longer than this call. */
    request->call.tail = strdup(request->call.tail);
    if (!request->call.tail) {
        free(request);
        return NULL;
    }
    return request;
}

/* Whether more is to come than will be taken, even to be refused. */
static bool is_endless(const struct web_request *request)
{
    const char *length = header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length && strtoull(length, NULL, 10) > HEARD_BYTES;
}

/* --- The body --------------------------------------------------------------------------- */

static void hear(struct web_request *request, const char *bytes, size_t length)
{
    request->heard += length;
    if (request->heard > HEARD_BYTES) {
        struct web_crowd_member *member = web_member_of(request->connection);
        if (member) {
            shutdown(member->fd, SHUT_RDWR);
        }
        return;
    }
    if (request->heard > WEB_BODY_BYTES && request->route) {
        refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, "more than 16 KiB");
    }
    if (!request->route) {
        return;
    }
    if (!request->body) {
        request->body = malloc(WEB_BODY_BYTES + 1);
    }
    if (!request->body) {
        refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "memory is short");
        return;
    }
    memcpy(request->body + request->call.length, bytes, length);
    request->call.length += length;
    request->body[request->call.length] = '\0';
}

/* --- The answer ------------------------------------------------------------------------- */

static void let_go(void *text)
{
    web_text_drop(text);
}

static struct MHD_Response *response_of(struct web_request *request)
{
    struct web_text *text = request->reply.text;
    if (request->page.bytes && request->reply.status == MHD_HTTP_OK) {
        const char *held = header(request, MHD_HTTP_HEADER_IF_NONE_MATCH);
        if (held && strstr(held, request->page.tag)) {
            request->reply.status = MHD_HTTP_NOT_MODIFIED;
            return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
        }
        return MHD_create_response_from_buffer(
            request->page.length, (void *)request->page.bytes, MHD_RESPMEM_PERSISTENT);
    }
    if (!text) {
        text = web_text_error(request->reply.error ? request->reply.error : "");
    }
    request->reply.text = NULL;
    if (!text) {
        return NULL;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer_with_free_callback_cls(text->length, text->bytes,
                                                               let_go, text);
    if (!response) {
        web_text_drop(text);
    }
    return response;
}

static void add_headers(struct web_request *request, struct MHD_Response *response)
{
    static const char *const always[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "connect-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    const struct web_reply *reply = &request->reply;
    const struct web_page *page = &request->page;
    bool is_page = page->bytes && !request->route && !reply->error;
    char seconds[16];
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        MHD_add_response_header(response, always[i][0], always[i][1]);
    }
    MHD_add_response_header(response, "Content-Type",
                            is_page       ? page->type
                            : reply->type ? reply->type
                                          : "application/json");
    MHD_add_response_header(response, "Cache-Control", is_page ? "no-cache" : "no-store");
    if (is_page) {
        MHD_add_response_header(response, "ETag", page->tag);
    }
    if (request->allow) {
        MHD_add_response_header(response, "Allow", request->allow);
    }
    if (reply->status == MHD_HTTP_UNAUTHORIZED) {
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    }
    if (request->retry_s) {
        snprintf(seconds, sizeof seconds, "%d", request->retry_s);
        MHD_add_response_header(response, "Retry-After", seconds);
    }
}

static enum MHD_Result send_answer(struct web_request *request)
{
    struct MHD_Response *response = response_of(request);
    if (!response) {
        return MHD_NO;
    }
    add_headers(request, response);
    enum MHD_Result sent = MHD_queue_response(request->connection,
                                              (unsigned)request->reply.status, response);
    MHD_destroy_response(response);
    return sent;
}

static void ask_route(struct web_request *request)
{
    request->call.body = request->body ? request->body : "";
    request->route->answer(request->web->setup.user, &request->call, &request->reply);
}

enum MHD_Result web_request_take(void *user, struct MHD_Connection *connection,
                                 const char *url, const char *method, const char *version,
                                 const char *bytes, size_t *length, void **own)
{
    struct web *web = user;
    struct web_request *request = *own;
    (void)version;
    if (!request) {
        *own = request = begin(web, connection, url, method);
        if (request && is_endless(request)) {
            if (request->reply.status == 0 || request->page.bytes) {
                refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, "more than 16 KiB");
            }
            return send_answer(request);
        }
        return request ? MHD_YES : MHD_NO;
    }
    if (*length > 0) {
        hear(request, bytes, *length);
        *length = 0;
        return MHD_YES;
    }
    web_crowd_ask(web_member_of(connection), clock_ms());
    if (request->reply.status == 0) {
        request->call.since_ms = clock_ms();
        ask_route(request);
    }
    if (request->reply.status == 0) {
        request->waits = true;
        request->next = web->waiting;
        web->waiting = request;
        MHD_suspend_connection(connection);
        return MHD_YES;
    }
    return send_answer(request);
}

void web_request_review(struct web *web, bool all)
{
    int64_t now_ms = clock_ms();
    struct web_request **at = &web->waiting;
    while (*at) {
        struct web_request *request = *at;
        int may_ms = request->route->wait_ms ? request->route->wait_ms : WEB_WAIT_MS;
        if (!all) {
            ask_route(request);
        }
        if (request->reply.status == 0 &&
            (all || now_ms - request->call.since_ms >= may_ms)) {
            request->reply = (struct web_reply){.status = MHD_HTTP_SERVICE_UNAVAILABLE,
                                                .error = "no answer yet: try again"};
        }
        if (request->reply.status == 0) {
            /* It is we who are slow. */
            web_crowd_ask(web_member_of(request->connection), now_ms);
            at = &request->next;
            continue;
        }
        *at = request->next;
        request->waits = false;
        web->resumed = true;
        MHD_resume_connection(request->connection);
    }
}

static void forget(struct web_request *request)
{
    struct web_request **at = &request->web->waiting;
    while (*at && *at != request) {
        at = &(*at)->next;
    }
    if (*at) {
        *at = request->next;
    }
}

void web_request_end(void *user, struct MHD_Connection *connection, void **own,
                     enum MHD_RequestTerminationCode code)
{
    struct web *web = user;
    struct web_request *request = *own;
    (void)code;
    if (!request) {
        return;
    }
    if (request->waits) {
        forget(request);
    }
    if (request->route && request->route->drop && request->call.own) {
        request->route->drop(web->setup.user, request->call.own);
    }
    web_text_drop(request->reply.text);
    free((char *)request->call.tail);
    free(request->body);
    free(request);
    *own = NULL;
    web_crowd_answer(web_member_of(connection), clock_ms());
}

const char *web_argument(const struct web_call *call, const char *name)
{
    const struct web_request *request = call->request;
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}
