/* The screen as lanes see it: upright, whichever way it is turned. Pieces of picture are turned
 * once, when they are handed over; showing them is then a plain copy in all rotations: by the
 * renderer, or straight into the surface where that is in memory. Main thread. */
#ifndef MOTOGRAPH_SHOW_STAGE_H
#define MOTOGRAPH_SHOW_STAGE_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "show/plane.h"

struct stage {
    SDL_Renderer *renderer; /* borrowed */
    SDL_Surface *surface;   /* borrowed; NULL = the renderer draws */
    bool shared;            /* another process reads the surface */
    int w, h;               /* px, upright */
    int rotation;           /* 0, 90, 180, 270 degrees clockwise */
    double refresh_hz;      /* of the display; set by the scene */
    SDL_Rect frame;         /* what copies and fills are cut off at */
    SDL_Point shift;        /* px, upright, by which they are moved */
    Uint32 *scratch;        /* owned: where pieces are turned */
    size_t scratch_px;
};

/* A stage on RENDERER, whose output has W x H px; the upright size is exchanged with 90, 270. */
void stage_init(struct stage *stage, SDL_Renderer *renderer, int w, int h, int rotation);

/* From now on what is copied or filled is moved by SHIFT and cut off at FRAME; where that leaves
 * a margin of FRAME free, GROUND is there. */
void stage_enter(struct stage *stage, SDL_Rect frame, SDL_Point shift, SDL_Color ground);

/* From now on nothing is. */
void stage_leave(struct stage *stage);

/* From here on draws into SURFACE, which is what the renderer would draw into; SHARED where
 * another process reads it, as a display server does. Before any plane is made. NULL, and a
 * surface whose px are not those of a plane, leave it to the renderer. */
void stage_draw_into(struct stage *stage, SDL_Surface *surface, bool shared);

/* Zeroed is fine. */
void stage_fini(struct stage *stage);

/* Makes PLANE for W x H upright px, opaque, in pieces of at most PIECE_PX px; the caller closes it.
 * False, logged. */
bool stage_plane(struct stage *stage, struct plane *plane, int w, int h, size_t piece_px);

/* Hands the part AT of SURFACE (32 bits a px) over to the same place of PLANE. */
void stage_upload(const struct stage *stage, struct plane *plane,
                  const SDL_Surface *surface, SDL_Rect at);

/* Copies the part FROM of PLANE to TO, of the same size. */
void stage_copy(const struct stage *stage, const struct plane *plane, SDL_Rect from,
                SDL_Rect to);

/* Copies COUNT such parts, at most STAGE_PARTS, which lie side by side: the same rows of
 * planes of one height, to the same rows. */
enum { STAGE_PARTS = 24 };
struct stage_part {
    const struct plane *plane;
    SDL_Rect from, to;
};
void stage_copy_beside(const struct stage *stage, const struct stage_part *parts,
                       size_t count);

void stage_fill(const struct stage *stage, SDL_Rect at, SDL_Color colour);

/* Where the upright AT lies on the output. */
SDL_Rect stage_place(const struct stage *stage, SDL_Rect at);

#endif
