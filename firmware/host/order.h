/* Orders: what an operator or a newsroom asks this board to do, one JSON object each. The body is
 * the same over HTTP, where the path says what it is, and over MQTT, where "do" does:
 *
 *     flash     {"text", "source"?, "expires_in_s"?, "style"?, "id"?}
 *     clear     {"id"}
 *     headline  {"text", "until"?, "source"?, "id"?}
 *     hide      {"id"}
 *     speed     {"lane"?, "percent"}
 *     pause     {"paused"?}                  true if it is not given
 *     reload    {}
 *
 * Every byte is hostile: an order is taken whole or refused whole, with a reason that can be shown
 * as it is (plain ASCII, no word of the sender's but a key's name). Pure; any thread. */
#ifndef MOTOGRAPH_HOST_ORDER_H
#define MOTOGRAPH_HOST_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/headline.h"
#include "base/message.h"

enum order_kind {
    ORDER_FLASH,
    ORDER_CLEAR,
    ORDER_HEADLINE,
    ORDER_HIDE,
    ORDER_SPEED,
    ORDER_PAUSE,
    ORDER_RELOAD,
    ORDER_KINDS
};

enum {
    ORDER_BYTES = 16 << 10, /* of a body, at most */
    ORDER_ERROR_BYTES = 160,
    ORDER_ID_BYTES = 200,                /* of the id of what is sent */
    ORDER_HELD_S = 24 * 3600,            /* a headline that names no end */
    ORDER_UNTIL_MOST_S = 366 * 24 * 3600 /* from now, of any end */
};

struct order {
    enum order_kind kind;
    int64_t expires_in_s; /* as a flash asks for; 0 = it does not */
    int percent;          /* ORDER_SPEED: 10 to 400 */
    bool on;              /* ORDER_PAUSE */
    char lane[128];       /* ORDER_SPEED; "" = all */
    /* ORDER_FLASH, ORDER_HEADLINE: all that will air; its id is made from its words where none
     * is given, so that the same order twice is one. ORDER_CLEAR, ORDER_HIDE: its id. */
    struct headline headline;
};

/* Reads LENGTH bytes of JSON as an order of KIND at wall time NOW (UTC seconds). False with the
 * reason in ERROR. Empty bytes are {}. A flash's end is as order_limit says, until that is called
 * the contract's 15 minutes. */
bool order_read(struct order *order, enum order_kind kind, const char *json,
                size_t length, int64_t now, char error[ORDER_ERROR_BYTES]);

/* The same where "do" names the kind: flash, clear, headline, hide, reload and nothing else. */
bool order_read_named(struct order *order, const char *json, size_t length, int64_t now,
                      char error[ORDER_ERROR_BYTES]);

/* An order that has no body but LENGTH bytes of ID: KIND is ORDER_CLEAR or ORDER_HIDE. */
bool order_read_id(struct order *order, enum order_kind kind, const char *id,
                   size_t length, char error[ORDER_ERROR_BYTES]);

/* Gives a flash that names no end that of LIMITS; false with the reason if it asks for more than
 * they allow. True for every other order. */
bool order_limit(struct order *order, const struct config_flash *limits, int64_t now,
                 char error[ORDER_ERROR_BYTES]);

/* Fills the parts of MESSAGE that ORDER needs; SOURCE is the push source, the number of those
 * configured. What is sent by hand has no keys: it is like no other and no rule hides it. False for
 * ORDER_RELOAD, which is not for the main thread. */
bool order_message(const struct order *order, uint16_t source, int64_t now,
                   struct message *message);

#endif
