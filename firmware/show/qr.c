/* Level L: a screen has no dirt on it, and fewer modules are larger ones. */
#include "show/qr.h"

#include <qrencode.h>

#include "base/tracking.h"

bool qr_make(struct qr *qr, const char *link)
{
    char clean[QR_LINK_BYTES];
    qr->side = 0;
    if (tracking_strip(link, clean, sizeof clean) == 0) {
        return false;
    }
    QRcode *code = QRcode_encodeString8bit(clean, 0, QR_ECLEVEL_L);
    if (code && code->width <= QR_SIDE) {
        qr->side = code->width;
        for (int i = 0; i < code->width * code->width; i++) {
            qr->dark[i] = code->data[i] & 1;
        }
    }
    QRcode_free(code);
    return qr->side > 0;
}
