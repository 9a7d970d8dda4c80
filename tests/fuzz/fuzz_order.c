/* Orders as they come over HTTP, where the path says the kind, and over MQTT, where the body does.
 * What is taken may air as it is, and fits its message; what is refused says why in plain ASCII. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#include "host/order.h"

enum { NOW = 1795521600 };

static void check_error(const char *error)
{
    size_t length = strnlen(error, ORDER_ERROR_BYTES);
    check_that(length > 0 && length < ORDER_ERROR_BYTES, "an error that says something");
    for (size_t i = 0; i < length; i++) {
        check_that(error[i] >= ' ' && error[i] <= '~', "an error in plain ASCII");
    }
}

static void check_field(const struct headline *headline, enum headline_field field,
                        size_t codes, const char *what)
{
    const char *text = headline_get(headline, field);
    check_text(text, strlen(text), codes, false, what);
}

static void check_order(struct order *order)
{
    static struct message message;
    static const struct config_flash limits = {.expires_s = 900, .max_expires_s = 43200};
    char error[ORDER_ERROR_BYTES] = "";
    const struct headline *headline = &order->headline;
    bool airs = order->kind == ORDER_FLASH || order->kind == ORDER_HEADLINE;
    check_field(headline, HEADLINE_TEXT, 400, "order text");
    check_field(headline, HEADLINE_SOURCE, 100, "order source");
    check_field(headline, HEADLINE_ID, 1024, "order id");
    check_that(!airs || *headline_get(headline, HEADLINE_TEXT),
               "a text that can be seen");
    check_that(!airs || *headline_get(headline, HEADLINE_ID), "an id");
    check_that(!airs || headline->expires > NOW, "an end in the future");
    check_that(order->percent == 0 || (order->percent >= 10 && order->percent <= 400),
               "a speed within bounds");
    if (!order_limit(order, &limits, NOW, error)) {
        check_error(error);
    } else if (order->kind == ORDER_FLASH) {
        check_that(headline->expires <= NOW + limits.max_expires_s, "an end in time");
    }
    check_that(order_message(order, 7, NOW, &message) == (order->kind != ORDER_RELOAD),
               "a message of all but a reload");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct order order;
    const char *json = (const char *)data;
    for (int kind = 0; kind < ORDER_KINDS; kind++) {
        char error[ORDER_ERROR_BYTES] = "";
        if (order_read(&order, (enum order_kind)kind, json, size, NOW, error)) {
            check_order(&order);
        } else {
            check_error(error);
        }
    }
    char error[ORDER_ERROR_BYTES] = "";
    if (order_read_named(&order, json, size, NOW, error)) {
        check_order(&order);
    } else {
        check_error(error);
    }
    if (!order_read_id(&order, ORDER_HIDE, json, size, error)) {
        check_error(error);
    }
    return 0;
}
