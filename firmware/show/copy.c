/* Writing past the cache: SSE2 (Intel's and AMD's manuals: MOVNTDQ, MOVNTI, SFENCE), which every
 * x86-64 processor has. SDL's blit does the like, but without asking for what comes next: on a
 * screen on its side, where a band has one short row a page, that takes twice the time. */
#include "show/copy.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
    #include <emmintrin.h>
#endif

enum { PX_BYTES = 4, LINE_BYTES = 64, AHEAD_BYTES = 3072 };

static char *target_of(void *to, size_t to_pitch, const struct copy_part *part,
                       size_t row)
{
    return (char *)to + row * to_pitch + part->at_px * PX_BYTES;
}

static const char *source_of(const struct copy_part *part, size_t row)
{
    return (const char *)part->from + row * part->pitch;
}

void copy_rows(void *to, size_t to_pitch, const struct copy_part *parts, size_t count,
               size_t rows)
{
    for (size_t y = 0; y < rows; y++) {
        for (size_t i = 0; i < count; i++) {
            memcpy(target_of(to, to_pitch, &parts[i], y), source_of(&parts[i], y),
                   parts[i].row_px * PX_BYTES);
        }
    }
}

#if defined(__SSE2__)

static void stream_px(char *to, const char *from)
{
    int px;
    memcpy(&px, from, sizeof px);
    _mm_stream_si32((int *)(void *)to, px);
}

static void stream_row(char *to, const char *from, size_t bytes)
{
    size_t at = 0;
    for (; at < bytes && (uintptr_t)(to + at) % sizeof(__m128i) != 0; at += PX_BYTES) {
        stream_px(to + at, from + at);
    }
    for (; at + sizeof(__m128i) <= bytes; at += sizeof(__m128i)) {
        __m128i part = _mm_loadu_si128((const __m128i *)(const void *)(from + at));
        _mm_stream_si128((__m128i *)(void *)(to + at), part);
    }
    for (; at < bytes; at += PX_BYTES) {
        stream_px(to + at, from + at);
    }
}

/* A row that is wanted soon: of the source all, of the target the two lines it shares with what
 * lies beside it, which cannot be written whole. That also finds the page, of which a screen on
 * its side has one a row. */
static void fetch(const char *to, const char *from, size_t bytes)
{
    __builtin_prefetch(to, 1);
    __builtin_prefetch(to + bytes - 1, 1);
    for (size_t at = 0; at < bytes; at += LINE_BYTES) {
        __builtin_prefetch(from + at, 0);
    }
}

void copy_rows_out(void *to, size_t to_pitch, const struct copy_part *parts, size_t count,
                   size_t rows)
{
    size_t row_bytes = 1;
    for (size_t i = 0; i < count; i++) {
        row_bytes += parts[i].row_px * PX_BYTES;
    }
    size_t ahead = AHEAD_BYTES / row_bytes + 1;
    for (size_t y = 0; y < rows; y++) {
        for (size_t i = 0; i < count; i++) {
            const struct copy_part *part = &parts[i];
            size_t bytes = part->row_px * PX_BYTES;
            if (y + ahead < rows) {
                fetch(target_of(to, to_pitch, part, y + ahead),
                      source_of(part, y + ahead), bytes);
            }
            stream_row(target_of(to, to_pitch, part, y), source_of(part, y), bytes);
        }
    }
    _mm_sfence();
}

#else

void copy_rows_out(void *to, size_t to_pitch, const struct copy_part *parts, size_t count,
                   size_t rows)
{
    copy_rows(to, to_pitch, parts, count, rows);
}

#endif
