/* The web server from inside, for the files that are its parts: web.c opens, turns and closes it,
 * web_request.c takes one request from its headers to its answer. Worker thread. */
#ifndef MOTOGRAPH_HOST_WEB_INSIDE_H
#define MOTOGRAPH_HOST_WEB_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <microhttpd.h>

#include "host/web.h"
#include "host/web_crowd.h"
#include "host/web_gate.h"
#include "host/web_key.h"
#include "host/web_listen.h"
#include "host/web_tries.h"

struct web_request;

struct web {
    struct web_setup setup;          /* its first three texts are owned */
    char machine[256], address[256]; /* its name; the address of `listen` */
    struct web_listen listen;
    struct web_key key;
    struct web_gate gate;
    struct web_tries tries;
    struct web_crowd crowd;
    struct MHD_Daemon *daemon; /* NULL = does not listen */
    struct web_request *waiting;
    int64_t open_ms;     /* when to try to open it again */
    int64_t complain_ms; /* no line about a wrong key before */
    bool complained;     /* that it cannot be opened */
    bool resumed;        /* there is an answer to be sent */
};

/* MHD_AccessHandlerCallback, and what it is told at the end of each request. */
enum MHD_Result web_request_take(void *web, struct MHD_Connection *connection,
                                 const char *url, const char *method, const char *version,
                                 const char *bytes, size_t *length, void **own);
void web_request_end(void *web, struct MHD_Connection *connection, void **own,
                     enum MHD_RequestTerminationCode code);

/* Asks once more for the answers that were not there yet; ALL = what is not there now gets 503. */
void web_request_review(struct web *web, bool all);

/* The member of the crowd that CONNECTION is; NULL if it has none. */
struct web_crowd_member *web_member_of(struct MHD_Connection *connection);

#endif
