/* The address and the names were judged when the configuration was read; what can be wrong here is
 * what lies outside of it: the files, and the name of this machine. */
#define LOG_MODULE "mqtt"
#include "host/mqtt_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"

static bool copy(char *out, size_t room, const char *text, const char *key)
{
    size_t length = strlen(text);
    if (length >= room) {
        log_error("[mqtt] %s is too long: MQTT stays off", key);
        return false;
    }
    memcpy(out, text, length + 1);
    return true;
}

/* The first line of the file. */
static bool read_password(struct mqtt_settings *settings, const char *path)
{
    if (!*path) {
        return true;
    }
    if (!secret_read(path, settings->password, MQTT_SECRET_BYTES, NULL)) {
        log_error("[mqtt] password-file %s cannot be read: %s: MQTT stays off; check its "
                  "path and permissions",
                  path, secret_fault(errno));
        return false;
    }
    if (!*settings->password) {
        log_error("[mqtt] password-file %s is empty: MQTT stays off", path);
        return false;
    }
    return true;
}

/* The library would wait for a FIFO. */
static bool check_ca_file(const char *path)
{
    int fd = *path ? secret_open(path, NULL) : -1;
    if (*path && fd < 0) {
        log_error("[mqtt] ca-file %s cannot be read: %s: MQTT stays off; check its path "
                  "and permissions",
                  path, secret_fault(errno));
        return false;
    }
    if (fd >= 0) {
        close(fd);
    }
    return true;
}

static bool find_device(struct mqtt_settings *settings, const char *device)
{
    char name[BROKER_LEVEL_BYTES + 2] = "";
    if (strcmp(device, "hostname") == 0) {
        if (gethostname(name, sizeof name - 1) < 0) {
            name[0] = '\0';
        }
        device = name;
    }
    if (!broker_is_level(device, strlen(device))) {
        log_error("this machine's name cannot stand in a topic: MQTT stays off; give it "
                  "one with [mqtt] device");
        return false;
    }
    return copy(settings->device, sizeof settings->device, device, "device");
}

static void make_topics(struct mqtt_settings *settings)
{
    snprintf(settings->status_topic, MQTT_TOPIC_BYTES, "motograph/%s/status",
             settings->device);
    snprintf(settings->aired_topic, MQTT_TOPIC_BYTES, "motograph/%s/aired",
             settings->device);
    snprintf(settings->do_topic, MQTT_TOPIC_BYTES, "motograph/%s/do", settings->device);
    if (*settings->group) {
        snprintf(settings->group_topic, MQTT_TOPIC_BYTES, "motograph/group/%s/do",
                 settings->group);
    }
}

bool mqtt_settings_read(struct mqtt_settings *settings, const struct config *config)
{
    const char *broker = config->mqtt.broker;
    *settings = (struct mqtt_settings){.push = (uint16_t)config->source_count};
    settings->flash.expires_s = config->flash.expires_s;
    settings->flash.max_expires_s = config->flash.max_expires_s;
    if (!*broker || !broker_parse(broker, strlen(broker), &settings->broker)) {
        return false;
    }
    settings->broker.tls |= *config->mqtt.ca_file != '\0';
    if (settings->broker.port == 0) {
        settings->broker.port = settings->broker.tls ? BROKER_TLS_PORT : BROKER_PORT;
    }
    if (!copy(settings->user, sizeof settings->user, config->mqtt.user, "user") ||
        !copy(settings->ca_file, sizeof settings->ca_file, config->mqtt.ca_file,
              "ca-file") ||
        !copy(settings->group, sizeof settings->group, config->mqtt.group, "group") ||
        !find_device(settings, config->mqtt.device) ||
        !read_password(settings, config->mqtt.password_file) ||
        !check_ca_file(settings->ca_file)) {
        return false;
    }
    if (*settings->user && !settings->broker.tls && *settings->password) {
        log_warning("[mqtt] the password goes to %s unencrypted: mqtts:// would protect "
                    "it",
                    settings->broker.host);
    }
    make_topics(settings);
    return true;
}
