/* The strip in tiles against the same headline drawn in one piece, whichever way it runs; the
 * work of a frame; which way a lane runs and how it turns; and that a steady frame neither
 * allocates nor makes a texture, which the linker's wrapping of its maker counts. */
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
#include "show/crawl.h"
#include "show/layout.h"
#include "show/raster.h"

enum { W = 1000, H = 120, EM_PX = 64, STEP_PX = 7, SOURCES = 5 };

static const SDL_Color white = {255, 255, 255, 255};
static const struct theme theme = {.band = {0, 0, 0, 255},
                                   .text = {255, 255, 255, 255},
                                   .mark = {0, 0, 255, 255},
                                   .edge = {0, 0, 0, 255}};
static const struct lane_label red_label = {.fill = {255, 0, 0, 255},
                                            .ink = {255, 0, 0, 255}};
static const char long_text[] = "Council approves new tram line after a marathon "
                                "session; storm warning issued for the "
                                "northern coast as winds strengthen; river levels fall "
                                "but flood defences stay on alert";

static const char hebrew[] = "המועצה אישרה קו חדש לרכבת הקלה (Tram 7) אחרי ישיבה ארוכה; "
                             "אזהרת סערה בחוף הצפוני, ומפלס הנהר ירד ב-30 סנטימטר";
static const char arabic[] =
    "المجلس يوافق على خط ترام جديد بعد جلسة طويلة؛ تحذير من عاصفة "
    "على الساحل الشمالي في 2026";

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct stage stage;
    struct typecase type;
    struct config_lane lane;
    struct lane_setup setup;
    struct desk *desk;
    struct crawl *crawl;
    struct message message;
};

/* The state it is given names the direction; NULL is auto. */
static int set_up(void **state)
{
    const enum config_direction *direction = *state;
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    f->desk = desk_new(SOURCES);
    stage_init(&f->stage, f->renderer, W, H, 0);
    f->stage.refresh_hz = 60;
    stage_draw_into(&f->stage, f->surface, false);
    f->lane = (struct config_lane){.direction = direction ? *direction : DIRECTION_AUTO,
                                   .speed = {STEP_PX * 60, UNIT_PX_PER_S},
                                   .label = "source"};
    f->setup = (struct lane_setup){.lane = &f->lane,
                                   .stage = &f->stage,
                                   .desk = f->desk,
                                   .theme = &theme,
                                   .type = &f->type,
                                   .labels = &red_label,
                                   .label_count = 1,
                                   .area = {0, 0, W, H},
                                   .text_px = EM_PX};
    f->crawl = crawl_new(&f->setup);
    *state = f;
    return f->crawl == NULL;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    crawl_free(f->crawl);
    typecase_fini(&f->type);
    stage_fini(&f->stage);
    desk_free(f->desk);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
    return 0;
}

static void put_from(struct fixture *f, uint16_t source, const char *name,
                     const char *text)
{
    f->message.kind = MESSAGE_HEADLINE;
    f->message.source = source;
    headline_init(&f->message.headline);
    headline_set(&f->message.headline, HEADLINE_SOURCE, name, strlen(name));
    headline_set(&f->message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&f->message.headline);
    assert_true(desk_take(f->desk, &f->message, 1000));
}

static void put(struct fixture *f, const char *text)
{
    put_from(f, 0, "", text);
}

static void take_all(struct fixture *f)
{
    f->message = (struct message){.kind = MESSAGE_FETCHED, .count = 0};
    desk_take(f->desk, &f->message, 1000);
    desk_take(f->desk, &f->message, 1000);
}

static void frame(struct fixture *f)
{
    crawl_advance(f->crawl, 1);
    for (int i = 0; i < 100 && crawl_work(f->crawl) != WORK_IDLE; i++) {
    }
    crawl_draw(f->crawl);
    SDL_RenderFlush(f->renderer);
}

static Uint32 pixel(const SDL_Surface *surface, int x, int y)
{
    Uint32 value;
    memcpy(&value, (const Uint8 *)surface->pixels + y * surface->pitch + x * 4, 4);
    return value & 0xFFFFFF;
}

static int lit(const struct fixture *f, int from, int to)
{
    int count = 0;
    for (int x = from; x < to; x++) {
        count += pixel(f->surface, x, H / 2) != 0;
    }
    return count;
}

/* The column of the line's whole picture that the window shows at its left edge, ORIGIN px
 * after the line began a quarter of the window's width from where the lane begins. */
static int first_column(const struct line *line, int origin, bool rightward)
{
    return rightward ? W / 4 + layout_width_px(line) - W - origin + STEP_PX
                     : origin - W / 4 - STEP_PX;
}

static void compare_window(const struct fixture *f, const SDL_Surface *whole, int at,
                           int from, int to)
{
    for (int x = 0; x < W; x++, at++) {
        for (int y = 4; at >= from && at < to && y < H; y += 3) {
            if (pixel(f->surface, x, y) != pixel(whole, at, y)) {
                fail_msg("x %d, column %d, y %d: %06x, not %06x", x, at, y,
                         pixel(f->surface, x, y), pixel(whole, at, y));
            }
        }
    }
}

/* At every place of the strip the window shows exactly what the line drawn whole shows: no
 * glyph is cut at a tile's edge, none is drawn twice, shifted or mirrored. */
static void compare_to_whole(struct fixture *f, const char *text, bool rightward)
{
    enum { MARGIN = 100 }; /* that much before the line is bare too */
    put(f, text);
    struct faces *faces = faces_new(EM_PX, NULL);
    struct layout *layout = layout_new(faces);
    struct raster *raster = raster_new(faces);
    struct line *line = layout_text(layout, text, strlen(text));
    int w = layout_width_px(line);
    SDL_Surface *whole =
        SDL_CreateRGBSurfaceWithFormat(0, w + MARGIN, H, 32, SDL_PIXELFORMAT_RGB888);
    int baseline = (H + faces_capital_px(faces)) / 2, margin = rightward ? 0 : MARGIN;
    raster_line(raster, line, whole, margin, baseline, white);
    assert_true(w > 2 * W);
    for (int origin = STEP_PX; origin + W < w; origin += STEP_PX) {
        frame(f);
        compare_window(f, whole, margin + first_column(line, origin, rightward), 0,
                       w + MARGIN);
    }
    free(line);
    raster_free(raster);
    layout_free(layout);
    faces_free(faces);
    SDL_FreeSurface(whole);
}

static void test_leftward_tiles_equal_whole(void **state)
{
    compare_to_whole(*state, long_text, false);
}

static void test_rightward_tiles_equal_whole(void **state)
{
    compare_to_whole(*state, hebrew, true);
}

static void test_arabic_tiles_equal_whole(void **state)
{
    compare_to_whole(*state, arabic, true);
}

static void test_latin_is_not_mirrored_in_a_rightward_lane(void **state)
{
    compare_to_whole(*state, long_text, true);
}

static void test_hebrew_is_not_mirrored_in_a_leftward_lane(void **state)
{
    compare_to_whole(*state, hebrew, false);
}

/* The headline at its longest. */
static void test_longest_tiles_equal_whole(void **state)
{
    char text[HEADLINE_TEXT_CODES * 2 + 1];
    for (int i = 0; i < HEADLINE_TEXT_CODES; i++) {
        memcpy(text + 2 * (size_t)i, i % 6 < 5 ? "ש" : "ב ", 3);
        text[2 * i + 2] = '\0';
    }
    memset(text + 2 * 300, '7', 2); /* a break in the pattern */
    compare_to_whole(*state, text, true);
}

/* --- Directions ---------------------------------------------------------------------------- */

static Uint32 before[W * H];

static void remember(const struct fixture *f, int each_row)
{
    for (int y = 0; y < H; y += each_row) {
        for (int x = 0; x < W; x++) {
            before[y * W + x] = pixel(f->surface, x, y);
        }
    }
}

/* Whether the band, in each so-manieth row, is what was remembered, moved by PX to the right;
 * what has entered since may be anything. */
static bool has_moved(const struct fixture *f, int px, int each_row)
{
    int first = px > 0 ? px : 0, past = px < 0 ? W + px : W;
    for (int y = 0; y < H; y += each_row) {
        for (int x = first; x < past; x++) {
            if (pixel(f->surface, x, y) != before[y * W + x - px]) {
                return false;
            }
        }
    }
    return true;
}

/* One frame on: 1 if it moved to the right, -1 to the left, 0 if it was bare and stays so. */
static int frame_moves(struct fixture *f)
{
    enum { EACH_ROW = 7 };
    remember(f, EACH_ROW);
    frame(f);
    bool left = has_moved(f, -STEP_PX, EACH_ROW), right = has_moved(f, STEP_PX, EACH_ROW);
    if (!left && !right) {
        fail_msg("the picture jumped");
    }
    return right - left;
}

/* Every frame is the one before moved by a step, over more than the whole rundown. */
static void check_motion(struct fixture *f, int sign)
{
    frame(f);
    for (int i = 0; i < 900; i++) {
        assert_int_equal(frame_moves(f), sign);
    }
    remember(f, 1);
    for (int i = 0; i < 50; i++) {
        frame(f);
    }
    assert_true(has_moved(f, sign * 50 * STEP_PX, 1));
}

/* The display turns out to show half as many pictures: each moves twice as far, from where the last
 * one stood. */
static void test_speed_is_the_displays(void **state)
{
    struct fixture *f = *state;
    put(f, "Ferry returns after three days of storm, and the bridge opens early");
    for (int i = 0; i < 60; i++) {
        frame(f);
    }
    remember(f, 1);
    f->stage.refresh_hz = 30;
    frame(f);
    assert_true(has_moved(f, -2 * STEP_PX, 1));
}

/* By hand, while it runs: from one frame to the next the band is the same, moved by the whole px of
 * the new speed; standing still it is the same picture. */
static void test_another_speed_is_no_jump(void **state)
{
    struct fixture *f = *state;
    static const struct {
        int percent, px;
    } cases[] = {{100, 7}, {200, 14}, {50, 4}, {0, 0},
                 {10, 1},  {400, 28}, {0, 0},  {100, 7}};
    put(f, "Ferry returns");
    put(f, long_text);
    for (int i = 0; i < 100; i++) {
        frame(f);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        crawl_motion.pace(f->crawl, cases[i].percent);
        for (int n = 0; n < 80; n++) {
            remember(f, 1);
            frame(f);
            assert_true(has_moved(f, -cases[i].px, 1));
            assert_true(lit(f, 0, W) > 0 || cases[i].px > 0);
        }
    }
}

static void test_moves_left(void **state)
{
    put(*state, "Ferry returns");
    put(*state, long_text);
    check_motion(*state, -1);
}

static void test_moves_right(void **state)
{
    put(*state, "המעבורת חוזרת");
    put(*state, hebrew);
    check_motion(*state, 1);
}

static void test_forced_left(void **state)
{
    put(*state, hebrew);
    check_motion(*state, -1);
}

static void test_forced_right(void **state)
{
    put(*state, long_text);
    check_motion(*state, 1);
}

/* By sources, not by headlines. */
static void test_majority_of_sources_decides(void **state)
{
    struct fixture *f = *state;
    put_from(f, 0, "English", "Ferry returns");
    put_from(f, 0, "English", "Bridge opens early");
    put_from(f, 0, "English", "Tide at nine");
    put_from(f, 1, "עברית", "המעבורת חוזרת");
    put_from(f, 2, "العربية", "العبّارة تعود");
    check_motion(f, 1);
}

static void test_a_tie_runs_left(void **state)
{
    put_from(*state, 0, "עברית", hebrew);
    put_from(*state, 1, "English", long_text);
    check_motion(*state, -1);
}

static bool is_red(Uint32 value)
{
    return value >> 16 > 128 && (value & 0xFFFF) == 0;
}

static bool is_blue(Uint32 value)
{
    return value >> 8 == 0 && value > 128;
}

static bool is_white(Uint32 value)
{
    return value == 0xFFFFFF;
}

/* The leftmost and rightmost columns, of those from FROM to TO, with such a pixel. */
static void find(const struct fixture *f, bool (*is)(Uint32), int from, int to, int *left,
                 int *right)
{
    *left = *right = -1;
    for (int x = from; x < to; x++) {
        for (int y = 0; y < H; y++) {
            if (is(pixel(f->surface, x, y))) {
                *left = *left < 0 ? x : *left;
                *right = x;
                break;
            }
        }
    }
    assert_true(*right >= 0);
}

/* The label stands before the text and the mark behind it, as the text is read. */
static void test_label_stands_right_of_the_text(void **state)
{
    struct fixture *f = *state;
    int text[2], label[2], mark[2];
    put_from(f, 0, "קול", "גשר");
    frame(f);
    find(f, is_red, W / 2, W, &label[0], &label[1]);
    find(f, is_white, W / 2, W, &text[0], &text[1]);
    find(f, is_blue, W / 3, W, &mark[0], &mark[1]);
    assert_true(label[1] < W * 3 / 4 && label[1] > W * 3 / 4 - 10);
    assert_true(text[1] < label[0] && mark[1] < text[0]);
    /* The gaps are those of a lane that runs to the left. */
    assert_true(label[0] - text[1] > EM_PX / 4 && text[0] - mark[1] > EM_PX / 2);
}

/* --- Turning ------------------------------------------------------------------------------- */

/* Frames until the lane moves the way SIGN says; it fails if the picture ever jumps. */
static int frames_to_turn(struct fixture *f, int sign, int most)
{
    for (int i = 0; i < most; i++) {
        if (frame_moves(f) == sign) {
            return i;
        }
    }
    return -1;
}

/* One source was faster than the rest: what of it is on the strip runs out, whole, and the
 * lane turns, long before the lap is over. */
static void test_turns_at_a_clear_majority(void **state)
{
    struct fixture *f = *state;
    for (char text[] = "A headline in English of which there are many"; text[0] <= 'Z';
         text[0]++) {
        put_from(f, 0, "", text);
    }
    for (int i = 0; i < 20; i++) {
        frame(f);
        assert_true(i == 0 || frame_moves(f) == -1);
    }
    put_from(f, 1, "", hebrew);
    assert_int_equal(frames_to_turn(f, 1, 1000), -1); /* one to one: a tie */
    put_from(f, 2, "", "المجلس يوافق على خط ترام جديد");
    int frames = frames_to_turn(f, 1, 3000);
    assert_in_range(frames, 100, (2 * W + 3 * 1024 + 2000) / STEP_PX);
    /* What comes then enters at the left edge, and nothing but that. */
    assert_int_equal(lit(f, W / 10, W), 0);
    for (int i = 0; i < 3000; i++) {
        assert_int_equal(frame_moves(f), 1);
    }
}

/* Two of three is clear, three of five is not: the lane waits for the end of its lap. */
static void test_turns_at_the_end_of_a_lap(void **state)
{
    struct fixture *f = *state;
    put_from(f, 0, "", "One");
    put_from(f, 1, "", long_text);
    frame(f);
    static const char *const texts[] = {"אחת", hebrew, "שלוש"};
    for (uint16_t i = 0; i < 3; i++) {
        put_from(f, (uint16_t)(i + 2), "", texts[i]);
    }
    assert_true(frames_to_turn(f, 1, 6000) > 0);
    check_motion(f, 1);
}

/* A source that airs in both directions and leans now this way, now that, does not turn the
 * lane before its lap is over; where nothing runs, its majority decides. */
static void test_a_slight_majority_does_not_turn_it(void **state)
{
    struct fixture *f = *state;
    for (char text[] = "אA headline of a source"; text[2] < 'A' + 12; text[2]++) {
        put_from(f, 0, "", text + 2);
        put_from(f, 0, "", text);
    }
    put_from(f, 0, "", "One more in English");
    check_motion(f, -1);
    for (int i = 0; i < 2300; i++) { /* into the second lap */
        frame(f);
    }
    put_from(f, 0, "", "אחת");
    put_from(f, 0, "", "שתיים");
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(frame_moves(f), -1);
    }
    take_all(f);
    for (int i = 0; i < 3000; i++) {
        frame(f);
    }
    put(f, "רביעית");
    put(f, "חמישית");
    put(f, "שישית");
    put(f, "Seventh");
    put(f, "Eighth");
    assert_true(frames_to_turn(f, 1, 10) >= 0);
}

/* --- Work ---------------------------------------------------------------------------------- */

/* One slice of work is one layout, one chunk or one upload. */
static void test_work_is_sliced(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(crawl_work(f->crawl), WORK_IDLE);
    assert_false(crawl_hungry(f->crawl));
    put(f, long_text);
    assert_int_equal(crawl_work(f->crawl), WORK_LAYOUT);
    assert_int_equal(crawl_work(f->crawl), WORK_LAYOUT);
    assert_true(crawl_hungry(f->crawl));
    int count[4] = {0};
    enum work work;
    while ((work = crawl_work(f->crawl)) != WORK_IDLE) {
        count[work]++;
        assert_true(count[WORK_LAYOUT] + count[WORK_RASTER] < 1000);
    }
    assert_false(crawl_hungry(f->crawl));
    assert_true(count[WORK_UPLOAD] >= 2 && count[WORK_UPLOAD] <= 5);
    assert_true(count[WORK_RASTER] > 10);
}

static int aired(struct fixture *f, const char *text)
{
    const struct headline *headline;
    int count = 0;
    while ((headline = crawl_aired(f->crawl))) {
        count += strcmp(headline_get(headline, HEADLINE_TEXT), text) == 0;
    }
    return count;
}

/* A headline airs when its beginning comes into view: once each time it passes. */
static void test_airs_once(void **state)
{
    struct fixture *f = *state;
    put(f, long_text);
    int count = 0, frames = 0;
    for (; count == 0 && frames < 10; frames++) {
        frame(f);
        count += aired(f, long_text);
    }
    assert_true(frames <= 2);
    int lap = 0;
    for (; count == 1 && lap < 2000; lap++) {
        frame(f);
        count += aired(f, long_text);
    }
    assert_int_equal(count, 2);
    assert_true(lap * STEP_PX > 3000);
}

/* The first headline may come long after the start: it begins in view all the same, and what
 * follows it follows at once. */
static void test_first_comes_late(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3000; i++) {
        frame(f);
    }
    put(f, "Late");
    frame(f);
    assert_int_equal(lit(f, 0, W / 4), 0);
    assert_true(lit(f, W / 4, W / 2) > 20);
    assert_true(lit(f, W / 2, W) > 20);
    assert_int_equal(aired(f, "Late") > 0, 1);
}

/* A stall carries a headline past unseen: it has not aired, and what follows it does not
 * either before it enters, at the edge. */
static void test_unseen_is_not_aired(void **state)
{
    struct fixture *f = *state;
    put(f, "Gone by");
    frame(f);
    assert_true(aired(f, "Gone by") > 0);
    crawl_advance(f->crawl, 1000);
    assert_int_equal(aired(f, "Gone by"), 0);
    frame(f);
    assert_int_equal(aired(f, "Gone by"), 0);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(lit(f, 0, W * 8 / 10), 0);
        frame(f);
    }
    for (int i = 0; i < 60; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
    assert_true(aired(f, "Gone by") > 0);
}

static void note_left(void *user, const char *lane, const struct headline *headline,
                      int64_t shown_us)
{
    assert_string_equal(lane, "crawl");
    assert_true(shown_us > 0);
    ((const struct headline **)user)[0] = headline;
}

/* It has left when its end passes the edge, and not when its place is cleared: the mark behind it is
 * by then about to follow. What passed in a stall, unseen, never left. */
static void test_leaves_at_the_edge(void **state)
{
    struct fixture *f = *state;
    const struct headline *left = NULL;
    f->lane.name = "crawl";
    f->setup.taker = (struct airing_taker){note_left, &left};
    crawl_free(f->crawl);
    f->crawl = crawl_new(&f->setup);
    put(f, "Passing by");
    for (int i = 0; i < 2000 && !left; i++) {
        frame(f);
        aired(f, "");
    }
    assert_non_null(left);
    int x = 0;
    while (x < W && (pixel(f->surface, x, H / 2) & 0xFF) == 0) {
        x++; /* the mark is blue */
    }
    assert_in_range(x, EM_PX * 3 / 4 - STEP_PX, EM_PX * 3 / 4 + EM_PX / 2);
    left = NULL;
    crawl_advance(f->crawl, 1000); /* those in the window, however */
    assert_non_null(left);
    left = NULL;
    crawl_advance(f->crawl, 1000);
    assert_null(left);
}

/* Nothing of it can be drawn: neither it nor its label nor a lone mark comes on screen, and
 * looking for something better does not fill the frame. */
static void test_undrawable_is_passed_over(void **state)
{
    struct fixture *f = *state;
    put(f, "\xEE\x80\x80\xEE\x80\x81"); /* private use */
    for (int i = 0; i < 100; i++) {
        frame(f);
        assert_false(crawl_hungry(f->crawl));
    }
    assert_int_equal(lit(f, 0, W), 0);
    put(f, "Drawable");
    for (int i = 0; i < 10; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
}

/* The desk runs empty: what is on the strip goes on to its end, whole, then the band is bare;
 * what comes later enters from the right edge. */
static void test_runs_dry(void **state)
{
    struct fixture *f = *state;
    put(f, "Short");
    frame(f);
    take_all(f);
    assert_int_equal(desk_count(f->desk), 0);
    for (int i = 0; i < 2000; i++) {
        frame(f);
    }
    assert_int_equal(lit(f, 0, W), 0);
    put(f, "Second wind");
    frame(f);
    assert_int_equal(lit(f, 0, W * 9 / 10), 0);
    for (int i = 0; i < 60; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
}

/* The same where the lane runs to the right: it comes from the left edge. */
static void test_runs_dry_rightward(void **state)
{
    struct fixture *f = *state;
    put(f, "קצר");
    frame(f);
    assert_int_equal(lit(f, W * 3 / 4, W), 0);
    assert_true(lit(f, W / 2, W * 3 / 4) > 20);
    take_all(f);
    for (int i = 0; i < 2000; i++) {
        frame(f);
    }
    assert_int_equal(lit(f, 0, W), 0);
    put(f, "שוב");
    frame(f);
    assert_int_equal(lit(f, W / 10, W), 0);
    for (int i = 0; i < 60; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
    assert_true(aired(f, "שוב") > 0);
}

/* However long a text is, a lane of 1920 px has at most six planes, all made at its start. */
static void test_textures_are_few(void **state)
{
    struct fixture *f = *state;
    struct lane_setup setup = f->setup;
    setup.area = (SDL_Rect){0, 0, 1920, H};
    setup.text_px = 96;
    planes = 0;
    struct crawl *wide = crawl_new(&setup);
    assert_non_null(wide);
    assert_in_range(planes, 3, 6);
    int made = planes;
    enum { LETTERS = 100000 };
    char *text = malloc(2 * LETTERS + 1);
    for (int i = 0; i < LETTERS; i++) {
        memcpy(text + 2 * (size_t)i, "ש", 3);
    }
    put(f, text); /* far past the cap: the headline holds its beginning */
    free(text);
    int sent = 0;
    for (int i = 0; i < 9000; i++) {
        crawl_advance(wide, 1);
        enum work work;
        while ((work = crawl_work(wide)) != WORK_IDLE) {
            sent += work == WORK_UPLOAD;
        }
        assert_false(crawl_hungry(wide));
        crawl_draw(wide);
    }
    assert_true(sent >= 9000 * STEP_PX / 1024);
    assert_int_equal(planes, made);
    crawl_free(wide);
}

#if defined(__SANITIZE_ADDRESS__)
static void check_steady_frames(struct fixture *f)
{
    for (int i = 0; i < 300; i++) {
        frame(f);
    }
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_allocation, ignore_free));
    int steady = 0;
    for (int i = 0; i < 2000; i++) {
        allocations = 0;
        crawl_advance(f->crawl, 1);
        enum work work = crawl_work(f->crawl);
        crawl_draw(f->crawl);
        SDL_RenderFlush(f->renderer);
        while (crawl_aired(f->crawl)) {
        }
        /* Uploading a tile is no reason to allocate either. */
        if (work == WORK_IDLE || work == WORK_UPLOAD) {
            assert_int_equal(allocations, 0);
            steady++;
        }
    }
    assert_true(steady > 1500);
}

static void test_steady_frame_allocates_nothing(void **state)
{
    put(*state, long_text);
    put(*state, "Central bank holds rates");
    check_steady_frames(*state);
}

static void test_steady_frame_rightward_allocates_nothing(void **state)
{
    put(*state, hebrew);
    put(*state, arabic);
    check_steady_frames(*state);
}
#endif

#define ANEW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define ANEW_TO(test, direction)                                                         \
    cmocka_unit_test_prestate_setup_teardown(test, set_up, tear_down, &(direction))

int main(void)
{
    static enum config_direction left = DIRECTION_LEFT, right = DIRECTION_RIGHT;
    const struct CMUnitTest tests[] = {
        ANEW(test_leftward_tiles_equal_whole),
        ANEW(test_rightward_tiles_equal_whole),
        ANEW(test_arabic_tiles_equal_whole),
        ANEW_TO(test_latin_is_not_mirrored_in_a_rightward_lane, right),
        ANEW_TO(test_hebrew_is_not_mirrored_in_a_leftward_lane, left),
        ANEW(test_longest_tiles_equal_whole),
        ANEW(test_speed_is_the_displays),
        ANEW(test_another_speed_is_no_jump),
        ANEW(test_moves_left),
        ANEW(test_moves_right),
        ANEW_TO(test_forced_left, left),
        ANEW_TO(test_forced_right, right),
        ANEW(test_majority_of_sources_decides),
        ANEW(test_a_tie_runs_left),
        ANEW(test_label_stands_right_of_the_text),
        ANEW(test_turns_at_a_clear_majority),
        ANEW(test_turns_at_the_end_of_a_lap),
        ANEW(test_a_slight_majority_does_not_turn_it),
        ANEW(test_work_is_sliced),
        ANEW(test_airs_once),
        ANEW(test_runs_dry),
        ANEW(test_runs_dry_rightward),
        ANEW(test_undrawable_is_passed_over),
        ANEW(test_first_comes_late),
        ANEW(test_unseen_is_not_aired),
        ANEW(test_leaves_at_the_edge),
        ANEW(test_textures_are_few),
#if defined(__SANITIZE_ADDRESS__)
        ANEW(test_steady_frame_allocates_nothing),
        ANEW(test_steady_frame_rightward_allocates_nothing),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
