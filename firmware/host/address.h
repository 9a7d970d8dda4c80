/* By which address others in the network reach this machine, and by which name it goes. What is asked
 * is the kernel's memory; no packet is sent. Any thread. */
#ifndef MOTOGRAPH_HOST_ADDRESS_H
#define MOTOGRAPH_HOST_ADDRESS_H

#include <stdbool.h>

enum { ADDRESS_BYTES = 64, ADDRESS_NAME_BYTES = 65 };

/* Writes the address to OUT as it stands in a URL: that of the way out of here by IPv4, else by IPv6
 * ("[fd00::2]"); where there is no way out the first of IPv4, else of IPv6, that is neither this
 * machine's alone nor its cable's (loopback, link-local), and then this may wait some ms. False while
 * there is none. */
bool address_own(char out[ADDRESS_BYTES]);

/* Writes the host's name to OUT. */
void address_name(char out[ADDRESS_NAME_BYTES]);

#endif
