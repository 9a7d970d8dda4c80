/* Why a source delivers nothing, in words for the person who can cure it: one table of
 * what happened, what to do, and how the schedule takes it. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_FAILURE_H
#define MOTOGRAPH_WIRE_FAILURE_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/schedule.h"

enum failure {
    FAILURE_NONE,
    /* What was written in the configuration or on the command line. */
    FAILURE_SCHEME,
    FAILURE_ADDRESS_FORM,
    FAILURE_PASSWORD_FILE,
    FAILURE_CA_FILE,
    /* Files. */
    FAILURE_NO_FILE,
    FAILURE_FILE_ACCESS,
    FAILURE_FOLDER,
    FAILURE_NOT_A_FILE,
    /* On the way to the server. */
    FAILURE_LOOKUP,
    FAILURE_LOOKUP_TIMEOUT,
    FAILURE_PROXY,
    FAILURE_REFUSED,
    FAILURE_UNREACHABLE,
    FAILURE_CONNECT_TIMEOUT,
    FAILURE_ADDRESS_REFUSED,
    FAILURE_TLS,
    /* At the server. */
    FAILURE_NO_ANSWER,
    FAILURE_TIMEOUT,
    FAILURE_BROKEN_OFF,
    FAILURE_PROTOCOL,
    FAILURE_ENCODING,
    FAILURE_HEADERS,
    FAILURE_REDIRECTS,
    FAILURE_REDIRECT_REFUSED,
    FAILURE_UNAUTHORISED,
    FAILURE_FORBIDDEN,
    FAILURE_NOT_FOUND,
    FAILURE_GONE,
    FAILURE_TOO_MANY,
    FAILURE_SERVER,
    FAILURE_STATUS,
    FAILURE_NOT_MODIFIED,
    /* In what came. */
    FAILURE_EMPTY,
    FAILURE_WEB_PAGE,
    FAILURE_CONTENT,
    FAILURE_CUT,
    /* Not failures, but worth a word: what could be read is shown. */
    FAILURE_FLAWED,
    FAILURE_TOO_LONG,
    FAILURE_CROWDED,
    /* Here. */
    FAILURE_MEMORY,
    FAILURE_OTHER,
    FAILURES
};

enum { FAILURE_DETAIL_BYTES = 256, FAILURE_LINE_BYTES = 900 };

/* Whether the content airs all the same. */
bool failure_airs(enum failure failure);

enum schedule_reach failure_reach(enum failure failure);

/* The failure of an HTTP status; FAILURE_NONE for 2xx and 304. */
enum failure failure_of_status(int status);

/* Writes "NAME: what (DETAIL): cure" ("" = no detail) at OUT, ROOM bytes; returns OUT. */
char *failure_line(enum failure failure, const char *name, const char *detail, char *out,
                   size_t room);

#endif
