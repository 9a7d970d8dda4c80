/* The name of a file and the Content-Type of an answer are what somebody else says of it; only
 * its first bytes decide which decoder it meets. */
#include "wire/develop.h"

#include <string.h>

static const char *const reasons[DEVELOP_FAULTS] = {
    [DEVELOP_DONE] = "nothing is wrong",
    [DEVELOP_KIND] = "neither PNG nor JPEG nor WebP",
    [DEVELOP_BROKEN] = "it is broken or cut short",
    [DEVELOP_LARGE] = "it is too large (8 MiB, 64 megapixels, or what its kind allows)",
    [DEVELOP_SMALL] = "it is too small to be a story's picture",
    [DEVELOP_MOVING] = "it is an animation",
    [DEVELOP_MEMORY] = "not enough memory",
    [DEVELOP_STOPPED] = "the program is ending",
};

static const struct {
    const char *mask; /* '?' is any byte */
    size_t length;
    enum develop_fault (*develop)(struct develop *);
} kinds[] = {
    {"\x89PNG\r\n\x1a\n", 8, develop_png},
    {"\xff\xd8\xff", 3, develop_jpeg},
    {"RIFF????WEBP", 12, develop_webp},
};

static bool matches(const struct develop *develop, const char *mask, size_t length)
{
    if (develop->length < length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (mask[i] != '?' && (uint8_t)mask[i] != develop->bytes[i]) {
            return false;
        }
    }
    return true;
}

bool develop_allows(struct develop *develop, uint32_t w, uint32_t h)
{
    if (w > DEVELOP_SIDE_PX || h > DEVELOP_SIDE_PX || (uint64_t)w * h > DEVELOP_PX) {
        develop->fault = DEVELOP_LARGE;
        return false;
    }
    return true;
}

enum develop_fault develop_picture(struct develop *develop)
{
    develop->picture = NULL;
    develop->fault = DEVELOP_KIND;
    if (develop->length > DEVELOP_FILE_BYTES) {
        return develop->fault = DEVELOP_LARGE;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (matches(develop, kinds[i].mask, kinds[i].length)) {
            develop->fault = DEVELOP_BROKEN;
            develop->fault = kinds[i].develop(develop);
            break;
        }
    }
    if (develop->fault) {
        picture_drop(develop->picture);
        develop->picture = NULL;
    }
    return develop->fault;
}

const char *develop_reason(enum develop_fault fault)
{
    return reasons[fault];
}
