#include "wire/health.h"

#include <stdio.h>
#include <string.h>

#include "base/headline.h"

void health_init(struct health *health)
{
    *health = (struct health){.good_at = HEADLINE_NO_TIME};
}

void health_note(struct health *health, struct health_counts *counts,
                 enum message_kind kind, uint16_t count, const char *detail, int64_t at)
{
    struct health_counts none = {0};
    counts = counts ? counts : &none;
    health->tried = true;
    snprintf(health->detail, sizeof health->detail, "%s", detail);
    if (kind == MESSAGE_FAILED) {
        counts->failed++;
        return;
    }
    health->good_at = at;
    if (kind == MESSAGE_UNCHANGED) {
        counts->unchanged++;
        return;
    }
    counts->fetched++;
    health->items = count;
}

char *health_words(const struct health_report *report, char out[FAILURE_LINE_BYTES])
{
    out[0] = '\0';
    if (report->failure != FAILURE_NONE) {
        failure_line(report->failure, "", report->health->detail, out,
                     FAILURE_LINE_BYTES);
        memmove(out, out + 2, strlen(out + 2) + 1); /* ": ", which follows a name */
    }
    return out;
}
