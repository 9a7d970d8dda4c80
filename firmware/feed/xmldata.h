/* The character data of XML that is valid UTF-8: whether a stretch of it is well formed, and what
 * its references stand for. Pure. Source: XML 1.0, sections 2.2, 2.4 and 4.1. */
#ifndef MOTOGRAPH_FEED_XMLDATA_H
#define MOTOGRAPH_FEED_XMLDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first byte of U+FFFE and U+FFFF, which XML forbids, and of many characters that it does
 * not. */
enum { XMLDATA_ODD = 0xEF };

typedef void xmldata_sink_fn(void *user, const char *text, int length);

/* The bytes of the reference at P (an '&', before END), its character in *CODE; 0 if it is not one
 * of the five names or a number of a character that XML allows. */
size_t xmldata_reference(const char *p, const char *end, uint32_t *code);

/* Whether LENGTH bytes at P, without a '<' unless they are CDATA, are well formed and refer only to
 * characters that need no declaration. */
bool xmldata_is_fine(const char *p, size_t length, bool cdata);

/* Hands data that is fine to SINK, its references replaced, in one piece or more. */
void xmldata_give(const char *p, size_t length, bool cdata, xmldata_sink_fn *sink,
                  void *user);

#endif
