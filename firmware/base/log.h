/* One line per event on stderr, escaped, so that nothing a feed says can forge or
 * colour a log line. Any thread may call; a line is one write(2) and never tears. */
#ifndef MOTOGRAPH_BASE_LOG_H
#define MOTOGRAPH_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* A file names its module once, before its includes: #define LOG_MODULE "wire" */
#define log_error(...)   log_write(LOG_ERROR, LOG_MODULE, __VA_ARGS__)
#define log_warning(...) log_write(LOG_WARNING, LOG_MODULE, __VA_ARGS__)
#define log_info(...)    log_write(LOG_INFO, LOG_MODULE, __VA_ARGS__)
#define log_debug(...)   log_write(LOG_DEBUG, LOG_MODULE, __VA_ARGS__)

/* Lines above LEVEL are dropped; the default is LOG_INFO. Any thread. */
void log_set_level(enum log_level level);

/* The level called "error", "warning", "info" or "debug"; LOG_INFO for other words. Pure. */
enum log_level log_level_named(const char *name);

/* Says how often events that were held back have happened since, where their ten minutes are over.
 * To be called now and then; costs next to nothing where nothing is due. Any thread. */
void log_settle(void);

/* Writes "motograph: MODULE: text\n" unless the same was written within the last ten minutes, or
 * too much was in a day (base/loghold.h; LOG_DEBUG is written always); under the journal (JOURNAL_STREAM is set) with its
 * priority prefix. Control characters and malformed UTF-8 of the text become \xNN; a text is
 * cut at 1,000 bytes. errno is kept. */
void log_write(enum log_level level, const char *module, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
