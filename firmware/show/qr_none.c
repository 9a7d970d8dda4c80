/* The program built without libqrencode (MOTOGRAPH_QR): cards without codes. */
#include "show/qr.h"

bool qr_make(struct qr *qr, const char *link)
{
    (void)link;
    qr->side = 0;
    return false;
}
