/* The ring alone, then between two threads. The stress writes a known sequence and
 * derives every word of a slot from it, so that a slot handed over too early, twice or
 * out of order shows as a wrong word; under the thread sanitizer a missing acquire or
 * release shows too. */
#include "base/ring.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { SLOTS_BYTES = 2 << 20 };

static void put(struct ring *ring, uint64_t value)
{
    uint64_t *slot = ring_reserve(ring);
    assert_non_null(slot);
    *slot = value;
    ring_commit(ring);
}

static uint64_t take(struct ring *ring)
{
    const uint64_t *slot = ring_peek(ring);
    assert_non_null(slot);
    uint64_t value = *slot;
    ring_release(ring);
    return value;
}

static void takes_powers_of_two_only(void **state)
{
    (void)state;
    static const struct {
        size_t slots, slot_bytes;
        bool valid;
    } cases[] = {
        {1, 8, true},
        {2, 8, true},
        {64, 8, true},
        {1024, 1, true},
        {0, 8, false},
        {3, 8, false},
        {6, 8, false},
        {1000, 8, false},
        {SIZE_MAX, 8, false},
        {8, 0, false},
        {8, SIZE_MAX, false},
        {8, SIZE_MAX / 8, false},
        {SIZE_MAX / 2 + 1, 8, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ring ring;
        bool valid = ring_init(&ring, cases[i].slots, cases[i].slot_bytes);
        ring_fini(&ring);
        if (valid != cases[i].valid) {
            fail_msg("%zu slots of %zu bytes: %s", cases[i].slots, cases[i].slot_bytes,
                     valid ? "taken" : "refused");
        }
    }
}

static void aligns_slots_and_keeps_the_sides_apart(void **state)
{
    (void)state;
    static const struct {
        size_t slot_bytes, stride;
    } cases[] = {{1, 8}, {7, 8}, {8, 8}, {9, 16}, {20, 32}, {1001, 1024}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ring ring;
        assert_true(ring_init(&ring, 4, cases[i].slot_bytes));
        unsigned char *first = NULL;
        for (size_t n = 0; n < 4; n++) {
            unsigned char *slot = ring_reserve(&ring);
            assert_non_null(slot);
            assert_int_equal((uintptr_t)slot % 8, 0);
            first = n ? first : slot;
            assert_ptr_equal(slot, first + n * cases[i].stride);
            memset(slot, 0xa5, cases[i].slot_bytes);
            ring_commit(&ring);
        }
        ring_fini(&ring);
    }
    assert_int_equal(offsetof(struct ring, head) / RING_LINE_BYTES, 0);
    assert_int_not_equal(offsetof(struct ring, tail) / RING_LINE_BYTES,
                         offsetof(struct ring, tail_seen) / RING_LINE_BYTES);
    assert_int_not_equal(offsetof(struct ring, slots) / RING_LINE_BYTES,
                         offsetof(struct ring, head_seen) / RING_LINE_BYTES);
}

static void is_empty_and_full(void **state)
{
    (void)state;
    for (size_t slots = 1; slots <= 64; slots *= 2) {
        struct ring ring;
        assert_true(ring_init(&ring, slots, sizeof(uint64_t)));
        assert_null(ring_peek(&ring));
        for (size_t round = 0; round < 3; round++) {
            for (size_t n = 0; n < slots; n++) {
                assert_int_equal(ring_depth(&ring), n);
                put(&ring, round * 1000 + n);
            }
            assert_null(ring_reserve(&ring));
            assert_int_equal(ring_depth(&ring), slots);
            for (size_t n = 0; n < slots; n++) {
                assert_int_equal(take(&ring), round * 1000 + n);
            }
            assert_null(ring_peek(&ring));
            assert_int_equal(ring_depth(&ring), 0);
        }
        ring_fini(&ring);
    }
}

static void shows_nothing_before_the_commit(void **state)
{
    (void)state;
    struct ring ring;
    assert_true(ring_init(&ring, 2, sizeof(uint64_t)));
    uint64_t *slot = ring_reserve(&ring);
    *slot = 1;
    assert_null(ring_peek(&ring));
    assert_int_equal(ring_depth(&ring), 0);
    assert_ptr_equal(ring_reserve(&ring), slot);
    assert_int_equal(*slot, 1);
    ring_commit(&ring);
    assert_ptr_not_equal(ring_reserve(&ring), slot);

    assert_ptr_equal(ring_peek(&ring), slot);
    assert_ptr_equal(ring_peek(&ring), slot);
    assert_int_equal(ring_depth(&ring), 1);
    ring_release(&ring);
    assert_null(ring_peek(&ring));
    ring_fini(&ring);
}

/* A board would run for ages before the counters wrap; here they are set to the brink. */
static void survives_the_wrap_of_its_counters(void **state)
{
    (void)state;
    for (size_t slots = 1; slots <= 8; slots *= 2) {
        struct ring ring;
        assert_true(ring_init(&ring, slots, sizeof(uint64_t)));
        size_t start = (size_t)0 - 5 * ring.stride; /* five slots before the wrap */
        atomic_init(&ring.head, start);
        atomic_init(&ring.tail, start);
        ring.head_seen = ring.tail_seen = start;
        uint64_t in = 0, out = 0;
        while (out < 20) {
            while (in - out < slots) {
                put(&ring, in++);
            }
            assert_null(ring_reserve(&ring));
            assert_int_equal(ring_depth(&ring), slots);
            assert_int_equal(take(&ring), out++);
        }
        while (out < in) {
            assert_int_equal(take(&ring), out++);
        }
        assert_null(ring_peek(&ring));
        assert_true(atomic_load(&ring.head) < start);
        ring_fini(&ring);
    }
}

/* Pages of the slots that are there. */
static size_t resident(const struct ring *ring)
{
    static unsigned char there[SLOTS_BYTES / 4096];
    size_t page = (size_t)sysconf(_SC_PAGESIZE), count = 0;
    unsigned char *start = ring->slots - (uintptr_t)ring->slots % page;
    size_t pages = (SLOTS_BYTES - page) / page;
    assert_int_equal(mincore(start, pages * page, there), 0);
    for (size_t i = 0; i < pages; i++) {
        count += there[i] & 1;
    }
    return count;
}

/* Memory that grew with each message until the ring was round would look like a leak. */
static void is_as_large_at_the_start_as_after_a_round(void **state)
{
    (void)state;
    struct ring ring;
    assert_true(ring_init(&ring, 64, SLOTS_BYTES / 64));
    size_t before = resident(&ring), page = (size_t)sysconf(_SC_PAGESIZE);
    assert_true(before >=
                (SLOTS_BYTES - page) / (ring.stride > page ? ring.stride : page));
    for (int i = 0; i < 100; i++) {
        memset(ring_reserve(&ring), 1, 2000);
        ring_commit(&ring);
        assert_non_null(ring_peek(&ring));
        ring_release(&ring);
    }
    assert_true(resident(&ring) <= before);
    ring_fini(&ring);
}

static void fini_accepts_nothing(void **state)
{
    (void)state;
    ring_fini(NULL);
    struct ring ring = {0};
    ring_fini(&ring);
    assert_true(ring_init(&ring, 4, 8));
    ring_fini(&ring);
    ring_fini(&ring);
    assert_null(ring.slots);
}

enum { WORDS = 3 };

struct stress {
    struct ring ring;
    uint64_t items;
};

/* SplitMix64: neighbours in the sequence differ in about half their bits. */
static uint64_t scramble(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void *produce(void *user)
{
    struct stress *stress = user;
    for (uint64_t n = 0; n < stress->items; n++) {
        uint64_t *slot;
        while (!(slot = ring_reserve(&stress->ring))) {
            sched_yield();
        }
        for (uint64_t w = 0; w < WORDS; w++) {
            slot[w] = scramble(n * WORDS + w);
        }
        ring_commit(&stress->ring);
    }
    return NULL;
}

/* The number of wrong slots; each is wiped before it goes back. */
static uint64_t consume(struct stress *stress)
{
    uint64_t wrong = 0;
    for (uint64_t n = 0; n < stress->items; n++) {
        uint64_t *slot;
        while (!(slot = ring_peek(&stress->ring))) {
            sched_yield();
        }
        bool right = true;
        for (uint64_t w = 0; w < WORDS; w++) {
            right = right && slot[w] == scramble(n * WORDS + w);
            slot[w] = 0;
        }
        wrong += !right;
        ring_release(&stress->ring);
    }
    return wrong;
}

static void carries_a_known_sequence_between_threads(void **state)
{
    (void)state;
    /* Small rings hand over at nearly every item, through the scheduler on one core. */
    static const struct {
        size_t slots;
        uint64_t items;
    } cases[] = {{1, 200000}, {2, 300000}, {4, 500000}, {64, 2000000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stress stress = {.items = cases[i].items};
        assert_true(ring_init(&stress.ring, cases[i].slots, WORDS * sizeof(uint64_t)));
        pthread_t producer;
        assert_int_equal(pthread_create(&producer, NULL, produce, &stress), 0);
        uint64_t wrong = consume(&stress);
        assert_int_equal(pthread_join(producer, NULL), 0);
        assert_int_equal(wrong, 0);
        assert_null(ring_peek(&stress.ring));
        ring_fini(&stress.ring);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_powers_of_two_only),
        cmocka_unit_test(aligns_slots_and_keeps_the_sides_apart),
        cmocka_unit_test(is_empty_and_full),
        cmocka_unit_test(shows_nothing_before_the_commit),
        cmocka_unit_test(survives_the_wrap_of_its_counters),
        cmocka_unit_test(is_as_large_at_the_start_as_after_a_round),
        cmocka_unit_test(fini_accepts_nothing),
        cmocka_unit_test(carries_a_known_sequence_between_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
