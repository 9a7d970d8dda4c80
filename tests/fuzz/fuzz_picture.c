/* Picture files. The first two bytes choose what is asked for; the rest is the file. What comes
 * fits the box, its colours do not pass their alpha, and it is the same twice. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "wire/develop.h"

enum { HEAD = 2 };

static const int boxes[][2] = {{1, 1}, {64, 64}, {300, 20}, {33, 200}};

static void check_picture(const struct picture *picture, int w, int h)
{
    check_that(picture->holders == 1, "one holder");
    check_that(picture->w >= 1 && picture->w <= w, "no wider than asked for");
    check_that(picture->h >= 1 && picture->h <= h, "no higher than asked for");
    bool clear = false;
    for (int i = 0; i < picture->w * picture->h; i++) {
        uint32_t px = picture->pixels[i], alpha = px >> 24;
        clear |= alpha != 255;
        check_that((px >> 16 & 255) <= alpha && (px >> 8 & 255) <= alpha &&
                       (px & 255) <= alpha,
                   "colours multiplied by alpha");
    }
    check_that(clear == picture->clear, "it is said whether all is opaque");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct picture_request request;
    static const atomic_bool quit;
    if (size < HEAD) {
        return 0;
    }
    request.use = data[0] & 1 ? PICTURE_LOGO : PICTURE_STORY;
    request.w = boxes[data[1] & 3][0];
    request.h = boxes[data[1] & 3][1];
    struct develop one = {data + HEAD, size - HEAD, &request, &quit, NULL, 0};
    struct develop other = one;
    develop_picture(&one);
    develop_picture(&other);
    check_that(one.fault == other.fault, "the same fault twice");
    check_that((one.picture != NULL) == (one.fault == DEVELOP_DONE),
               "a picture or a fault");
    check_that(*develop_reason(one.fault) != '\0', "a reason");
    if (one.picture) {
        size_t bytes = (size_t)one.picture->w * (size_t)one.picture->h * 4;
        check_picture(one.picture, request.w, request.h);
        check_that(other.picture && one.picture->w == other.picture->w &&
                       one.picture->h == other.picture->h &&
                       memcmp(one.picture->pixels, other.picture->pixels, bytes) == 0,
                   "the same picture twice");
    }
    picture_drop(one.picture);
    picture_drop(other.picture);
    return 0;
}
