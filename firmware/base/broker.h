/* The address of an MQTT broker, and names that may stand in its topics. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_BROKER_H
#define MOTOGRAPH_BASE_BROKER_H

#include <stdbool.h>
#include <stddef.h>

enum {
    BROKER_HOST_BYTES = 256,
    BROKER_LEVEL_BYTES = 64, /* of a name in a topic, at most */
    BROKER_PORT = 1883,      /* the usual one, */
    BROKER_TLS_PORT = 8883   /* and with TLS */
};

struct broker {
    char host[BROKER_HOST_BYTES]; /* a name or an address; IPv6 without its brackets */
    int port;                     /* 0 = none was given */
    bool tls;                     /* mqtts:// */
};

/* Reads HOST, HOST:PORT or [IPv6]:PORT, with mqtt:// or mqtts:// before it or without, LENGTH bytes of
 * TEXT. False if it is anything else: a user name or password has no place in it. */
bool broker_parse(const char *text, size_t length, struct broker *broker);

/* Whether LENGTH bytes of TEXT may be one level of a topic: not empty, no '/', '+', '#', no control
 * character, valid UTF-8, not too long. */
bool broker_is_level(const char *text, size_t length);

#endif
