/* Its sizes of text are opened for it alone and closed again: they would serve nobody later. */
#include "show/title.h"

#include <stdlib.h>

#include "show/text.h"

enum { TITLE_SHARE = 11 };

/* Centred; shortened where it is too wide. */
static void draw_line(SDL_Surface *surface, struct text *text, const char *words,
                      int baseline_px, SDL_Color colour)
{
    struct line *line = text_lay(text, words, surface->w * 9 / 10);
    if (line) {
        int x = (surface->w - layout_width_px(line)) / 2;
        raster_line(text->raster, line, surface, x, baseline_px, colour);
    }
    free(line);
}

static void draw(SDL_Surface *surface, const struct theme *theme,
                 const char *const *lines, size_t count, int title_px, int text_px,
                 const char *font_dir)
{
    struct text title, text;
    bool open = text_open(&title, title_px, font_dir);
    if (open) {
        draw_line(surface, &title, lines[0], title_px, theme->headline);
        text_close(&title);
    }
    open = text_open(&text, text_px, font_dir);
    for (size_t i = 1; open && i < count; i++) {
        int baseline = title_px + (int)i * text_px * 8 / 5 + text_px / 2;
        draw_line(surface, &text, lines[i], baseline, theme->muted);
    }
    text_close(&text);
}

void title_make(struct title *title, struct stage *stage, const struct theme *theme,
                int rows, const char *const *lines, size_t count, const char *font_dir)
{
    title_drop(title);
    int title_px = stage->h / TITLE_SHARE, text_px = title_px * 45 / 100;
    if (count == 0 || text_px < 1) {
        return;
    }
    int h = title_px * 3 / 2 + (int)(count - 1) * text_px * 8 / 5 + text_px;
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, stage->w, h, 32, SDL_PIXELFORMAT_RGB888);
    if (!surface) {
        return;
    }
    SDL_Color ground = theme->background;
    SDL_FillRect(surface, NULL,
                 SDL_MapRGB(surface->format, ground.r, ground.g, ground.b));
    draw(surface, theme, lines, count, title_px, text_px, font_dir);
    SDL_Rect all = {0, 0, stage->w, h};
    bool made =
        stage_plane(stage, &title->plane, stage->w, h, (size_t)stage->w * (size_t)h);
    title->at = (SDL_Rect){0, (rows - h) / 2, stage->w, h};
    if (made) {
        stage_upload(stage, &title->plane, surface, all);
    }
    SDL_FreeSurface(surface);
}

void title_drop(struct title *title)
{
    plane_close(&title->plane);
    *title = (struct title){0};
}
