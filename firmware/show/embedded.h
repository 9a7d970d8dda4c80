/* What the build puts inside the program (fonts/embedded.S): the face that is always there,
 * the sample headlines, the themes and layouts by name. Read-only, for the life of the process;
 * any thread. Each is the bytes from NAME up to, not including, NAME_end; none ends in '\0'. */
#ifndef MOTOGRAPH_SHOW_EMBEDDED_H
#define MOTOGRAPH_SHOW_EMBEDDED_H

/* A TrueType font, "Motograph Sans" (fonts/README.md). */
extern const unsigned char embedded_face[], embedded_face_end[];

/* The RSS 2.0 document of assets/samples.xml. */
extern const unsigned char embedded_samples[], embedded_samples_end[];

/* assets/themes. */
extern const unsigned char embedded_night[], embedded_night_end[];
extern const unsigned char embedded_day[], embedded_day_end[];
extern const unsigned char embedded_contrast[], embedded_contrast_end[];
extern const unsigned char embedded_broadcast[], embedded_broadcast_end[];

/* assets/layouts. */
extern const unsigned char embedded_newsroom[], embedded_newsroom_end[];
extern const unsigned char embedded_newsroom_tall[], embedded_newsroom_tall_end[];
extern const unsigned char embedded_tape[], embedded_tape_end[];
extern const unsigned char embedded_wall[], embedded_wall_end[];
extern const unsigned char embedded_lower_third[], embedded_lower_third_end[];

#endif
