/* What the two sides need only once; the four operations are inline in ring.h. */
#include "base/ring.h"

#include <stdint.h>
#include <stdlib.h>

bool ring_init(struct ring *ring, size_t slots, size_t slot_bytes)
{
    *ring = (struct ring){0};
    size_t stride = alignof(uint64_t);
    while (stride < slot_bytes && stride <= SIZE_MAX / 4) {
        stride *= 2;
    }
    if (slots == 0 || (slots & (slots - 1)) != 0 || slot_bytes == 0 ||
        slots > SIZE_MAX / 2 / stride) {
        return false;
    }
    ring->stride = stride;
    ring->mask = slots * stride - 1;
    ring->slots = malloc(slots * stride);
    /* Not cleared: of a large slot only the first page becomes real. */
    for (size_t i = 0; ring->slots && i < slots; i++) {
        ring->slots[i * stride] = 0;
    }
    return ring->slots != NULL;
}

void ring_fini(struct ring *ring)
{
    if (ring) {
        free(ring->slots);
        *ring = (struct ring){0};
    }
}

size_t ring_depth(struct ring *ring)
{
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
    size_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    return ring->stride ? (head - tail) / ring->stride : 0;
}
