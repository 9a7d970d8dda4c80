/* The bidi class of a letter is utf8proc's. */
#include "desk/direction.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

bool direction_is_rtl(const char *text)
{
    size_t length = strlen(text), isolates = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        switch (utf8proc_get_property((utf8proc_int32_t)code)->bidi_class) {
        case UTF8PROC_BIDI_CLASS_LRI:
        case UTF8PROC_BIDI_CLASS_RLI:
        case UTF8PROC_BIDI_CLASS_FSI:
            isolates++;
            break;
        case UTF8PROC_BIDI_CLASS_PDI:
            isolates -= isolates > 0;
            break;
        case UTF8PROC_BIDI_CLASS_L:
            if (isolates == 0) {
                return false;
            }
            break;
        case UTF8PROC_BIDI_CLASS_R:
        case UTF8PROC_BIDI_CLASS_AL:
            if (isolates == 0) {
                return true;
            }
            break;
        default:
            break;
        }
    }
    return false;
}
