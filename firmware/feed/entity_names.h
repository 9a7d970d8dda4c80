/* The table of names behind entity.h; nobody else includes it. */
#ifndef MOTOGRAPH_FEED_ENTITY_NAMES_H
#define MOTOGRAPH_FEED_ENTITY_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum { ENTITY_NAME_BYTES = 32 };

struct entity_name {
    char name[ENTITY_NAME_BYTES];
    uint32_t first, second; /* code points; second is 0 for most */
};

/* Sorted by bytes. */
extern const struct entity_name entity_names[];
extern const size_t entity_name_count;

/* The names that also count without ';', sorted by bytes. */
extern const char *const entity_open_names[];
extern const size_t entity_open_name_count;

#endif
