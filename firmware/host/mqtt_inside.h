/* MQTT from inside, for the files that are its parts: mqtt.c starts and stops the thread and hands
 * things over, mqtt_link.c holds the connection, mqtt_order.c takes orders, mqtt_status.c writes the
 * status, mqtt_settings.c reads the settings. */
#ifndef MOTOGRAPH_HOST_MQTT_INSIDE_H
#define MOTOGRAPH_HOST_MQTT_INSIDE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mosquitto.h>
#include <pthread.h>

#include "base/aired.h"
#include "base/broker.h"
#include "base/config.h"
#include "base/ring.h"
#include "host/mqtt.h"

enum {
    MQTT_TOPIC_BYTES = sizeof "motograph/group//status" + BROKER_LEVEL_BYTES,
    MQTT_SECRET_BYTES = 256,
    MQTT_STATUS_BYTES = 1024
};

/* Copies of all that the thread needs, so that it may outlive the configuration. */
struct mqtt_settings {
    struct broker broker;
    char user[MQTT_SECRET_BYTES], password[MQTT_SECRET_BYTES]; /* "" = none */
    char ca_file[1024];
    char device[BROKER_LEVEL_BYTES + 1], group[BROKER_LEVEL_BYTES + 1];
    char status_topic[MQTT_TOPIC_BYTES], aired_topic[MQTT_TOPIC_BYTES];
    char do_topic[MQTT_TOPIC_BYTES], group_topic[MQTT_TOPIC_BYTES]; /* group: "" = none */
    struct config_flash flash; /* the two times alone */
    uint16_t push;             /* the push source */
};

/* What is worth a line; each at most once in ten minutes. */
enum mqtt_event {
    MQTT_CONNECTED,
    MQTT_NO_BROKER,
    MQTT_REFUSED,
    MQTT_LOST,
    MQTT_NOT_ALLOWED,
    MQTT_KEPT,
    MQTT_TOO_LARGE,
    MQTT_BROKEN,
    MQTT_TOO_MANY,
    MQTT_NO_RELOAD,
    MQTT_EVENTS
};

struct mqtt_line {
    uint32_t length;
    char text[AIRED_LINE_BYTES];
};

struct mqtt {
    pthread_t thread;
    atomic_bool quit;
    int wake, ended;     /* eventfds: to the thread; its last act */
    struct ring orders;  /* to the main thread: struct message */
    struct ring reports; /* from it: struct mqtt_report */
    struct ring lines;   /* from who tells what has aired: struct mqtt_line */
    atomic_bool reload;  /* asked for, and not yet taken */
    bool reloads;        /* it may be */
    /* From here on the thread's own. */
    struct mqtt_settings settings;
    struct mosquitto *client;
    bool five;          /* MQTT 5 is spoken */
    bool answered;      /* the broker has accepted the connection, */
    bool refused;       /* or has refused it, */
    bool other_version; /* or wants another version of MQTT */
    int64_t since_ms;   /* the connection, or the attempt */
    int64_t said_ms[MQTT_EVENTS];
    bool had_trouble; /* said, and not over yet */
    uint64_t seed;    /* of the jitter */
    bool inside;      /* a packet has begun, and the library has not yet said it whole */
    struct mqtt_report report, published;
    bool reported;        /* there is a report */
    int64_t published_ms; /* the status; INT64_MIN = not on this connection */
};

/* --- mqtt_settings.c --- */

/* Fills SETTINGS. False, logged, if something of it cannot be used; nothing is said where no broker
 * is set. Main thread. */
bool mqtt_settings_read(struct mqtt_settings *settings, const struct config *config);

/* --- mqtt_link.c --- */

/* Whether EVENT may be said now; then it has been. */
bool mqtt_may_say(struct mqtt *mqtt, enum mqtt_event event);

/* Connects and serves the connection until it is lost or the end is asked for; then once more, until
 * that. */
void mqtt_link_run(struct mqtt *mqtt);

/* --- mqtt_order.c --- */

/* Carries out what a message asks for, or says why not. */
void mqtt_order_take(struct mqtt *mqtt, const struct mosquitto_message *message);

/* --- mqtt_status.c --- */

/* The status as JSON, online or not. Returns its bytes. */
size_t mqtt_status_write(const struct mqtt *mqtt, bool online,
                         char out[MQTT_STATUS_BYTES]);

/* Publishes the status if it is due. Returns in how many ms it will be. */
int64_t mqtt_status_publish(struct mqtt *mqtt, int64_t now_ms);

#endif
