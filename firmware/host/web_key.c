#define LOG_MODULE "web"
#include "host/web_key.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/statedir.h"

#define TOKEN_FILE "web-token"

/* The first line of the file, blanks round it taken off. False with errno if it cannot be read. */
static bool read_line(const char *path, char out[WEB_GATE_KEY_BYTES], struct stat *st)
{
    if (!secret_read(path, out, WEB_GATE_KEY_BYTES, st)) {
        return false;
    }
    size_t blank = strspn(out, " \t");
    size_t length = strlen(out + blank);
    memmove(out, out + blank, length);
    while (length > 0 && (out[length - 1] == ' ' || out[length - 1] == '\t')) {
        length--;
    }
    out[length] = '\0';
    return true;
}

static bool read_pin(struct web_key *key, const char *path)
{
    struct stat st;
    snprintf(key->file, sizeof key->file, "%s", path);
    if (!read_line(path, key->text, &st)) {
        log_warning("%s: the PIN cannot be read (%s): the board's own token counts", path,
                    secret_fault(errno));
    } else if (strlen(key->text) < WEB_KEY_LEAST) {
        log_warning("%s: a PIN needs at least %d characters: the board's own token "
                    "counts",
                    path, WEB_KEY_LEAST);
        key->text[0] = '\0';
    }
    return key->text[0] != '\0';
}

static bool make_token(struct web_key *key)
{
    uint8_t bits[WEB_KEY_TOKEN_BITS / 8];
    char line[2 * sizeof bits + 2];
    if (getrandom(bits, sizeof bits, 0) != (ssize_t)sizeof bits) {
        return false;
    }
    for (size_t i = 0; i < sizeof bits; i++) {
        snprintf(line + 2 * i, 3, "%02x", bits[i]);
    }
    memcpy(key->text, line, sizeof line - 1);
    line[sizeof line - 2] = '\n';
    if (!statedir_save(TOKEN_FILE, line, sizeof line - 1)) {
        key->text[0] = '\0';
        return false;
    }
    log_info("a token for changes was made: it is in %s", key->file);
    return true;
}

static bool read_token(struct web_key *key)
{
    struct stat st;
    if (!statedir_path(TOKEN_FILE, key->file, sizeof key->file)) {
        log_warning("there is no folder for the token of the web page: nothing can be "
                    "changed there; set STATE_DIRECTORY or [web] pin-file");
        return false;
    }
    if (read_line(key->file, key->text, &st) &&
        strlen(key->text) >= WEB_KEY_TOKEN_BITS / 4) {
        if (st.st_mode & (S_IRWXG | S_IRWXO)) {
            log_warning("%s: others may read it; `chmod 600` it", key->file);
        }
        return true;
    }
    if (!make_token(key)) {
        log_warning("%s: no token can be kept there (%s): nothing can be changed on the "
                    "web page; check the folder, or set [web] pin-file",
                    key->file, strerror(errno));
    }
    return key->text[0] != '\0';
}

bool web_key_open(struct web_key *key, const char *pin_file)
{
    key->text[0] = '\0';
    return (*pin_file && read_pin(key, pin_file)) || read_token(key);
}
