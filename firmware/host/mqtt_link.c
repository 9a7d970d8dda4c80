/* The connection, from the thread's side: one poll on the library's socket and on our eventfd. Only
 * the connecting itself is the library's own and may block, in a look-up or on a host that does not
 * answer; whoever ends the program does not wait for it. */
#define LOG_MODULE "mqtt"
#include "host/mqtt_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <mqtt_protocol.h>

#include "base/clock.h"
#include "base/log.h"

enum {
    KEEPALIVE_S = 30,
    ANSWER_MS = 10 * 1000, /* a broker that takes longer to accept us is none */
    TURN_MS = 5 * 1000,    /* the library wants to look at its keepalive now and then */
    BYE_MS = 150,
    AGAIN_MS = 1000, /* after the first failure; doubled with each, at most: */
    AGAIN_MOST_MS = 60 * 1000,
    STABLE_MS = 30 * 1000,   /* a connection that held so long begins anew with that */
    PACKET_BYTES = 16 << 10, /* what a broker of MQTT 5 may send us at once; */
    PACKET_MOST_BYTES = 64 << 10, /* another one that passes this is left */
    HEADER_MS = 10,               /* the rest of a packet's length is on its way */
    QUIET_MS = 10 * 60 * 1000,
    REFUSED_VERSION = 1 /* of MQTT 3.1.1; MQTT_RC_UNSUPPORTED_PROTOCOL_VERSION of 5 */
};

bool mqtt_may_say(struct mqtt *mqtt, enum mqtt_event event)
{
    int64_t now_ms = clock_ms();
    if (mqtt->said_ms[event] && now_ms - mqtt->said_ms[event] < QUIET_MS) {
        return false;
    }
    mqtt->said_ms[event] = now_ms;
    return true;
}

static void say_trouble(struct mqtt *mqtt, enum mqtt_event event, const char *why)
{
    const struct broker *broker = &mqtt->settings.broker;
    if (mqtt_may_say(mqtt, event)) {
        log_warning("broker %s:%d: %s: trying again from time to time", broker->host,
                    broker->port, why);
    }
    mqtt->had_trouble = true;
}

/* --- What the library tells ---------------------------------------------------------------- */

static void subscribe(struct mqtt *mqtt, const char *topic)
{
    /* With MQTT 5 the broker does not even send what it has kept, and says of what comes now that
     * it is to be kept. */
    int options = MQTT_SUB_OPT_SEND_RETAIN_NEVER | MQTT_SUB_OPT_RETAIN_AS_PUBLISHED;
    if (*topic && mqtt->five) {
        mosquitto_subscribe_v5(mqtt->client, NULL, topic, 1, options, NULL);
    } else if (*topic) {
        mosquitto_subscribe(mqtt->client, NULL, topic, 1);
    }
}

static void on_connect(struct mosquitto *client, void *user, int code)
{
    struct mqtt *mqtt = user;
    (void)client;
    if (code == REFUSED_VERSION || code == MQTT_RC_UNSUPPORTED_PROTOCOL_VERSION) {
        mqtt->other_version = true;
        return;
    }
    if (code != 0) {
        const char *why =
            mqtt->five ? mosquitto_reason_string(code) : mosquitto_connack_string(code);
        say_trouble(mqtt, MQTT_REFUSED, why);
        mqtt->refused = true;
        return;
    }
    mqtt->answered = true;
    mqtt->since_ms = clock_ms();
    mqtt->published_ms = INT64_MIN;
    subscribe(mqtt, mqtt->settings.do_topic);
    subscribe(mqtt, mqtt->settings.group_topic);
    if (mqtt_may_say(mqtt, MQTT_CONNECTED) || mqtt->had_trouble) {
        log_info("connected %sto the broker %s:%d as %s",
                 mqtt->had_trouble ? "again " : "", mqtt->settings.broker.host,
                 mqtt->settings.broker.port, mqtt->settings.device);
    }
    mqtt->had_trouble = false;
}

static void on_subscribe(struct mosquitto *client, void *user, int id, int count,
                         const int *granted)
{
    enum { FAILURES = 0x80 };
    struct mqtt *mqtt = user;
    (void)client;
    (void)id;
    for (int i = 0; i < count; i++) {
        if (granted[i] >= FAILURES && mqtt_may_say(mqtt, MQTT_NOT_ALLOWED)) {
            log_warning(
                "the broker does not let us hear %s or the group's: check what it "
                "allows this user",
                mqtt->settings.do_topic);
        }
    }
}

static void on_message(struct mosquitto *client, void *user,
                       const struct mosquitto_message *message)
{
    (void)client;
    mqtt_order_take(user, message);
}

/* The library says each packet that it has whole. */
static void on_log(struct mosquitto *client, void *user, int level, const char *text)
{
    struct mqtt *mqtt = user;
    (void)client;
    if (level == MOSQ_LOG_ERR) {
        log_debug("%s", text);
    }
    if (strstr(text, " received ")) {
        mqtt->inside = false;
    }
}

/* --- Connecting ---------------------------------------------------------------------------- */

static bool set_up_tls(struct mqtt *mqtt)
{
    const char *file = mqtt->settings.ca_file;
    if (!mqtt->settings.broker.tls) {
        return true;
    }
    if (*file) {
        return mosquitto_tls_set(mqtt->client, file, NULL, NULL, NULL, NULL) ==
               MOSQ_ERR_SUCCESS;
    }
    return mosquitto_int_option(mqtt->client, MOSQ_OPT_TLS_USE_OS_CERTS, 1) ==
           MOSQ_ERR_SUCCESS;
}

/* A new client for each attempt: it may have to speak the other version. */
static bool make_client(struct mqtt *mqtt)
{
    const struct mqtt_settings *settings = &mqtt->settings;
    char id[sizeof "motograph-" + BROKER_LEVEL_BYTES], will[MQTT_STATUS_BYTES];
    snprintf(id, sizeof id, "motograph-%s", settings->device);
    struct mosquitto *client = mosquitto_new(id, true, mqtt);
    mqtt->client = client;
    if (!client) {
        return false;
    }
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION,
                         mqtt->five ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_connect_callback_set(client, on_connect);
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_message_callback_set(client, on_message);
    mosquitto_log_callback_set(client, on_log);
    const char *user = *settings->user ? settings->user : NULL;
    const char *password = *settings->password ? settings->password : NULL;
    size_t length = mqtt_status_write(mqtt, false, will);
    return (!user ||
            mosquitto_username_pw_set(client, user, password) == MOSQ_ERR_SUCCESS) &&
           mosquitto_will_set(client, settings->status_topic, (int)length, will, 1,
                              true) == MOSQ_ERR_SUCCESS &&
           set_up_tls(mqtt);
}

static int connect_client(struct mqtt *mqtt)
{
    const struct broker *broker = &mqtt->settings.broker;
    mosquitto_property *properties = NULL;
    if (mqtt->five) {
        mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE,
                                     PACKET_BYTES);
    }
    int result = mosquitto_connect_bind_v5(mqtt->client, broker->host, broker->port,
                                           KEEPALIVE_S, NULL, properties);
    mosquitto_property_free_all(&properties);
    return result;
}

static const char *words_of(int result)
{
    /* The library's words for a look-up that failed are "Lookup error." */
    return result == MOSQ_ERR_ERRNO ? strerror(errno)
           : result == MOSQ_ERR_EAI ? "no such host, or no name server answers"
                                    : mosquitto_strerror(result);
}

/* --- A connection -------------------------------------------------------------------------- */

static void drain(const struct mqtt *mqtt)
{
    eventfd_t ignored;
    eventfd_read(mqtt->wake, &ignored);
}

/* What has aired goes out as long as the broker keeps up; the rest is past. */
static void publish_lines(struct mqtt *mqtt)
{
    const struct mqtt_line *line;
    while ((line = ring_peek(&mqtt->lines))) {
        if (mqtt->client && mqtt->answered && !mosquitto_want_write(mqtt->client)) {
            mosquitto_publish(mqtt->client, NULL, mqtt->settings.aired_topic,
                              (int)line->length, line->text, 0, false);
        }
        ring_release(&mqtt->lines);
    }
}

static void take_reports(struct mqtt *mqtt)
{
    const struct mqtt_report *report;
    while ((report = ring_peek(&mqtt->reports))) {
        mqtt->report = *report;
        mqtt->reported = true;
        mqtt->settings.flash.expires_s = report->expires_s;
        mqtt->settings.flash.max_expires_s = report->max_expires_s;
        ring_release(&mqtt->reports);
    }
}

/* What the packet that comes next says of its length (its first byte is its kind, then 7 bits in
 * each byte, the lowest first); -1 = not yet all of that is there. */
static int64_t peek_length(int fd)
{
    unsigned char head[5];
    ssize_t got = recv(fd, head, sizeof head, MSG_PEEK | MSG_DONTWAIT);
    int64_t length = 0;
    for (ssize_t i = 1; i < got; i++) {
        length |= (int64_t)(head[i] & 0x7F) << 7 * (i - 1);
        if (!(head[i] & 0x80)) {
            return length;
        }
    }
    return got == sizeof head ? INT64_MAX : -1;
}

/* Whether the other side has hung up, or the connection has failed. */
static bool is_over(int fd)
{
    char byte;
    ssize_t got = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN);
}

/* Reads at most one packet. The library would make room for one of 256 MB and read all of it in one
 * go, so it is asked only when the length is known. With TLS nothing can be seen from here, and the
 * broker is one that was chosen and has proved who it is. */
static int read_packet(struct mqtt *mqtt, int fd)
{
    int64_t length = mqtt->inside || mqtt->settings.broker.tls ? 0 : peek_length(fd);
    if (length > PACKET_MOST_BYTES) {
        if (mqtt_may_say(mqtt, MQTT_TOO_LARGE)) {
            log_warning(
                "the broker sends a message over %d kB: the connection is given up",
                PACKET_MOST_BYTES >> 10);
        }
        return MOSQ_ERR_OVERSIZE_PACKET;
    }
    if (length < 0 && !is_over(fd)) {
        poll(NULL, 0, HEADER_MS);
        return MOSQ_ERR_SUCCESS;
    }
    mqtt->inside = true;
    return mosquitto_loop_read(mqtt->client, 1);
}

/* One turn; false when the connection is lost, with the reason in RESULT. */
static bool turn(struct mqtt *mqtt, int *result)
{
    int fd = mosquitto_socket(mqtt->client);
    bool writes = mosquitto_want_write(mqtt->client);
    int64_t wait_ms = TURN_MS, now_ms = clock_ms();
    take_reports(mqtt);
    publish_lines(mqtt);
    if (mqtt->answered && !writes) {
        int64_t due_ms = mqtt_status_publish(mqtt, now_ms);
        wait_ms = due_ms < wait_ms ? due_ms : wait_ms;
        writes = mosquitto_want_write(mqtt->client);
    }
    struct pollfd fds[] = {
        {.fd = fd, .events = (short)(writes ? POLLIN | POLLOUT : POLLIN)},
        {.fd = mqtt->wake, .events = POLLIN}};
    poll(fds, 2, (int)wait_ms);
    if (fds[1].revents) {
        drain(mqtt);
    }
    *result = MOSQ_ERR_SUCCESS;
    if (fds[0].revents & ~POLLOUT) {
        *result = read_packet(mqtt, fd);
    }
    if (*result == MOSQ_ERR_SUCCESS && fds[0].revents & POLLOUT) {
        *result = mosquitto_loop_write(mqtt->client, 1);
    }
    if (*result == MOSQ_ERR_SUCCESS) {
        *result = mosquitto_loop_misc(mqtt->client);
    }
    bool late = !mqtt->answered && clock_ms() - mqtt->since_ms > ANSWER_MS;
    if (late) {
        *result = MOSQ_ERR_CONN_LOST;
    }
    return *result == MOSQ_ERR_SUCCESS && mosquitto_socket(mqtt->client) >= 0;
}

/* The board goes off on purpose, which the last will would tell too, but as a failure. */
static void say_goodbye(struct mqtt *mqtt)
{
    char json[MQTT_STATUS_BYTES];
    int64_t end_ms = clock_ms() + BYE_MS;
    size_t length = mqtt_status_write(mqtt, false, json);
    mosquitto_publish(mqtt->client, NULL, mqtt->settings.status_topic, (int)length, json,
                      0, true);
    while (mosquitto_want_write(mqtt->client) && clock_ms() < end_ms) {
        struct pollfd fd = {.fd = mosquitto_socket(mqtt->client), .events = POLLOUT};
        poll(&fd, 1, BYE_MS);
        if (mosquitto_loop_write(mqtt->client, 1) != MOSQ_ERR_SUCCESS) {
            return;
        }
    }
    mosquitto_disconnect(mqtt->client);
}

static void serve(struct mqtt *mqtt)
{
    int result = MOSQ_ERR_SUCCESS;
    while (!atomic_load(&mqtt->quit) && turn(mqtt, &result)) {
    }
    if (atomic_load(&mqtt->quit)) {
        if (mqtt->answered) {
            say_goodbye(mqtt);
        }
    } else if (mqtt->answered) {
        say_trouble(mqtt, MQTT_LOST, "the connection is lost");
    } else if (!mqtt->refused && !(mqtt->five && mqtt->other_version)) {
        say_trouble(mqtt, MQTT_NO_BROKER,
                    result == MOSQ_ERR_SUCCESS ? "it closed the connection"
                                               : words_of(result));
    }
}

/* One connection, or the attempt at one. */
static void meet(struct mqtt *mqtt)
{
    int result = make_client(mqtt) ? MOSQ_ERR_SUCCESS : MOSQ_ERR_NOMEM;
    mqtt->answered = mqtt->refused = mqtt->other_version = false;
    mqtt->inside = false;
    mqtt->since_ms = clock_ms();
    if (result == MOSQ_ERR_SUCCESS) {
        result = connect_client(mqtt);
    }
    if (result == MOSQ_ERR_SUCCESS) {
        serve(mqtt);
        /* An older broker says so, or just hangs up. */
        if (!mqtt->answered && !mqtt->refused) {
            mqtt->five = !mqtt->five;
        }
    } else if (!atomic_load(&mqtt->quit)) {
        say_trouble(mqtt, MQTT_NO_BROKER, words_of(result));
    }
    mosquitto_destroy(mqtt->client);
    mqtt->client = NULL;
}

/* --- From one to the next ------------------------------------------------------------------ */

/* From half of it to all of it, so that a hundred boards do not come at once. */
static int64_t jitter(struct mqtt *mqtt, int64_t ms)
{
    mqtt->seed = mqtt->seed * 6364136223846793005u + 1442695040888963407u;
    return ms / 2 + (int64_t)((mqtt->seed >> 33) % (uint64_t)(ms / 2 + 1));
}

static void pause_for(struct mqtt *mqtt, int64_t ms)
{
    int64_t end_ms = clock_ms() + ms, left_ms = ms;
    while (left_ms > 0 && !atomic_load(&mqtt->quit)) {
        struct pollfd fd = {.fd = mqtt->wake, .events = POLLIN};
        if (poll(&fd, 1, (int)left_ms) > 0) {
            drain(mqtt);
        }
        take_reports(mqtt);
        publish_lines(mqtt);
        left_ms = end_ms - clock_ms();
    }
}

void mqtt_link_run(struct mqtt *mqtt)
{
    int64_t again_ms = AGAIN_MS;
    mqtt->five = true;
    while (!atomic_load(&mqtt->quit)) {
        bool five = mqtt->five;
        meet(mqtt);
        bool held = mqtt->answered && clock_ms() - mqtt->since_ms > STABLE_MS;
        again_ms = held ? AGAIN_MS : again_ms;
        if (mqtt->other_version && five) {
            continue; /* at once, in the older version */
        }
        pause_for(mqtt, jitter(mqtt, again_ms));
        again_ms = 2 * again_ms < AGAIN_MOST_MS ? 2 * again_ms : AGAIN_MOST_MS;
    }
}
