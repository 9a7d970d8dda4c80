/* The web server: libmicrohttpd without a thread of its own, a guest in somebody's poll. It knows
 * HTTP, who may come in and the files of the page; what is asked of the ticker it hands to the
 * functions of a table, so it knows no other room. Everything but web_new and web_free on one
 * thread, the worker's. Built without libmicrohttpd (MOTOGRAPH_WEB=OFF) web_new gives NULL. */
#ifndef MOTOGRAPH_HOST_WEB_H
#define MOTOGRAPH_HOST_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/web_text.h"

enum { WEB_BODY_BYTES = 16 << 10 /* of a request, at most */ };

enum web_method { WEB_GET, WEB_POST, WEB_DELETE };

/* One request, for the function that answers it. Valid while that runs, but `own` stays. */
struct web_call {
    const char *tail; /* what follows the path of a route with a tail; else "" */
    const char *body; /* LENGTH bytes, '\0' behind them */
    size_t length;
    void *own;           /* the function's, for when it is called again; NULL at first */
    int64_t since_ms;    /* when it was called first */
    const void *request; /* for web_argument */
};

struct web_reply {
    int status;            /* of HTTP; 0 = not yet, call me again */
    const char *type;      /* NULL = application/json */
    struct web_text *text; /* given away */
    const char *error;     /* in place of text: {"error": ...}; a text that stays */
};

/* Answers CALL, or says "not yet": it is then called again whenever the thread has turned, for
 * `wait_ms` at most. */
typedef void web_answer_fn(void *user, struct web_call *call, struct web_reply *reply);

struct web_route {
    const char *path;
    enum web_method method; /* WEB_GET also answers HEAD */
    bool tail;              /* something must follow the path */
    web_answer_fn *answer;
    void (*drop)(void *user, void *own); /* NULL = `own` needs nothing */
    int wait_ms;                         /* 0 = WEB_WAIT_MS */
};

enum { WEB_WAIT_MS = 3000 };

/* LISTEN, PIN_FILE and HOSTS are as [web] has them, copied; the rest must outlive the server. */
struct web_setup {
    const char *listen, *pin_file, *hosts;
    const struct web_route *routes;
    size_t route_count;
    void *user; /* of the routes */
};

struct web;

/* NULL, logged, if LISTEN is no address, memory is short or it was built without. Opens nothing yet:
 * that is done at the first web_turn. */
struct web *web_new(const struct web_setup *setup);

/* Closes all. The thread that called web_turn must have ended. NULL is fine. */
void web_free(struct web *web);

/* The descriptor to wait for; -1 while it does not listen. */
int web_fd(void *web);

/* Does what there is to do; never waits. What cannot be opened is logged and tried again. */
void web_turn(void *web);

/* Milliseconds after which web_turn must be called again; -1 = only when something comes. */
int web_timeout_ms(void *web);

/* The value of argument NAME of CALL's address; NULL if it has none. */
const char *web_argument(const struct web_call *call, const char *name);

#endif
