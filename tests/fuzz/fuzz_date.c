/* Dates: what is read lies between the years 1 and 9999, blanks around it do not matter, and
 * nothing of a date is remembered for the next. */
#include <string.h>

#include "check.h"
#include "feed/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 200 };
    const int64_t first = INT64_C(-62135596800) - 16 * 3600,
                  last = INT64_C(253402300799) + 16 * 3600;
    char padded[MOST + 4] = " \t";
    int64_t at = 0, again = 0, blank = 0;
    if (size > MOST) {
        return 0;
    }
    bool known = date_parse((const char *)data, size, &at);
    check_that(!known || (at >= first && at <= last),
               "a date between the years 1 and 9999");
    if (size) {
        memcpy(padded + 2, data, size);
    }
    memcpy(padded + 2 + size, "\r\n", 2);
    bool known_blank = date_parse(padded, size + 4, &blank);
    bool known_again = date_parse((const char *)data, size, &again);
    check_that(known == known_again && at == again, "the same date twice");
    check_that(known == known_blank && at == blank, "a date with blanks around it");
    return 0;
}
