/* The texts are what an operator sees in the log, so each says what to do. Details (a
 * status, a reason of the TLS library) go in brackets between the two. */
#include "wire/failure.h"

#include <stdio.h>

static const struct {
    const char *what, *cure;
    enum schedule_reach reach;
    bool airs;
} table[FAILURES] = {
    [FAILURE_NONE] = {"works", "", SCHEDULE_ANSWERED, true},
    [FAILURE_SCHEME] = {"not a kind of address that can be fetched",
                        "use http://, https:// or the path of a file", SCHEDULE_ANSWERED,
                        false},
    [FAILURE_ADDRESS_FORM] = {"not a valid address", "check its spelling",
                              SCHEDULE_ANSWERED, false},
    [FAILURE_PASSWORD_FILE] = {"its password-file cannot be read",
                               "check its path and permissions", SCHEDULE_ANSWERED,
                               false},
    [FAILURE_CA_FILE] = {"its ca-file cannot be used",
                         "name a readable file of PEM certificates", SCHEDULE_ANSWERED,
                         false},
    [FAILURE_NO_FILE] = {"no such file",
                         "check the path; a web address begins with http:// or https://",
                         SCHEDULE_SILENT, false},
    [FAILURE_FILE_ACCESS] = {"cannot be read", "check the file's permissions",
                             SCHEDULE_SILENT, false},
    [FAILURE_FOLDER] = {"is a folder", "name a file in it", SCHEDULE_SILENT, false},
    [FAILURE_NOT_A_FILE] = {"is no regular file", "name a regular file", SCHEDULE_SILENT,
                            false},
    [FAILURE_LOOKUP] = {"its host name was not found", "check the name and the network",
                        SCHEDULE_SILENT, false},
    [FAILURE_LOOKUP_TIMEOUT] = {"no answer when looking up its host name",
                                "check the network and its DNS server", SCHEDULE_SILENT,
                                false},
    [FAILURE_PROXY] = {"its proxy cannot be used", "check the proxy key", SCHEDULE_SILENT,
                       false},
    [FAILURE_REFUSED] = {"connection refused",
                         "check that a server runs at that host and port",
                         SCHEDULE_SILENT, false},
    [FAILURE_UNREACHABLE] = {"cannot be reached", "check the network", SCHEDULE_SILENT,
                             false},
    [FAILURE_CONNECT_TIMEOUT] = {"no connection within 10 s",
                                 "check the network and the address", SCHEDULE_SILENT,
                                 false},
    [FAILURE_ADDRESS_REFUSED] = {"address not allowed",
                                 "if it is meant, write lan = yes for this source",
                                 SCHEDULE_SILENT, false},
    [FAILURE_TLS] = {"no secure connection",
                     "check the clock here and the certificate there", SCHEDULE_ANSWERED,
                     false},
    [FAILURE_NO_ANSWER] = {"connected, but no answer came",
                           "the server may be overloaded; it is tried again",
                           SCHEDULE_ANSWERED, false},
    [FAILURE_TIMEOUT] = {"too slow: not done within 30 s", "it is tried again",
                         SCHEDULE_ANSWERED, false},
    [FAILURE_BROKEN_OFF] = {"connection broken off", "it is tried again",
                            SCHEDULE_ANSWERED, false},
    [FAILURE_PROTOCOL] = {"the answer is not HTTP", "check host and port",
                          SCHEDULE_ANSWERED, false},
    [FAILURE_ENCODING] = {"its compression cannot be read", "tell its publisher",
                          SCHEDULE_ANSWERED, false},
    [FAILURE_HEADERS] = {"more than 64 kB of headers", "check the address",
                         SCHEDULE_ANSWERED, false},
    [FAILURE_REDIRECTS] = {"more than 5 redirects",
                           "use the address a browser ends up at", SCHEDULE_ANSWERED,
                           false},
    [FAILURE_REDIRECT_REFUSED] =
        {"redirect refused", "use the address a browser ends up at, if it can be trusted",
         SCHEDULE_ANSWERED, false},
    [FAILURE_UNAUTHORISED] = {"needs a password", "set user and password-file",
                              SCHEDULE_ANSWERED, false},
    [FAILURE_FORBIDDEN] = {"access forbidden",
                           "ask its publisher, or try another user-agent",
                           SCHEDULE_ANSWERED, false},
    [FAILURE_NOT_FOUND] = {"not found", "check the address", SCHEDULE_ANSWERED, false},
    [FAILURE_GONE] = {"gone for good", "remove it, or find its new address",
                      SCHEDULE_ANSWERED, false},
    [FAILURE_TOO_MANY] = {"asked too often", "it is left alone for a while; raise every",
                          SCHEDULE_ANSWERED, false},
    [FAILURE_SERVER] = {"the server has a fault", "it is tried again", SCHEDULE_ANSWERED,
                        false},
    [FAILURE_STATUS] = {"an answer that is no content", "check the address",
                        SCHEDULE_ANSWERED, false},
    [FAILURE_NOT_MODIFIED] = {"\"not modified\" in answer to a first request",
                              "tell its publisher", SCHEDULE_ANSWERED, false},
    [FAILURE_EMPTY] = {"an empty document", "check the address", SCHEDULE_ANSWERED,
                       false},
    [FAILURE_WEB_PAGE] =
        {"a web page, not a feed",
         "use the address of its feed; behind a Wi-Fi login, log in first",
         SCHEDULE_ANSWERED, false},
    [FAILURE_CONTENT] = {"not a feed", "check the address", SCHEDULE_ANSWERED, false},
    [FAILURE_CUT] = {"arrived incomplete", "it is tried again; what came is shown",
                     SCHEDULE_ANSWERED, false},
    [FAILURE_FLAWED] = {"has a fault", "it is shown as far as it goes", SCHEDULE_ANSWERED,
                        true},
    [FAILURE_TOO_LONG] = {"longer than 8 MiB", "it is shown as far as that goes",
                          SCHEDULE_ANSWERED, true},
    [FAILURE_CROWDED] = {"more than 500 files", "the first by name are shown",
                         SCHEDULE_ANSWERED, true},
    [FAILURE_MEMORY] = {"not enough memory for it", "it is tried again", SCHEDULE_SILENT,
                        false},
    [FAILURE_OTHER] = {"cannot be fetched", "it is tried again", SCHEDULE_SILENT, false},
};

static const struct {
    int status;
    enum failure failure;
} statuses[] = {
    {304, FAILURE_NONE},      {401, FAILURE_UNAUTHORISED}, {403, FAILURE_FORBIDDEN},
    {404, FAILURE_NOT_FOUND}, {407, FAILURE_PROXY},        {410, FAILURE_GONE},
    {429, FAILURE_TOO_MANY},
};

bool failure_airs(enum failure failure)
{
    return table[failure].airs;
}

enum schedule_reach failure_reach(enum failure failure)
{
    return table[failure].reach;
}

enum failure failure_of_status(int status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == status) {
            return statuses[i].failure;
        }
    }
    if (status >= 200 && status < 300) {
        return FAILURE_NONE;
    }
    return status >= 500 && status < 600 ? FAILURE_SERVER : FAILURE_STATUS;
}

char *failure_line(enum failure failure, const char *name, const char *detail, char *out,
                   size_t room)
{
    snprintf(out, room, "%s: %s%s%s%s: %s", name, table[failure].what,
             *detail ? " (" : "", detail, *detail ? ")" : "", table[failure].cure);
    return out;
}
