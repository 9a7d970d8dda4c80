/* A TIFF file within a JPEG: a header that tells the byte order and where the first directory
 * is, then its entries of twelve bytes. Offsets are the sender's and checked. */
#include "wire/exif.h"

#include <stdbool.h>
#include <string.h>

enum { ENTRY_BYTES = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

struct tiff {
    const uint8_t *bytes;
    size_t length;
    bool big; /* the most significant byte first */
};

/* COUNT bytes at AT as a number; 0 where they are not there. */
static uint32_t number(const struct tiff *tiff, size_t at, size_t count)
{
    uint32_t value = 0;
    if (at > tiff->length || count > tiff->length - at) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        value = value << 8 | tiff->bytes[at + (tiff->big ? i : count - 1 - i)];
    }
    return value;
}

int exif_orientation(const uint8_t *bytes, size_t length)
{
    static const uint8_t head[6] = "Exif\0";
    if (length < sizeof head + 8 || memcmp(bytes, head, sizeof head) != 0) {
        return 0;
    }
    struct tiff tiff = {bytes + sizeof head, length - sizeof head, false};
    tiff.big = tiff.bytes[0] == 'M';
    if (tiff.bytes[0] != tiff.bytes[1] || number(&tiff, 2, 2) != 42) {
        return 0;
    }
    size_t at = number(&tiff, 4, 4);
    uint32_t count = number(&tiff, at, 2);
    at += 2;
    for (uint32_t i = 0; i < count && at < tiff.length; i++, at += ENTRY_BYTES) {
        if (number(&tiff, at, 2) == TAG_ORIENTATION) {
            uint32_t value = number(&tiff, at + 8, 2);
            bool fine = number(&tiff, at + 2, 2) == TYPE_SHORT && value <= 8;
            return fine ? (int)value : 0;
        }
    }
    return 0;
}
