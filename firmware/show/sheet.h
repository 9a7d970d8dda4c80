/* A still picture that changes now and then, made beforehand: what is to be on it is listed as
 * marks, drawn one at a time on a canvas, handed to a second plane a few rows at a time, and
 * shown by an exchange of planes. No step takes long, so that what moves beside it never
 * waits. Main thread. */
#ifndef MOTOGRAPH_SHOW_SHEET_H
#define MOTOGRAPH_SHOW_SHEET_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/picture.h"
#include "show/qr.h"
#include "show/stage.h"
#include "show/text.h"
#include "show/work.h"

enum { SHEET_MARKS = 40 };

struct sheet_mark {
    SDL_Color colour;
    SDL_Rect box; /* of a chip or code; where there is no line */
    int radius;
    const struct qr *qr;     /* borrowed; NULL = none */
    struct picture *picture; /* held; NULL = none */
    struct line *line;       /* owned; NULL = a chip */
    const struct text *text; /* that draws it, borrowed */
    int x, baseline;         /* px from the sheet's top left corner */
};

enum sheet_state {
    SHEET_IDLE,      /* nothing in the making */
    SHEET_LISTING,   /* marks may be added */
    SHEET_CLEARING,  /* so too the next two: sheet_work goes on */
    SHEET_DRAWING,   /* */
    SHEET_UPLOADING, /* */
    SHEET_READY      /* sheet_turn may be called */
};

struct sheet {
    struct stage *stage; /* borrowed */
    SDL_Rect area;
    SDL_Color ground;
    SDL_Surface *canvas;
    struct plane planes[2];
    int front;  /* the one that is shown */
    bool shown; /* whether any is */
    enum sheet_state state;
    int row;      /* how far clearing and uploading have come */
    size_t at;    /* how far drawing has: the mark, */
    size_t chunk; /* and of its line, or the row of its picture */
    size_t count;
    struct sheet_mark marks[SHEET_MARKS];
};

/* An empty sheet over AREA of STAGE. False, logged; finish it all the same. */
bool sheet_init(struct sheet *sheet, struct stage *stage, SDL_Rect area,
                SDL_Color ground);

/* The same a piece at a time, for a sheet that is made while others move: sheet_plan, then
 * sheet_build until sheet_built. False, logged; finish it all the same. */
void sheet_plan(struct sheet *sheet, struct stage *stage, SDL_Rect area,
                SDL_Color ground);
bool sheet_build(struct sheet *sheet);
bool sheet_built(const struct sheet *sheet);

/* Zeroed is fine. */
void sheet_fini(struct sheet *sheet);

/* Begins a new picture; what was in the making is dropped, what is shown stays. */
void sheet_begin(struct sheet *sheet);

/* Drops what is in the making. */
void sheet_cancel(struct sheet *sheet);

/* Adds a line of TEXT, which the sheet owns from here on (NULL is passed over), or a box with
 * rounded corners; px from the sheet's top left corner. Past SHEET_MARKS they are dropped. */
void sheet_add_line(struct sheet *sheet, const struct text *text, struct line *line,
                    int x, int baseline, SDL_Color colour);
void sheet_add_chip(struct sheet *sheet, SDL_Rect box, int radius, SDL_Color colour);

/* Adds PICTURE, which the sheet holds until it is drawn, with its left upper corner there. */
void sheet_add_picture(struct sheet *sheet, struct picture *picture, int x, int y);

/* Adds QR, which must stay as it is until it is drawn, black on white with its quiet zone, as
 * large as whole px allow within BOX, in the middle of it. */
void sheet_add_code(struct sheet *sheet, const struct qr *qr, SDL_Rect box);

/* All is listed. */
void sheet_close(struct sheet *sheet);

/* One slice of making what is listed. */
enum work sheet_work(struct sheet *sheet);

/* Shows what is SHEET_READY. */
void sheet_turn(struct sheet *sheet);

/* Draws it: what is shown, moved up by SHIFT px of the area's height, and below it, where
 * SHIFT is not 0, what is ready. Nothing if none is shown. */
void sheet_draw(const struct sheet *sheet, int shift);

#endif
