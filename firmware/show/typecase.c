/* A handful of sizes: looking through them all is as fast as anything else. */
#define LOG_MODULE "text"
#include "show/typecase.h"

#include "base/log.h"

struct text *typecase_get(struct typecase *type, int em_px)
{
    em_px = em_px > 1 ? em_px : 1;
    for (size_t i = 0; i < type->count; i++) {
        if (type->sizes[i].em_px == em_px) {
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
    type->sizes[type->count++].em_px = em_px;
    return text;
}

void typecase_fini(struct typecase *type)
{
    while (type->count > 0) {
        text_close(&type->sizes[--type->count].text);
    }
}
