/* A handful of sizes: looking through them all is as fast as anything else. */
#define LOG_MODULE "text"
#include "show/typecase.h"

#include <string.h>

#include "base/log.h"

static struct text *get(struct typecase *type, int em_px, const char *font)
{
    font = font ? font : "";
    em_px = em_px > 1 ? em_px : 1;
    for (size_t i = 0; i < type->count; i++) {
        if (type->sizes[i].em_px == em_px && strcmp(type->sizes[i].font, font) == 0) {
            return &type->sizes[i].text;
        }
    }
    if (type->count == TYPECASE_SIZES) {
        log_warning("more than %d sizes of text: %d px is left out", TYPECASE_SIZES,
                    em_px);
        return NULL;
    }
    struct text *text = &type->sizes[type->count].text;
    if (!text_open(text, em_px, type->font_dir)) {
        return NULL;
    }
    faces_prefer(text->faces, font);
    type->sizes[type->count].font = font;
    type->sizes[type->count++].em_px = em_px;
    return text;
}

struct text *typecase_get(struct typecase *type, int em_px)
{
    return get(type, em_px, type->font);
}

struct text *typecase_label(struct typecase *type, int em_px)
{
    return get(type, em_px, type->label_font);
}

void typecase_fini(struct typecase *type)
{
    while (type->count > 0) {
        text_close(&type->sizes[--type->count].text);
    }
}
