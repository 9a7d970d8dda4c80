/* What the build puts inside the program (fonts/embedded.S): the face that is always there,
 * and the sample headlines. Read-only, for the life of the process; any thread. */
#ifndef MOTOGRAPH_SHOW_EMBEDDED_H
#define MOTOGRAPH_SHOW_EMBEDDED_H

/* A TrueType font, "Motograph Sans" (fonts/README.md): the bytes from embedded_face up to,
 * not including, embedded_face_end. */
extern const unsigned char embedded_face[], embedded_face_end[];

/* The RSS 2.0 document of assets/samples.xml, delimited alike; not '\0'-terminated text to
 * rely on: take its length. */
extern const unsigned char embedded_samples[], embedded_samples_end[];

#endif
