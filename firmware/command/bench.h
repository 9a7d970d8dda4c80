/* The measurements of `motograph bench`: each prints what it measured of this machine, as a
 * few lines for a person or as one JSON object, and returns the exit status of the contract.
 * They take a few seconds of full load; main thread. */
#ifndef MOTOGRAPH_COMMAND_BENCH_H
#define MOTOGRAPH_COMMAND_BENCH_H

#include <stdbool.h>

/* The ring between two threads, and in one. */
int bench_ring(bool json);

/* A document to headlines: that in FILE (its first 8 MiB), or with NULL one of its own. */
int bench_parse(bool json, const char *file);

/* A headline's layout, and its rasterisation. */
int bench_text(bool json);

/* The desk with a hundred sources. */
int bench_desk(bool json);

/* A whole frame of a moving band. */
int bench_frame(bool json);

#endif
