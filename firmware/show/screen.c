/* On X11 SDL_GetWindowSurface by default goes through SDL's own texture framebuffer, which
 * costs 50 times what a shared-memory put costs: hence the hint. A software GL (llvmpipe) is
 * worse than no GL: it costs 70 MiB and ten times the CPU, so it is looked for and refused;
 * without a render node under /dev/dri nobody need even ask. KMSDRM has no CPU framebuffer
 * and shows only the clear colour with SDL's first choice "opengl": always opengles2 there. */
#define LOG_MODULE "screen"
#include "show/screen.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "show/desktop.h"
#include "show/output.h"
#include "show/png.h"
#include "show/proof.h"

enum { DEFAULT_W = 1920, DEFAULT_H = 1080, WINDOW_W = 1280, WINDOW_H = 720 };

#define DEFAULT_HZ 60.0

/* GL_RENDERER of gl.h; including it for one number would bring a dependency. */
enum { GL_RENDERER_NAME = 0x1F01 };

/* What SDL had to complain of: a present through KMSDRM tells nobody else that it failed. */
static unsigned complaints;

static void take_complaint(void *user, int category, SDL_LogPriority priority,
                           const char *text)
{
    (void)user;
    (void)category;
    complaints += priority >= SDL_LOG_PRIORITY_ERROR;
    log_warning("SDL: %s", text);
}

static void set_hints(void)
{
    SDL_LogSetOutputFunction(take_complaint, NULL);
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_RENDER_VSYNC, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "1");
}

/* The bus of this user's session: libdbus finds it by either. */
static bool has_session_bus(void)
{
    char path[4096];
    const char *folder = getenv("XDG_RUNTIME_DIR");
    return getenv("DBUS_SESSION_BUS_ADDRESS") ||
           (folder && snprintf(path, sizeof path, "%s/bus", folder) < (int)sizeof path &&
            access(path, F_OK) == 0);
}

/* SDL opens an input method, for which libX11 reads 6,000 compositions of keys (a sixth of the CPU
 * time of a start), and the session's bus, for which libdbus starts a program where there is none. */
void screen_prepare(void)
{
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    if (!has_session_bus()) {
        setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
    }
}

/* Left to itself SDL ends its search at a driver that shows nothing to anybody. */
static bool start_video(const struct screen_setup *setup)
{
    char card[16] = "";
    if (setup->aim.name) {
        SDL_snprintf(card, sizeof card, "%d", setup->aim.card);
    }
    SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, card);
    if (!SDL_getenv("SDL_VIDEODRIVER")) {
        char drivers[32];
        SDL_snprintf(drivers, sizeof drivers, "%s%sKMSDRM",
                     SDL_getenv("DISPLAY") ? "x11," : "",
                     SDL_getenv("WAYLAND_DISPLAY") ? "wayland," : "");
        SDL_SetHint(SDL_HINT_VIDEODRIVER, drivers);
    }
    return SDL_InitSubSystem(SDL_INIT_VIDEO) == 0;
}

static bool is_kmsdrm(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && !SDL_strcasecmp(driver, "KMSDRM");
}

static bool is_bare_x11(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && strcmp(driver, "x11") == 0 && !desktop_has_manager();
}

static bool has_gpu(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    glob_t found;
    bool any = glob("/dev/dri/renderD*", 0, NULL, &found) == 0 && found.gl_pathc > 0;
    globfree(&found);
    return any && driver && strcmp(driver, "dummy") != 0;
}

static bool is_software_gl(void)
{
    static const char *const names[] = {"llvmpipe", "softpipe", "SwiftShader", "swrast",
                                        "Software"};
    const unsigned char *(*get_string)(unsigned);
    void *symbol = SDL_GL_GetProcAddress("glGetString");
    memcpy(&get_string, &symbol, sizeof symbol);
    const char *name = symbol ? (const char *)get_string(GL_RENDERER_NAME) : NULL;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (strstr(name, names[i])) {
            return true;
        }
    }
    return name == NULL;
}

static bool open_window(struct screen *screen, const struct screen_setup *setup,
                        Uint32 flags)
{
    bool full =
        setup->shape == SCREEN_FULL || (setup->shape == SCREEN_AUTO && is_kmsdrm());
    int display = output_display(setup, is_kmsdrm());
    SDL_DisplayMode mode;
    bool chosen = is_kmsdrm() && output_mode(setup, display, &mode);
    if (!full) {
        flags |= SDL_WINDOW_RESIZABLE;
    } else if (chosen) {
        flags |= SDL_WINDOW_FULLSCREEN;
    } else {
        flags |= is_bare_x11() ? SDL_WINDOW_BORDERLESS : SDL_WINDOW_FULLSCREEN_DESKTOP;
    }
    SDL_Rect at = {SDL_WINDOWPOS_CENTERED_DISPLAY(display),
                   SDL_WINDOWPOS_CENTERED_DISPLAY(display),
                   setup->w ? setup->w : WINDOW_W, setup->h ? setup->h : WINDOW_H};
    if (full) {
        /* Without a window manager X11 leaves the size as it was asked for. */
        SDL_GetDisplayBounds(display, &at);
    }
    if (full && chosen) {
        at.w = mode.w;
        at.h = mode.h;
    }
    screen->full = full;
    screen->window = SDL_CreateWindow("Motograph", at.x, at.y, at.w, at.h, flags);
    if (screen->window && full && chosen) {
        SDL_SetWindowDisplayMode(screen->window, &mode);
    }
    SDL_ShowCursor(full ? SDL_DISABLE : SDL_ENABLE);
    SDL_DisableScreenSaver();
    return screen->window != NULL;
}

static void close_window(struct screen *screen)
{
    if (screen->renderer) {
        SDL_DestroyRenderer(screen->renderer);
    }
    if (screen->window) {
        SDL_DestroyWindow(screen->window);
    }
    screen->renderer = NULL;
    screen->window = NULL;
    screen->surface = NULL;
}

static bool open_renderer(struct screen *screen, const struct screen_setup *setup)
{
    SDL_RendererInfo info;
    if (!open_window(screen, setup, SDL_WINDOW_OPENGL)) {
        return false;
    }
    screen->renderer = SDL_CreateRenderer(
        screen->window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
    if (!screen->renderer || (is_software_gl() && !is_kmsdrm())) {
        close_window(screen);
        return false;
    }
    SDL_GetRendererOutputSize(screen->renderer, &screen->w, &screen->h);
    screen->kind = SCREEN_HARDWARE;
    screen->name = SDL_GetRendererInfo(screen->renderer, &info) == 0 ? info.name : "?";
    return true;
}

/* $SDL_RENDER_DRIVER is stronger than a hint, until what it names shows nothing. KMSDRM has nothing
 * else in the end: there the run goes on, and has said what is wrong. */
static bool open_hardware(struct screen *screen, const struct screen_setup *setup)
{
    static const char *const others[] = {"opengles2", "opengl"};
    size_t count = sizeof others / sizeof *others;
    bool direct = is_kmsdrm();
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, others[0]);
    for (size_t i = 0; open_renderer(screen, setup); i++) {
        if (proof_holds(screen->renderer)) {
            return true;
        }
        log_warning("%s shows nothing of what is drawn: is the graphics driver right?",
                    screen->name);
        if (direct && i == count) {
            return true;
        }
        close_window(screen);
        if (!direct) {
            return false;
        }
        SDL_SetHintWithPriority(SDL_HINT_RENDER_DRIVER, others[i], SDL_HINT_OVERRIDE);
    }
    return false;
}

/* The renderer that draws into `surface`. */
static bool attach(struct screen *screen)
{
    if (screen->renderer) {
        SDL_DestroyRenderer(screen->renderer);
    }
    screen->renderer =
        screen->surface ? SDL_CreateSoftwareRenderer(screen->surface) : NULL;
    if (!screen->renderer) {
        return false;
    }
    screen->w = screen->surface->w;
    screen->h = screen->surface->h;
    screen->name = "software";
    return true;
}

static bool open_software(struct screen *screen, const struct screen_setup *setup)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver && strcmp(driver, "x11") == 0) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    }
    if (!open_window(screen, setup, 0)) {
        return false;
    }
    screen->surface = SDL_GetWindowSurface(screen->window);
    screen->kind = SCREEN_SOFTWARE;
    if (!attach(screen)) {
        close_window(screen);
        return false;
    }
    return true;
}

static bool open_headless(struct screen *screen, const struct screen_setup *setup)
{
    screen->kind = SCREEN_HEADLESS;
    screen->driver = "headless";
    screen->refresh_hz = DEFAULT_HZ;
    screen->surface = SDL_CreateRGBSurfaceWithFormat(0, setup->w ? setup->w : DEFAULT_W,
                                                     setup->h ? setup->h : DEFAULT_H, 32,
                                                     SDL_PIXELFORMAT_RGB888);
    return attach(screen);
}

/* In one line what was chosen, and why. */
static void log_choice(const struct screen *screen, const struct screen_aim *aim)
{
    char on[96] = "";
    if (screen->direct && aim->name) {
        SDL_snprintf(on, sizeof on, " on %s (%s)", aim->name, aim->why);
    }
    log_info("%s, %s, %dx%d at %.0f Hz%s: %s", screen->driver, screen->name, screen->w,
             screen->h, screen->refresh_hz, on,
             screen->kind == SCREEN_HARDWARE ? "a GPU is there, the display sets the pace"
                                             : "no GPU, the clock sets the pace");
}

bool screen_open(struct screen *screen, const struct screen_setup *setup)
{
    *screen = (struct screen){0};
    set_hints();
    if (setup->headless) {
        return open_headless(screen, setup);
    }
    if (!start_video(setup)) {
        return false;
    }
    screen->video = true;
    bool open = is_kmsdrm() || has_gpu() ? open_hardware(screen, setup) : false;
    if (!open && !is_kmsdrm()) {
        open = open_software(screen, setup);
    }
    if (!open) {
        screen_close(screen);
        return false;
    }
    SDL_DisplayMode mode = {0};
    SDL_GetCurrentDisplayMode(SDL_GetWindowDisplayIndex(screen->window), &mode);
    /* A virtual screen reports 0. */
    screen->refresh_hz = mode.refresh_rate > 0 ? mode.refresh_rate : DEFAULT_HZ;
    screen->driver = SDL_GetCurrentVideoDriver();
    screen->direct = is_kmsdrm();
    log_choice(screen, &setup->aim);
    return true;
}

void screen_close(struct screen *screen)
{
    SDL_Surface *own = screen->kind == SCREEN_HEADLESS ? screen->surface : NULL;
    close_window(screen);
    SDL_FreeSurface(own);
    if (screen->video) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    screen->video = false;
}

bool screen_resize(struct screen *screen)
{
    if (screen->kind == SCREEN_HARDWARE) {
        return SDL_GetRendererOutputSize(screen->renderer, &screen->w, &screen->h) == 0;
    }
    if (screen->kind == SCREEN_SOFTWARE) {
        screen->surface = SDL_GetWindowSurface(screen->window);
        if (!attach(screen)) {
            log_error("the window gives no surface after its size changed: %s",
                      SDL_GetError());
            return false;
        }
    }
    return true;
}

void screen_flush(struct screen *screen)
{
    if (screen->kind != SCREEN_HARDWARE) {
        SDL_RenderFlush(screen->renderer);
    }
}

bool screen_present(struct screen *screen, const SDL_Rect *damage, size_t count)
{
    unsigned before = complaints;
    switch (screen->kind) {
    case SCREEN_HARDWARE:
        SDL_RenderPresent(screen->renderer);
        return complaints == before;
    case SCREEN_SOFTWARE:
        return SDL_UpdateWindowSurfaceRects(screen->window, damage, (int)count) == 0;
    case SCREEN_HEADLESS:
        break;
    }
    return true;
}

bool screen_capture(struct screen *screen, const char *path)
{
    if (screen->surface) {
        return png_write(screen->surface, path);
    }
    SDL_Surface *copy = SDL_CreateRGBSurfaceWithFormat(0, screen->w, screen->h, 32,
                                                       SDL_PIXELFORMAT_RGB888);
    bool done = copy &&
                SDL_RenderReadPixels(screen->renderer, NULL, copy->format->format,
                                     copy->pixels, copy->pitch) == 0 &&
                png_write(copy, path);
    SDL_FreeSurface(copy);
    return done;
}
