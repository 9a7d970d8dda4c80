/* Draws laid-out chunks with SDL_ttf: the one place that does, so that another rasteriser
 * could take its place. Owned by the main thread, like the faces it draws. */
#ifndef MOTOGRAPH_SHOW_RASTER_H
#define MOTOGRAPH_SHOW_RASTER_H

#include <SDL.h>
#include <stdbool.h>

#include "show/layout.h"

struct raster;

/* A rasteriser for FACES, which is borrowed and must outlive it. NULL, logged, if SDL_ttf or
 * memory fails. */
struct raster *raster_new(struct faces *faces);
void raster_free(struct raster *raster);

/* Draws one CHUNK of LINE in COLOUR (opaque) over what SURFACE holds, the line's left edge at
 * X_PX and its baseline at row BASELINE_PX; what lies outside the surface's clip is cut.
 * False, logged, if it could not be drawn; the chunk is then missing, nothing else. */
bool raster_chunk(struct raster *raster, const struct line *line,
                  const struct chunk *chunk, SDL_Surface *surface, int x_px,
                  int baseline_px, SDL_Color colour);

/* All chunks of LINE that touch the surface. False if any could not be drawn. */
bool raster_line(struct raster *raster, const struct line *line, SDL_Surface *surface,
                 int x_px, int baseline_px, SDL_Color colour);

#endif
