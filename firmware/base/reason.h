/* Why something could not be written, in words for whoever must mend it. Any thread that may wait for
 * the disk. */
#ifndef MOTOGRAPH_BASE_REASON_H
#define MOTOGRAPH_BASE_REASON_H

enum { REASON_BYTES = 320 };

/* What errno says of PATH, a file (which need not be there) or folder; where the disk is meant, which
 * it is: "No space left on device (/dev/sda3, mounted on /data)", as proc_pid_mountinfo(5) tells.
 * Returns OUT; errno is as before. */
char *reason_tell(const char *path, char out[REASON_BYTES]);

#endif
