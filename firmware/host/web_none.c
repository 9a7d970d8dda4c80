/* The program built without libmicrohttpd (MOTOGRAPH_WEB=OFF): no web page. */
#define LOG_MODULE "web"
#include "host/web.h"

#include "base/log.h"

struct web *web_new(const struct web_setup *setup)
{
    log_info("built without the web page: nothing listens on %s", setup->listen);
    return NULL;
}

void web_free(struct web *web)
{
    (void)web;
}

int web_fd(void *web)
{
    (void)web;
    return -1;
}

void web_turn(void *web)
{
    (void)web;
}

int web_timeout_ms(void *web)
{
    (void)web;
    return -1;
}

const char *web_argument(const struct web_call *call, const char *name)
{
    (void)call;
    (void)name;
    return NULL;
}
