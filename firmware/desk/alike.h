/* Whether two headlines, as marks (desk/marks.h), are of the same story. Pure; any thread. */
#ifndef MOTOGRAPH_DESK_ALIKE_H
#define MOTOGRAPH_DESK_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether two headlines of COUNT_A and COUNT_B marks tell the same story in nearly the same
 * words: no word of one stands for another of the other, nothing that turns the meaning and no
 * number is more, the order is the same or a part moved. */
bool alike_stories(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b);

/* Hashes under which headlines that are alike are found: two that are alike share one nearly
 * always. Returns how many, 0 if the headline is too short to be like another. */
enum { ALIKE_ROADS = 6 };
size_t alike_roads(const uint32_t *marks, size_t count, uint32_t roads[ALIKE_ROADS]);

#endif
