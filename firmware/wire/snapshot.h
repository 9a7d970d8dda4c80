/* What one source delivered last, as bytes for the disk and back. All numbers are little endian:
 *
 *     "MGS1"  crc32 of all that follows (zlib's)  length of all that follows
 *     key  generation  at  flags  name  found  etag  modified     what is known of the source
 *     { 1  published updated expires first_seen identity flash  text of each field } ...  0
 *
 * where a text is its length in two bytes and then itself. Whatever stands on a disk may be
 * anything: a snapshot is read whole or not at all, and all caps of headline.h hold. Pure; no
 * I/O, no clock. */
#ifndef MOTOGRAPH_WIRE_SNAPSHOT_H
#define MOTOGRAPH_WIRE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"
#include "feed/buffer.h"
#include "wire/answer.h"

enum { SNAPSHOT_NAME_BYTES = 512 };

struct snapshot {
    uint64_t key;                        /* of the source: snapshot_key() */
    uint64_t generation;                 /* counts the snapshots of a source */
    int64_t at;                          /* when the source delivered it, UTC seconds */
    bool was_feed;                       /* it was one of the feed formats */
    char name[SNAPSHOT_NAME_BYTES];      /* for headlines without a source of their own */
    char found[HEADLINE_LINK_BYTES + 1]; /* the feed that its page offers, or "" */
    struct answer_validators validators;
};

/* The same for the same address, and hardly ever for another; never 0. */
uint64_t snapshot_key(const char *url);

/* Starts a snapshot in OUT, which is emptied; then add each headline, then end it. If memory was
 * short OUT has failed. */
void snapshot_begin(struct buffer *out, const struct snapshot *head);
void snapshot_add(struct buffer *out, const struct headline *headline);
void snapshot_end(struct buffer *out);

/* Gives one that is ended another generation. */
void snapshot_renumber(struct buffer *out, uint64_t generation);

/* Where reading stands. */
struct snapshot_reader {
    const char *at, *end;
};

/* Reads the head of the LENGTH bytes at BYTES, which must outlive READER. False if this is no
 * whole snapshot; *HEAD is undefined then. */
bool snapshot_open(struct snapshot_reader *reader, const char *bytes, size_t length,
                   struct snapshot *head);

/* Reads the next headline. False at the end, or where a text is none (not UTF-8, or with control
 * characters in it): what came before is good. */
bool snapshot_next(struct snapshot_reader *reader, struct headline *headline);

#endif
