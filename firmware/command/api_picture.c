/* GET /screen.png: the screen at half its size. Strips come in one by one and are packed at once, so
 * that no more than a strip and the file is ever held, and no request waits for a whole picture's
 * packing. */
#include <stdlib.h>

#include "command/api_inside.h"

enum { FRESH_MS = 900, STRIP_MOST_BYTES = 32 << 20 };

void api_drop_picture(struct api *api)
{
    web_png_free(api->png);
    web_text_drop(api->picture);
    api->png = NULL;
    api->picture = NULL;
}

/* The end, with no new picture; the old one may be too old to be told from the new one. */
static bool give_up(struct api *api)
{
    api_drop_picture(api);
    return true;
}

static bool grow(struct inquiry *inquiry, size_t wanted)
{
    unsigned char *bytes =
        wanted <= STRIP_MOST_BYTES ? realloc(inquiry->bytes, wanted) : NULL;
    if (bytes) {
        inquiry->bytes = bytes;
        inquiry->room = wanted;
    }
    return bytes != NULL;
}

static bool finish(struct api *api)
{
    size_t length = 0;
    char *bytes = web_png_end(api->png, &length);
    give_up(api);
    api->picture = web_text_new(bytes, length);
    return true;
}

bool api_take_picture(struct api *api, struct inquiry *inquiry)
{
    struct inquiry_strip *strip = &inquiry->strip;
    if (strip->w == 0) {
        return give_up(api);
    }
    if (strip->rows == 0 && strip->wanted > inquiry->room) {
        if (!grow(inquiry, strip->wanted)) {
            return give_up(api);
        }
        api_ask(api, INQUIRY_PICTURE, inquiry->begins);
        return false;
    }
    if (strip->row == 0) {
        web_png_free(api->png);
        api->png = web_png_new(strip->w, strip->h);
        api->png_w = strip->w;
        api->png_h = strip->h;
    }
    /* A screen of another size since the first strip: the picture is of no use. */
    if (!api->png || strip->w != api->png_w || strip->h != api->png_h ||
        !web_png_add(api->png, inquiry->bytes, strip->rows)) {
        return give_up(api);
    }
    strip->row += strip->rows;
    if (!inquiry->more) {
        return finish(api);
    }
    api_ask(api, INQUIRY_PICTURE, false);
    return false;
}

void api_picture(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    (void)call;
    if (!api_has(api, INQUIRY_PICTURE, FRESH_MS)) {
        return;
    }
    reply->text = web_text_hold(api->picture);
    reply->status = reply->text ? 200 : 503;
    reply->type = reply->text ? "image/png" : NULL;
    reply->error = "there is no screen at the moment";
}
