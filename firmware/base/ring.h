/* A lock-free ring between exactly one producer thread and one consumer thread: the only
 * bridge between the two. Slots have a fixed size and are filled and read in place.
 *
 *      tail (consumer)                head (producer)
 *        v                              v
 *    [ ][x][x][x][x][x][x][x][x][x][x][ ][ ][ ][ ][ ]     head - tail bytes are full
 *
 * The counters run freely and wrap with size_t. They count bytes: number and size of the slots
 * are powers of two, so a slot's place is counter & mask, without a multiplication or shift.
 * (A slot larger than its content costs addresses, not memory: of a slot its first page is there
 * from the start, so that a ring that goes round once in hours does not grow for hours; others
 * only once they were filled.) The producer owns the bytes [head, tail + size), the consumer
 * [tail, head). Each side publishes its own counter with release and reads the other's with
 * acquire, and only when its remembered copy of it says that the ring is full (or empty): most
 * operations so touch no cache line of the other side. After L. Lamport, "Specifying Concurrent
 * Program Modules" (1983), and the remembered counters of MCRingBuffer (Lee, Bu, Chandranmenon,
 * 2010). */
#ifndef MOTOGRAPH_BASE_RING_H
#define MOTOGRAPH_BASE_RING_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { RING_LINE_BYTES = 64 };

struct ring {
    /* Written by the producer. */
    alignas(RING_LINE_BYTES) atomic_size_t head;
    size_t tail_seen;
    /* Written by the consumer. */
    alignas(RING_LINE_BYTES) atomic_size_t tail;
    size_t head_seen;
    /* Written by ring_init only. */
    alignas(RING_LINE_BYTES) unsigned char *slots; /* owned */
    size_t stride;                                 /* bytes from slot to slot */
    size_t mask;                                   /* slots * stride - 1 */
};

/* Makes an empty ring of SLOTS (a power of two) slots of SLOT_BYTES each, rounded up to a power
 * of two, at least 8; aligned as malloc does. False if SLOTS is none or memory is short. Before the
 * threads. */
bool ring_init(struct ring *ring, size_t slots, size_t slot_bytes);

/* Frees the slots, not their contents. NULL and a zeroed ring are fine. After the threads. */
void ring_fini(struct ring *ring);

/* Slots filled and not yet released; exact for either side, a snapshot for others. */
size_t ring_depth(struct ring *ring);

/* The slot a counter points at; telling the compiler that it is one saves the callers' test for
 * NULL a second comparison. */
static inline void *ring_slot(const struct ring *ring, size_t counter)
{
    unsigned char *slot = ring->slots + (counter & ring->mask);
    if (!slot) {
        __builtin_unreachable();
    }
    return slot;
}

/* Producer: the next slot to fill, or NULL while the ring is full. Nothing is visible to
 * the consumer before ring_commit; without it the same slot comes again. */
static inline void *ring_reserve(struct ring *ring)
{
    size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    if (head - ring->tail_seen > ring->mask) {
        ring->tail_seen = atomic_load_explicit(&ring->tail, memory_order_acquire);
        if (head - ring->tail_seen > ring->mask) {
            return NULL;
        }
    }
    return ring_slot(ring, head);
}

/* Producer: hands the slot of the last ring_reserve, which must have given one, over. */
static inline void ring_commit(struct ring *ring)
{
    size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    atomic_store_explicit(&ring->head, head + ring->stride, memory_order_release);
}

/* Consumer: the oldest slot, or NULL while the ring is empty. Valid until ring_release. */
static inline void *ring_peek(struct ring *ring)
{
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    if (tail == ring->head_seen) {
        ring->head_seen = atomic_load_explicit(&ring->head, memory_order_acquire);
        if (tail == ring->head_seen) {
            return NULL;
        }
    }
    return ring_slot(ring, tail);
}

/* Consumer: gives the slot of the last ring_peek, which must have given one, back. */
static inline void ring_release(struct ring *ring)
{
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    atomic_store_explicit(&ring->tail, tail + ring->stride, memory_order_release);
}

#endif
