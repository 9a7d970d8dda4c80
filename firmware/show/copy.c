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

void copy_rows(void *to, size_t to_pitch, const void *from, size_t from_pitch,
               size_t row_px, size_t rows)
{
    for (size_t y = 0; y < rows; y++) {
        memcpy((char *)to + y * to_pitch, (const char *)from + y * from_pitch,
               row_px * PX_BYTES);
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

void copy_rows_out(void *to, size_t to_pitch, const void *from, size_t from_pitch,
                   size_t row_px, size_t rows)
{
    size_t bytes = row_px * PX_BYTES, ahead = AHEAD_BYTES / (bytes + 1) + 1;
    for (size_t y = 0; y < rows; y++) {
        char *target = (char *)to + y * to_pitch;
        const char *source = (const char *)from + y * from_pitch;
        if (y + ahead < rows) {
            fetch(target + ahead * to_pitch, source + ahead * from_pitch, bytes);
        }
        stream_row(target, source, bytes);
    }
    _mm_sfence();
}

#else

void copy_rows_out(void *to, size_t to_pitch, const void *from, size_t from_pitch,
                   size_t row_px, size_t rows)
{
    copy_rows(to, to_pitch, from, from_pitch, row_px, rows);
}

#endif
