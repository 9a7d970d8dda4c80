/* The newsroom whole: what is drawn and reported as changed, that a steady frame neither
 * allocates nor makes a texture, that work is sliced, that the crawl goes on evenly while the
 * card changes, that pictures and logos stand where they should, and that a turned screen shows
 * the same picture, turned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "count.h"

#include "base/message.h"
#include "show/scene.h"

enum { W = 960, H = 540, AT = 1795521600 };

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct config config;
    struct theme theme;
    struct desk *desk;
    struct scene *scene;
    int64_t at;
    struct message message;
    struct ring requests;
    struct album *album;
    bool held_back; /* no picture is delivered for now */
    int asked;
};

static void no_wake(void *user)
{
    (void)user;
}

/* What the worker would do: a picture in one colour, as large as the box. */
static void deliver(struct fixture *f)
{
    const struct picture_request *request;
    while (!f->held_back && (request = ring_peek(&f->requests))) {
        struct message message = {.kind = MESSAGE_PICTURE, .ticket = request->ticket};
        message.picture = picture_new(request->w, request->h);
        for (int i = 0; i < request->w * request->h; i++) {
            message.picture->pixels[i] =
                request->use == PICTURE_STORY ? 0xffff0080 : 0xff0080ff;
        }
        album_take(f->album, &message);
        ring_release(&f->requests);
        f->asked++;
    }
}

static struct fixture *open_on(const char *config, int w, int h, bool fresh)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    assert_true(config_init(&f->config));
    assert_int_equal(config_read(&f->config, "test", config, strlen(config), NULL, NULL),
                     0);
    theme_open(&f->theme, f->config.display.theme, NULL, NULL);
    f->desk = desk_new(2);
    f->at = AT;
    assert_true(ring_init(&f->requests, 16, sizeof(struct picture_request)));
    f->album = album_new(&f->requests, no_wake, NULL);
    struct scene_setup setup = {.renderer = f->renderer,
                                .surface = f->surface,
                                .fresh = fresh,
                                .desk = f->desk,
                                .config = &f->config,
                                .theme = &f->theme,
                                .album = f->album,
                                .w = w,
                                .h = h,
                                .refresh_hz = 60};
    f->scene = scene_new(&setup);
    assert_non_null(f->scene);
    return f;
}

static struct fixture *open_with(const char *config, int w, int h)
{
    return open_on(config, w, h, false);
}

static void close_it(struct fixture *f)
{
    scene_free(f->scene);
    album_free(f->album);
    ring_fini(&f->requests);
    desk_free(f->desk);
    config_fini(&f->config);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
}

static void put_with(struct fixture *f, const char *text, const char *image)
{
    f->message = (struct message){.kind = MESSAGE_HEADLINE};
    headline_init(&f->message.headline);
    headline_set(&f->message.headline, HEADLINE_SOURCE, "Gazette", 7);
    headline_set(&f->message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(&f->message.headline, HEADLINE_SUMMARY, "A deck of some words.", 21);
    headline_set(&f->message.headline, HEADLINE_LINK, "https://example.org/1", 21);
    headline_set(&f->message.headline, HEADLINE_ID, text, strlen(text));
    headline_set(&f->message.headline, HEADLINE_IMAGE, image, strlen(image));
    headline_identify(&f->message.headline);
    assert_true(desk_take(f->desk, &f->message, AT - 600));
}

static void put(struct fixture *f, const char *text)
{
    put_with(f, text, "");
}

static SDL_Rect damage[SCENE_DAMAGE];
static size_t damaged;

static enum work frame(struct fixture *f)
{
    deliver(f);
    scene_advance(f->scene, 1, f->at);
    damaged = scene_draw(f->scene, false, damage);
    SDL_RenderFlush(f->renderer);
    while (scene_aired(f->scene)) {
    }
    return scene_work(f->scene, 0);
}

static void fill(struct fixture *f)
{
    put(f, "Council approves new tram line after marathon session");
    put(f, "Storm warning for the northern coast");
    put(f, "Library closed on Friday");
}

static int lit(const struct fixture *f, SDL_Rect in)
{
    int count = 0;
    for (int y = in.y; y < in.y + in.h; y++) {
        for (int x = in.x; x < in.x + in.w; x++) {
            const Uint8 *px =
                (const Uint8 *)f->surface->pixels + y * f->surface->pitch + x * 4;
            count += px[1] > 150;
        }
    }
    return count;
}

static void has_card_clock_and_crawl(void **state)
{
    (void)state;
    struct fixture *f = open_with("", W, H);
    fill(f);
    for (int i = 0; i < 400; i++) {
        frame(f);
    }
    assert_true(lit(f, (SDL_Rect){0, 100, W, 300}) > 2000);
    assert_true(lit(f, (SDL_Rect){W * 3 / 4, 20, W / 4, 60}) > 100);
    assert_true(lit(f, (SDL_Rect){0, 485, W, 50}) > 500);
    SDL_Rect band = scene_band(f->scene);
    assert_int_equal(band.y, 480);
    assert_int_equal(band.h, 60);
    close_it(f);
}

/* At 1080 rows the crawl has the rows 960 to 1079. */
static void the_crawl_is_in_its_place(void **state)
{
    (void)state;
    struct fixture *f = open_with("", 1920, 1080);
    SDL_Rect band = scene_band(f->scene);
    assert_int_equal(band.y, 960);
    assert_int_equal(band.h, 120);
    assert_int_equal(band.w, 1920);
    close_it(f);
}

/* Headlines that the cards and flips of lane NAME showed in SECONDS. */
static int shown_in(struct fixture *f, int seconds)
{
    int count = 0;
    for (int n = 0; n < seconds * 60; n++) {
        scene_advance(f->scene, 1, f->at);
        scene_draw(f->scene, false, damage);
        while (scene_aired(f->scene)) {
            count++;
        }
        scene_work(f->scene, 4000);
    }
    return count;
}

/* A card of 2 s at twice its speed changes each second, and not at all while all stands still; a
 * clock goes on, and so does the card from where it was. */
static void speed_and_pause_by_hand(void **state)
{
    (void)state;
    struct fixture *f =
        open_with("[lane \"card\"]\nmotion = flip\nhold = 2s\narea = 0 0 100 50\n"
                  "[lane \"time\"]\nmotion = clock\narea = 0 50 100 50\n",
                  W, H);
    fill(f);
    struct scene_lane lane;
    assert_true(scene_lane(f->scene, 1, &lane));
    assert_string_equal(lane.name, "time");
    assert_int_equal(lane.motion, MOTION_CLOCK);
    assert_int_equal(lane.area.y, H / 2);
    assert_int_equal(lane.percent, 100);
    assert_false(scene_lane(f->scene, 2, &lane));
    shown_in(f, 1);
    assert_in_range(shown_in(f, 20), 9, 11);
    assert_int_equal(scene_set_speed(f->scene, "card", 200), 1);
    assert_int_equal(scene_set_speed(f->scene, "none", 300), 0);
    assert_in_range(shown_in(f, 20), 19, 21);
    assert_int_equal(scene_set_speed(f->scene, "", 50), 2);
    assert_in_range(shown_in(f, 20), 4, 6);
    assert_true(scene_lane(f->scene, 0, &lane));
    assert_int_equal(lane.percent, 50);
    scene_pause(f->scene, true);
    assert_int_equal(shown_in(f, 20), 0);
    SDL_Rect clock = {0, H / 2, W, H / 2};
    int before = 0;
    Uint32 *rows = malloc((size_t)f->surface->pitch * H / 2);
    const Uint8 *half = (const Uint8 *)f->surface->pixels + f->surface->pitch * H / 2;
    memcpy(rows, half, (size_t)f->surface->pitch * H / 2);
    f->at += 60;
    shown_in(f, 2);
    before = memcmp(rows, half, (size_t)f->surface->pitch * H / 2);
    assert_int_not_equal(before, 0);
    assert_true(lit(f, clock) > 0);
    free(rows);
    scene_set_speed(f->scene, "", 100);
    assert_int_equal(shown_in(f, 5), 0); /* a new speed does not end the pause */
    scene_pause(f->scene, false);
    assert_in_range(shown_in(f, 20), 9, 11);
    close_it(f);
}

static void only_what_changed_is_damage(void **state)
{
    (void)state;
    struct fixture *f = open_with("", W, H);
    fill(f);
    int bands = 0, cards = 0, clocks = 0;
    frame(f);
    assert_int_equal(damaged, 1);
    assert_int_equal(damage[0].h, H);
    for (int i = 0; i < 3000; i++) {
        f->at = AT + i / 60;
        frame(f);
        bool band = damaged == 1 && damage[0].y == 480 && damage[0].h == 60;
        bands += band;
        cards += damaged == 3; /* and the clock, which stands on it */
        clocks += damaged == 2;
        assert_in_range(damaged, 1, 3);
    }
    /* 50 s: a card each 12 s, and a minute that did not end. */
    assert_in_range(cards, 4, 5);
    assert_int_equal(clocks, 1);
    assert_int_equal(bands, 3000 - cards - clocks);
    f->at = AT + 60;
    frame(f);
    assert_int_equal(damaged, 2);
    close_it(f);
}

/* Whatever a frame prepares, it uploads at most once, and a bounded piece. */
static void count_uploads(const char *config)
{
    struct fixture *f = open_with(config, W, H);
    put_with(f, "Ferry returns", "http://a/4.jpg");
    fill(f);
    int most = 0, all = 0;
    for (int i = 0; i < 3000; i++) {
        uploads = 0;
        frame(f);
        most = uploads > most ? uploads : most;
        all += uploads;
    }
    assert_int_equal(most, 1);
    assert_true(all > 20);
    close_it(f);
}

/* What is large about a card is made after the first frame, so that the crawl need not wait for it
 * at the start; and it comes all the same. */
static void a_large_card_is_made_in_pieces(void **state)
{
    (void)state;
    struct fixture *f = open_with("", 1920, 1080);
    fill(f);
    int made = 0;
    for (int i = 0; i < 200; i++) {
        planes = uploads = 0;
        frame(f);
        assert_true(planes + uploads <= 1);
        made += planes;
    }
    assert_int_equal(made, 2);
    assert_true(lit(f, (SDL_Rect){0, 200, 1920, 600}) > 5000);
    close_it(f);
}

static void at_most_one_upload_a_frame(void **state)
{
    (void)state;
    count_uploads("[display]\nlayout = wall\n");
    count_uploads("[source \"Gazette\"]\nurl = a\nlogo = /l.png\n");
}

static Uint32 before[W];

static void row(const struct fixture *f, int y, Uint32 *out)
{
    memcpy(out, (const Uint8 *)f->surface->pixels + (size_t)y * (size_t)f->surface->pitch,
           W * sizeof *out);
}

/* Over several changes of the card every frame of the crawl is the one before, moved by the
 * same whole px. */
static void the_crawl_never_waits_for_the_card(void **state)
{
    (void)state;
    enum { STEP = 3 };
    struct fixture *f =
        open_with("[lane \"card\"]\nmotion = card\narea = 0 0 100 88.8889\n"
                  "hold = 2s\n[lane \"crawl\"]\narea = 0 88.8889 100 "
                  "11.1111\nspeed = 180 px/s\n",
                  W, H);
    fill(f);
    Uint32 now[W];
    for (int i = 0; i < 600; i++) {
        frame(f);
    }
    row(f, 510, before);
    for (int i = 0; i < 1500; i++) {
        frame(f);
        row(f, 510, now);
        assert_memory_equal(now, before + STEP, (W - STEP) * sizeof *now);
        memcpy(before, now, sizeof before);
    }
    close_it(f);
}

/* A refresh that brings the same, or more, changes nothing of what is shown or runs. */
static void a_refresh_moves_nothing(void **state)
{
    (void)state;
    struct fixture *a = open_with("", W, H), *b = open_with("", W, H);
    fill(a);
    fill(b);
    for (int i = 0; i < 500; i++) {
        if (i == 250 || i == 300) {
            put(b, "Library closed on Friday");
            put(b, "Council approves new tram line after marathon session");
            put(b, "Storm warning for the northern coast");
            b->message = (struct message){.kind = MESSAGE_FETCHED, .count = 3};
            desk_take(b->desk, &b->message, AT);
        }
        frame(a);
        frame(b);
        assert_memory_equal(a->surface->pixels, b->surface->pixels,
                            (size_t)a->surface->pitch * H);
    }
    close_it(a);
    close_it(b);
}

static Uint32 px_of(const struct fixture *f, int x, int y)
{
    Uint32 value;
    memcpy(&value, (const Uint8 *)f->surface->pixels + y * f->surface->pitch + x * 4, 4);
    return value & 0xFFFFFF;
}

/* How many px of COLOUR there are, and the smallest rectangle round them. */
static int find_colour(const struct fixture *f, Uint32 colour, SDL_Rect in,
                       SDL_Rect *round)
{
    int count = 0, left = W, top = H, right = -1, bottom = -1;
    for (int y = in.y; y < in.y + in.h; y++) {
        for (int x = in.x; x < in.x + in.w; x++) {
            if (px_of(f, x, y) == colour) {
                count++;
                left = x < left ? x : left;
                top = y < top ? y : top;
                right = x > right ? x : right;
                bottom = y > bottom ? y : bottom;
            }
        }
    }
    *round = (SDL_Rect){left, top, right - left + 1, bottom - top + 1};
    return count;
}

enum { STORY_COLOUR = 0xff0080, LOGO_COLOUR = 0x0080ff };
static const SDL_Rect card = {0, 0, W, 480}, crawl = {0, 481, W, 59};

static void run_for(struct fixture *f, int frames)
{
    for (int i = 0; i < frames; i++) {
        frame(f);
    }
}

static void fill_with_pictures(struct fixture *f)
{
    put_with(f, "Storm warning for the northern coast", "http://a/1.jpg");
    put_with(f, "Council approves new tram line after marathon session",
             "http://a/2.jpg");
    put_with(f, "Library closed on Friday", "http://a/3.jpg");
}

/* The second card has its picture, whole, at the right, above the code; the text keeps clear of
 * it. The first could not wait. */
static void a_picture_stands_beside_the_text(void **state)
{
    (void)state;
    struct fixture *f = open_with("", W, H);
    SDL_Rect round;
    int count;
    fill_with_pictures(f);
    run_for(f, 200);
    assert_int_equal(find_colour(f, STORY_COLOUR, card, &round), 0);
    int code = lit(f, (SDL_Rect){W - 200, 300, 200, 160});
    run_for(f, 700);
    count = find_colour(f, STORY_COLOUR, card, &round);
    assert_int_equal(count, round.w * round.h);
    assert_in_range(round.w, W / 4, W / 2);
    assert_in_range(round.h, 150, 250);
    assert_in_range(round.x + round.w, W - 60, W - 10);
    assert_int_equal(lit(f, (SDL_Rect){round.x - 5, round.y, 5, 380}), 0);
    assert_true(lit(f, (SDL_Rect){0, round.y, round.x, 300}) > 1000);
    assert_int_equal(lit(f, (SDL_Rect){W - 200, 300, 200, 160}), code);
    assert_true(f->asked >= 2);
    close_it(f);
}

static Uint8 frozen[480][W * 4];

/* What comes when the card is on is for its next turn: nothing on it moves. */
static void a_picture_that_is_late_waits(void **state)
{
    (void)state;
    struct fixture *f = open_with("", W, H);
    SDL_Rect round;
    fill_with_pictures(f);
    f->held_back = true;
    run_for(f, 800);
    assert_int_equal(find_colour(f, STORY_COLOUR, card, &round), 0);
    for (int y = 0; y < 480; y++) {
        memcpy(frozen[y], (const Uint8 *)f->surface->pixels + y * f->surface->pitch,
               sizeof frozen[y]);
    }
    f->held_back = false;
    run_for(f, 400);
    for (int y = 0; y < 480; y++) {
        assert_memory_equal((const Uint8 *)f->surface->pixels + y * f->surface->pitch,
                            frozen[y], sizeof frozen[y]);
    }
    run_for(f, 720 * 3);
    assert_true(find_colour(f, STORY_COLOUR, card, &round) > 0);
    close_it(f);
}

/* In place of the label's words, on the card and in the crawl, and beside the clock; on the
 * source's colour where it has one. */
static void logos_stand_for_labels(void **state)
{
    (void)state;
    struct fixture *f = open_with("[display]\nlogo = /b.png\n[source \"Gazette\"]\n"
                                  "url = a\nlogo = /l.png\n",
                                  W, H);
    SDL_Rect round, top = {0, 0, W / 2, 90}, brand = {W / 2, 0, W / 2, 90};
    int count;
    fill(f);
    /* The clock takes its logo on as soon as it is there, and not with the next minute. */
    f->held_back = true;
    run_for(f, 100);
    assert_int_equal(find_colour(f, LOGO_COLOUR, brand, &round), 0);
    f->held_back = false;
    run_for(f, 900);
    count = find_colour(f, LOGO_COLOUR, top, &round);
    assert_int_equal(count, round.w * round.h);
    assert_int_equal(round.w, round.h * 5);
    assert_in_range(round.h, 20, 45);
    count = find_colour(f, LOGO_COLOUR, brand, &round);
    assert_int_equal(count, round.w * round.h);
    assert_in_range(round.h, 20, 45);
    assert_true(find_colour(f, LOGO_COLOUR, crawl, &round) > 500);
    assert_in_range(round.y + round.h / 2, 508, 512);
    close_it(f);

    f = open_with("[source \"Gazette\"]\nurl = a\nlogo = /l.png\ncolour = #080\n", W, H);
    fill(f);
    run_for(f, 300);
    SDL_Rect chip;
    assert_true(find_colour(f, 0x008800, top, &chip) > 0);
    find_colour(f, LOGO_COLOUR, top, &round);
    assert_true(chip.x < round.x && chip.y < round.y && chip.h > round.h &&
                chip.w > round.w);
    close_it(f);

    f = open_with("[source \"Gazette\"]\nurl = a\nlogo = /l.png\n[lane \"card\"]\n"
                  "motion = card\nlabel = none\n",
                  W, H);
    fill(f);
    run_for(f, 300);
    assert_int_equal(f->asked, 0);
    close_it(f);
}

static void turned_it_is_the_same_picture(void **state)
{
    (void)state;
#define LOGOS "logo = /b.png\n[source \"Gazette\"]\nurl = a\nlogo = /l.png\n"
    static const char *const configs[] = {"[display]\nrotation = 90\n" LOGOS,
                                          "[display]\nrotation = 180\n" LOGOS,
                                          "[display]\nrotation = 270\n" LOGOS};
    struct fixture *upright = open_with("[display]\n" LOGOS, W, H);
    SDL_Rect round;
    fill_with_pictures(upright);
    run_for(upright, 900);
    assert_true(find_colour(upright, STORY_COLOUR, card, &round) > 0);
    for (int turn = 0; turn < 3; turn++) {
        bool sideways = turn != 1;
        struct fixture *f = open_with(configs[turn], sideways ? H : W, sideways ? W : H);
        fill_with_pictures(f);
        run_for(f, 900);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                int tx = turn == 0 ? H - 1 - y : turn == 1 ? W - 1 - x : y;
                int ty = turn == 0 ? x : turn == 1 ? H - 1 - y : W - 1 - x;
                assert_int_equal(px_of(f, tx, ty), px_of(upright, x, y));
            }
        }
        close_it(f);
    }
    close_it(upright);
}

/* The title card is there until it is taken away, and lanes it covers do not show through. */
static void the_title_card_hides_what_it_covers(void **state)
{
    (void)state;
    static const char *const lines[] = {"Motograph", "Waiting for the first headline"};
    struct fixture *f = open_with("", W, H);
    frame(f);
    scene_set_title(f->scene, lines, 2);
    frame(f);
    assert_int_equal(damage[0].h, H);
    int title = lit(f, (SDL_Rect){0, 150, W, 200});
    assert_true(title > 500);
    fill(f);
    for (int i = 0; i < 300; i++) {
        frame(f);
    }
    assert_int_equal(lit(f, (SDL_Rect){0, 150, W, 200}), title);
    scene_set_title(f->scene, NULL, 0);
    frame(f);
    assert_true(lit(f, (SDL_Rect){0, 150, W, 200}) > title);
    close_it(f);
}

/* First what moves, then the ground a slice a frame; in the end it is the picture that another
 * draws at once. LOST: half way what was drawn is wiped out, as by a window that goes over it. */
static void fill_sized(const char *config, int w, int h, bool lost)
{
    struct fixture *f = open_on(config, w, h, true), *twin = open_with(config, w, h);
    put_with(f, "Ferry returns", "");
    put_with(twin, "Ferry returns", "");
    SDL_FillRect(f->surface, NULL, 0);
    bool sideways = f->config.display.rotation % 180 != 0;
    for (int n = 0; n < 200; n++) {
        frame(f);
        assert_true(n > 0 || damaged == 1);
        for (size_t i = 0; n < 2 && i < damaged; i++) {
            assert_in_range(sideways ? damage[i].w : damage[i].h, 1, h / 4);
        }
        if (n == 4 && lost) {
            SDL_FillRect(f->surface, NULL, 0);
            scene_expose(f->scene);
        }
        frame(twin);
    }
    assert_memory_equal(f->surface->pixels, twin->surface->pixels,
                        (size_t)f->surface->pitch * (size_t)h);
    close_it(f);
    close_it(twin);
}

static void fill_by_and_by(const char *config, bool lost)
{
    fill_sized(config, W, H, lost);
}

static void a_fresh_screen_fills_by_and_by(void **state)
{
    (void)state;
    fill_by_and_by("[display]\ntheme = day\n", false);
    fill_by_and_by("[display]\ntheme = day\n", true);
    fill_by_and_by("[display]\ntheme = day\nlayout = wall\n", false);
    fill_by_and_by("[display]\ntheme = day\n[lane \"a\"]\narea = 0 80 100 20\n", true);
    fill_by_and_by("[display]\ntheme = day\nrotation = 90\n", true);
}

/* The card comes when the ground is half way down: the clock stays on it. */
static void a_clock_stays_on_an_early_card(void **state)
{
    (void)state;
    const char *config =
        "[display]\ntheme = contrast\n[source \"A\"]\nurl = http://a/\n[source "
        "\"B\"]\nurl = http://b/\n"
        "[lane \"crawl\"]\narea = 0 80 100 20\nsources = A\n"
        "[lane \"card\"]\narea = 0 0 100 80\nmotion = flip\nsources = B\n"
        "[lane \"clock\"]\narea = 80 0 20 10\nmotion = clock\n";
    struct fixture *f = open_on(config, 2 * W, 2 * H, true);
    SDL_Rect clock = {2 * W * 8 / 10, 0, 2 * W * 2 / 10, 2 * H / 10};
    put(f, "Ferry returns");
    for (int n = 0; n < 12; n++) {
        frame(f);
        scene_work(f->scene, 1000000);
    }
    assert_in_range(lit(f, clock), 1, 1 << 20);
    f->message.source = f->message.headline.source = 1;
    headline_set(&f->message.headline, HEADLINE_TEXT, "Bridge opens", 12);
    headline_set(&f->message.headline, HEADLINE_ID, "Bridge opens", 12);
    headline_identify(&f->message.headline);
    assert_true(desk_take(f->desk, &f->message, AT - 600));
    int told_px = lit(f, clock);
    for (int n = 0; n < 12; n++) {
        frame(f);
        scene_work(f->scene, 1000000);
    }
    SDL_Rect below = {0, 0, 2 * W * 7 / 10, 2 * H / 2};
    assert_in_range(lit(f, below), 1000, 1 << 24); /* it is there */
    assert_int_equal(lit(f, clock), told_px);
    close_it(f);
}

/* What is uncovered later comes at once. */
static void what_was_lost_is_drawn_again(void **state)
{
    (void)state;
    struct fixture *f = open_with("", W, H);
    put(f, "Ferry returns");
    for (int n = 0; n < 100; n++) {
        frame(f);
    }
    scene_expose(f->scene);
    frame(f);
    assert_int_equal(damage[0].w * damage[0].h, W * H);
    close_it(f);
}

#if defined(__SANITIZE_ADDRESS__)
static void a_steady_frame_allocates_nothing(void **state)
{
    (void)state;
    struct fixture *f = open_with("[display]\nlogo = /b.png\n", W, H);
    fill(f);
    put(f, "Severe flood warning");
    f->message.headline.flash = true;
    desk_take(f->desk, &f->message, AT);
    put_with(f, "Ferry returns", "http://a/4.jpg");
    put_with(f, "Tide at nine", "http://a/5.jpg");
    /* Through a change of the card: SDL keeps the commands of the largest frame there was. */
    for (int i = 0; i < 1000; i++) {
        frame(f);
    }
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_allocation, ignore_free));
    int steady = 0;
    planes = 0;
    for (int i = 0; i < 3000; i++) {
        allocations = 0;
        deliver(f);
        allocations = 0;
        enum work work = frame(f);
        if (work == WORK_IDLE || work == WORK_UPLOAD) {
            assert_int_equal(allocations, 0);
            steady++;
        }
    }
    assert_true(steady > 1500);
    assert_int_equal(planes, 0);
    close_it(f);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_card_clock_and_crawl),
        cmocka_unit_test(speed_and_pause_by_hand),
        cmocka_unit_test(the_crawl_is_in_its_place),
        cmocka_unit_test(only_what_changed_is_damage),
        cmocka_unit_test(a_large_card_is_made_in_pieces),
        cmocka_unit_test(at_most_one_upload_a_frame),
        cmocka_unit_test(the_crawl_never_waits_for_the_card),
        cmocka_unit_test(a_refresh_moves_nothing),
        cmocka_unit_test(a_picture_stands_beside_the_text),
        cmocka_unit_test(a_picture_that_is_late_waits),
        cmocka_unit_test(logos_stand_for_labels),
        cmocka_unit_test(turned_it_is_the_same_picture),
        cmocka_unit_test(the_title_card_hides_what_it_covers),
        cmocka_unit_test(a_fresh_screen_fills_by_and_by),
        cmocka_unit_test(a_clock_stays_on_an_early_card),
        cmocka_unit_test(what_was_lost_is_drawn_again),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(a_steady_frame_allocates_nothing),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
