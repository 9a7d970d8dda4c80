#include "base/inquiry.h"

#include <string.h>

enum { ALIGN = 8 };

bool inquiry_put(struct inquiry *inquiry, const struct inquiry_item *facts,
                 const struct headline *headline, const char *note)
{
    size_t text = headline_bytes(headline);
    size_t length = strnlen(note, INQUIRY_NOTE_BYTES - 1);
    size_t bytes = (sizeof *facts + text + length + 1 + ALIGN - 1) / ALIGN * ALIGN;
    if (inquiry->room - inquiry->used < bytes) {
        return false;
    }
    /* Not in the middle of a character. */
    while (length > 0 && ((unsigned char)note[length] & 0xC0) == 0x80) {
        length--;
    }
    unsigned char *at = inquiry->bytes + inquiry->used;
    struct inquiry_item item = *facts;
    item.bytes = (uint32_t)bytes;
    item.note = (uint32_t)(sizeof item + text);
    memcpy(at, &item, sizeof item);
    memcpy(at + sizeof item, headline, text);
    memcpy(at + item.note, note, length);
    at[item.note + length] = '\0';
    inquiry->used += bytes;
    return true;
}

const struct inquiry_item *inquiry_next(const struct inquiry *inquiry, size_t *at)
{
    if (*at >= inquiry->used) {
        return NULL;
    }
    const struct inquiry_item *item = (const void *)(inquiry->bytes + *at);
    *at += item->bytes;
    return item;
}

const struct headline *inquiry_headline(const struct inquiry_item *item)
{
    return (const void *)(item + 1);
}

const char *inquiry_note(const struct inquiry_item *item)
{
    return (const char *)item + item->note;
}
