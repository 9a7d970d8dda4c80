/* The code's place is kept free whether or not it will be drawn: its size is known only when the
 * link has been encoded. */
#include "show/plate.h"

enum {
    WIDTH_PERCENT = 36,  /* of a wide card's */
    HEIGHT_PERCENT = 36, /* of a tall card's body */
    LEAST_PX = 72        /* a smaller box shows nothing */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

int plate_code_px(const struct story *story)
{
    const struct story_frame *frame = &story->frame;
    int w = story->setup->area.w, body = frame->body_bottom - frame->body_y;
    return story->tall ? w * 26 / 100 : least(body * 40 / 100, w * 17 / 100);
}

enum album_state plate_get(const struct story *story, const struct headline *headline,
                           struct picture **picture)
{
    const struct story_frame *frame = &story->frame;
    bool code = *headline_get(headline, HEADLINE_LINK) != '\0';
    int w = story->setup->area.w, body = frame->body_bottom - frame->body_y;
    struct album_wish wish = {.address = headline_get(headline, HEADLINE_IMAGE),
                              .source = headline->source,
                              .use = PICTURE_STORY};
    if (story->tall) {
        wish.w = w - 2 * frame->margin;
        wish.h = least(body * HEIGHT_PERCENT / 100, wish.w * 9 / 16);
    } else {
        wish.w = w * WIDTH_PERCENT / 100;
        wish.h = least(body - (code ? plate_code_px(story) + frame->gap : 0), wish.w);
    }
    *picture = NULL;
    if (!story->card || headline->flash || least(wish.w, wish.h) < LEAST_PX) {
        return ALBUM_NONE;
    }
    return album_get(story->setup->album, &wish, picture);
}

SDL_Rect plate_place(const struct story *story)
{
    const struct picture *picture = story->picture;
    int margin = story->frame.margin, w = story->setup->area.w;
    if (!picture) {
        return (SDL_Rect){0};
    }
    /* Beside the text it stands where reading ends, above it where reading begins. */
    bool right = story->wrap.rtl == story->tall;
    return (SDL_Rect){right ? w - margin - picture->w : margin, story->frame.body_y,
                      picture->w, picture->h};
}
