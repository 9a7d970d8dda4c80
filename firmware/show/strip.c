/* Numbers run free, so that who draws can remember one across a drop. */
#include "show/strip.h"

#include <stdlib.h>

struct piece *strip_at(struct strip *strip, uint64_t number)
{
    return &strip->pieces[number % STRIP_PIECES];
}

int strip_piece_px(const struct piece *piece)
{
    return 2 * piece->pad +
           (piece->picture ? piece->picture->w : layout_width_px(piece->line));
}

int64_t strip_piece_end(const struct piece *piece)
{
    return piece->x + strip_piece_px(piece);
}

bool strip_has_room(const struct strip *strip, size_t pieces)
{
    return strip->next - strip->first + pieces <= STRIP_PIECES;
}

void strip_append(struct strip *strip, struct piece piece, int gap_px)
{
    piece.x = strip->end;
    strip->end = strip_piece_end(&piece) + gap_px;
    *strip_at(strip, strip->next++) = piece;
}

void strip_drop(struct strip *strip)
{
    struct piece *piece = strip_at(strip, strip->first++);
    if (!piece->shared) {
        free(piece->line);
    }
    picture_drop(piece->picture);
    free(piece->headline);
}

void strip_clear(struct strip *strip)
{
    while (strip->first < strip->next) {
        strip_drop(strip);
    }
}
