/* The parameters are those that senders of newsletters, advertisements and feeds add; none of
 * them changes what the link shows. */
#include "base/tracking.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool tracks(const char *name, size_t length)
{
    static const char *const whole[] = {
        "fbclid", "gclid",       "dclid",     "msclkid",     "yclid",
        "mc_cid", "mc_eid",      "igshid",    "wt_mc",       "xtor",
        "_ga",    "ns_mchannel", "at_medium", "at_campaign", "cmpid",
        "ocid",   "ref_src",     "spm",       "twclid"};
    static const char *const begin[] = {"utm_", "pk_", "mtm_", "at_custom", "hsa_"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (strlen(whole[i]) == length && strncasecmp(whole[i], name, length) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
        size_t bytes = strlen(begin[i]);
        if (length >= bytes && strncasecmp(begin[i], name, bytes) == 0) {
            return true;
        }
    }
    return false;
}

size_t tracking_strip(const char *link, char *out, size_t room)
{
    size_t used = strcspn(link, "?#");
    used = used < room - 1 ? used : room - 1;
    memcpy(out, link, used);
    const char *at = link + used;
    char before = '?';
    while (*at == '?' || *at == '&') {
        size_t length = strcspn(++at, "&#");
        if (length > 0 && !tracks(at, strcspn(at, "=&#")) && used + length + 1 < room) {
            out[used++] = before;
            memcpy(out + used, at, length);
            used += length;
            before = '&';
        }
        at += length;
    }
    size_t rest = strlen(at);
    if (used + rest < room) {
        memcpy(out + used, at, rest);
        used += rest;
    }
    out[used] = '\0';
    return used;
}
