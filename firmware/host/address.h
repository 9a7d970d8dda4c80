/* By which address others in the network reach this machine, and by which name it goes. What is asked
 * is the kernel's memory. Any thread. */
#ifndef MOTOGRAPH_HOST_ADDRESS_H
#define MOTOGRAPH_HOST_ADDRESS_H

#include <stdbool.h>

enum { ADDRESS_BYTES = 64, ADDRESS_NAME_BYTES = 65 };

/* Writes the address to OUT as it stands in a URL: the first of IPv4, else of IPv6 ("[fd00::2]"), that is
 * neither this machine's alone nor its cable's (loopback, link-local). False while there is none. */
bool address_own(char out[ADDRESS_BYTES]);

/* Writes the host's name to OUT. */
void address_name(char out[ADDRESS_NAME_BYTES]);

#endif
