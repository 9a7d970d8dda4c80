/* Whether what is drawn is there. Some drivers of GL take everything, report no fault, keep their
 * pace, and show nothing but the ground (Mesa's llvmpipe through SDL's "opengl" under KMSDRM is one):
 * only pixels tell. Main thread. */
#ifndef MOTOGRAPH_SHOW_PROOF_H
#define MOTOGRAPH_SHOW_PROOF_H

#include <SDL.h>
#include <stdbool.h>

/* Draws a small picture the way the scene is drawn, reads it back, and wipes it out. False if something
 * else is there; true too where it cannot be known. Waits for the GPU, so once after a start. */
bool proof_holds(SDL_Renderer *renderer);

#endif
