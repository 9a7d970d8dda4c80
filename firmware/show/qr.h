/* A link as a QR code for telephones: without what only tracks its reader, and only as large
 * as can be scanned from a distance. Pure but for the library's memory; main thread. */
#ifndef MOTOGRAPH_SHOW_QR_H
#define MOTOGRAPH_SHOW_QR_H

#include <stdbool.h>
#include <stddef.h>

enum { QR_LINK_BYTES = 2049, QR_SIDE = 65 /* modules, at most: version 12 */ };

struct qr {
    int side; /* modules; 0 = none */
    unsigned char dark[QR_SIDE * QR_SIDE];
};

/* Makes the code of LINK, cleaned. False, and side 0, if there is no link, it is too long for a
 * code that can be read from afar, memory is short, or the program was built without it. */
bool qr_make(struct qr *qr, const char *link);

#endif
