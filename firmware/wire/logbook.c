/* The file is opened for each append and closed again: a folder that is emptied, moved, full or
 * read-only for a while then costs nothing but what could not be written. */
#include "wire/logbook.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ourdir.h"

/* Whatever stands under one of our names: no link is followed, no FIFO waited for. */
enum { OPEN_SAFELY = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };

enum { TRIES = 4, BEGUN_PARTS = 8, BEGUN_LEAST_S = 3600, DIGITS = 18 };

static const char first_key[] = "{\"at\":\"";

/* --- The files ---------------------------------------------------------------------- */

/* The number in NAME, 0 if it is not one of ours. */
static uint64_t read_name(const char *name)
{
    static const char head[] = "aired-", tail[] = ".jsonl";
    if (strncmp(name, head, sizeof head - 1) != 0) {
        return 0;
    }
    name += sizeof head - 1;
    size_t digits = strspn(name, "0123456789");
    bool ours = digits > 0 && digits <= DIGITS && *name != '0' &&
                strcmp(name + digits, tail) == 0;
    return ours ? strtoull(name, NULL, 10) : 0;
}

static void path_of(const struct logbook *book, uint64_t number,
                    char out[OURDIR_PATH_BYTES])
{
    snprintf(out, OURDIR_PATH_BYTES, "%s/aired-%" PRIu64 ".jsonl", book->folder, number);
}

/* The highest number there is; 0 = none. */
static uint64_t newest(const struct logbook *book)
{
    uint64_t highest = 0;
    struct dirent *entry;
    DIR *entries = opendir(book->folder);
    while (entries && (entry = readdir(entries))) {
        uint64_t number = read_name(entry->d_name);
        highest = number > highest ? number : highest;
    }
    if (entries) {
        closedir(entries);
    }
    return highest;
}

/* Dates from a clock that was not set say nothing. */
static bool is_old(const struct logbook *book, const char *path, int64_t now)
{
    struct stat st;
    return book->keep_s == 0 ||
           (clock_known(now) && lstat(path, &st) == 0 && clock_known(st.st_mtime) &&
            now - st.st_mtime > book->keep_s);
}

void logbook_prune(const struct logbook *book, int64_t now)
{
    char path[OURDIR_PATH_BYTES];
    struct dirent *entry;
    DIR *entries = book->folder ? opendir(book->folder) : NULL;
    while (entries && (entry = readdir(entries))) {
        uint64_t number = read_name(entry->d_name);
        path_of(book, number, path);
        bool too_many = number + LOGBOOK_FILES <= book->number;
        if (number > 0 && number != book->number &&
            (too_many || is_old(book, path, now))) {
            unlink(path);
        }
    }
    if (entries) {
        closedir(entries);
    }
}

void logbook_open(struct logbook *book, int64_t keep_s, int64_t now)
{
    *book = (struct logbook){.keep_s = keep_s};
    book->folder = ourdir_open(OURDIR_STATE, "what airs is not written down");
    if (!book->folder) {
        return;
    }
    logbook_prune(book, now);
    if (keep_s == 0) {
        logbook_close(book);
    }
}

void logbook_close(struct logbook *book)
{
    free(book->folder);
    *book = (struct logbook){0};
}

/* --- The one that is appended to ------------------------------------------------------ */

/* When the first line says it was written; a file that does not say is as good as old. */
static int64_t begun_at(int fd)
{
    char head[sizeof first_key - 1 + CLOCK_TEXT_BYTES] = "";
    int64_t at;
    ssize_t got = pread(fd, head, sizeof head - 1, 0);
    if (got < (ssize_t)sizeof first_key ||
        memcmp(head, first_key, sizeof first_key - 1) != 0) {
        return INT64_MIN;
    }
    char *time = head + sizeof first_key - 1;
    time[strcspn(time, "\"")] = '\0';
    return clock_parse(time, &at) == 0 ? at : INT64_MIN;
}

/* So that what is too old goes, in parts, where little airs. */
static bool is_over(const struct logbook *book, int64_t now)
{
    int64_t part_s = book->keep_s / BEGUN_PARTS;
    part_s = part_s > BEGUN_LEAST_S ? part_s : BEGUN_LEAST_S;
    return clock_known(now) && (book->begun == INT64_MIN || now - book->begun > part_s);
}

/* Opens the file of the book's number; ST tells what it is. -1, with errno. */
static int open_file(const struct logbook *book, struct stat *st)
{
    char path[OURDIR_PATH_BYTES];
    path_of(book, book->number, path);
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | OPEN_SAFELY, 0644);
    if (fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode)) {
        return fd;
    }
    if (fd >= 0) {
        close(fd);
        errno = EEXIST;
    }
    return -1;
}

/* Whether what stands under the number is no file of ours, which another number cures. */
static bool is_taken(int error)
{
    return error == EEXIST || error == ELOOP || error == EISDIR || error == ENXIO ||
           error == EACCES;
}

/* Opens the file to append MORE bytes to: the newest, or, where that is full or old or no file, a
 * new one. -1, with errno. */
static int choose_file(struct logbook *book, size_t more, struct stat *st, int64_t now)
{
    bool known = book->number > 0;
    if (!known) {
        book->number = newest(book);
        book->number += book->number == 0;
    }
    for (int i = 0; i < TRIES; i++, book->number++, known = false) {
        int fd = open_file(book, st);
        if (fd < 0 && !is_taken(errno)) {
            return -1;
        }
        if (fd < 0) {
            continue;
        }
        if (st->st_size == 0) {
            book->begun = now;
            logbook_prune(book, now);
            return fd;
        }
        book->begun = known ? book->begun : begun_at(fd);
        if (st->st_size + (int64_t)more <= LOGBOOK_FILE_BYTES && !is_over(book, now)) {
            return fd;
        }
        close(fd);
        errno = ENOSPC;
    }
    return -1;
}

/* Whether the file ends in half a line, of whoever was cut off. */
static bool is_cut(int fd, int64_t size)
{
    char last = '\n';
    return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

static size_t write_all(int fd, const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t put = write(fd, bytes + done, length - done);
        if (put <= 0 && errno != EINTR) {
            return done;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return done;
}

size_t logbook_append(struct logbook *book, const char *lines, size_t length, int64_t now)
{
    struct stat st;
    uint64_t number = book->number;
    int fd = choose_file(book, length, &st, now);
    if (fd < 0) {
        return 0;
    }
    size_t done = 0;
    bool whole = true;
    if (book->torn > 0 && (book->number != number || st.st_size != book->torn)) {
        /* The other half stands elsewhere, or no longer at the end. */
        const char *end = memchr(lines, '\n', length);
        done = end ? (size_t)(end - lines) + 1 : length;
        book->torn = 0;
    }
    if (book->torn == 0 && is_cut(fd, st.st_size)) {
        whole = write_all(fd, "\n", 1) == 1;
        st.st_size += whole;
    }
    size_t put = whole ? write_all(fd, lines + done, length - done) : 0;
    done += put;
    if (put > 0) {
        book->torn = lines[done - 1] != '\n' ? st.st_size + (int64_t)put : 0;
    }
    int error = errno;
    close(fd);
    errno = error;
    return done;
}
