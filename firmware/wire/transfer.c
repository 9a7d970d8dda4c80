/* libcurl's own redirects stay off: fetch.c goes from hop to hop. Names can lie, so it is
 * the address of every connection that is vetted: when a socket is opened for it, and
 * again before a request goes out over a connection that was already there. */
#include "wire/transfer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "feed/feed.h"

/* What is the same for every transfer. */
static const struct {
    CURLoption option;
    long value;
} fixed_numbers[] = {
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_QUICK_EXIT, 1}, /* a resolver that hangs is left behind, not waited for */
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_MAXREDIRS, 0},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_CONNECTTIMEOUT_MS, TRANSFER_CONNECT_MS},
    {CURLOPT_LOW_SPEED_LIMIT, TRANSFER_SLOW_BYTES},
    {CURLOPT_LOW_SPEED_TIME, TRANSFER_SLOW_S},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_TCP_NODELAY, 1},
};

static const struct {
    CURLoption option;
    const char *value;
} fixed_texts[] = {
    {CURLOPT_PROTOCOLS_STR, "http,https"},
    {CURLOPT_REDIR_PROTOCOLS_STR, "http,https"},
    {CURLOPT_ACCEPT_ENCODING, "gzip, deflate"},
    /* An empty proxy, unlike none, shuts out the environment's. */
    {CURLOPT_PROXY, ""},
    {CURLOPT_NOPROXY, ""},
};

static const char accept_header[] =
    "Accept: application/atom+xml, application/rss+xml, application/rdf+xml, "
    "application/feed+json, application/cap+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.5";
static const char user_agent[] =
    "Motograph/" MOTOGRAPH_VERSION " (+https://github.com/motograph/motograph)";

static const struct {
    CURLcode code;
    enum failure failure;
} codes[] = {
    {CURLE_URL_MALFORMAT, FAILURE_ADDRESS_FORM},
    {CURLE_COULDNT_RESOLVE_PROXY, FAILURE_PROXY},
    {CURLE_PROXY, FAILURE_PROXY},
    {CURLE_COULDNT_RESOLVE_HOST, FAILURE_LOOKUP},
    {CURLE_SSL_CONNECT_ERROR, FAILURE_TLS},
    {CURLE_PEER_FAILED_VERIFICATION, FAILURE_TLS},
    {CURLE_SSL_CERTPROBLEM, FAILURE_TLS},
    {CURLE_SSL_CIPHER, FAILURE_TLS},
    {CURLE_SSL_ISSUER_ERROR, FAILURE_TLS},
    {CURLE_SSL_INVALIDCERTSTATUS, FAILURE_TLS},
    {CURLE_SSL_CACERT_BADFILE, FAILURE_CA_FILE},
    {CURLE_GOT_NOTHING, FAILURE_BROKEN_OFF},
    {CURLE_PARTIAL_FILE, FAILURE_CUT},
    {CURLE_RECV_ERROR, FAILURE_BROKEN_OFF},
    {CURLE_SEND_ERROR, FAILURE_BROKEN_OFF},
    {CURLE_HTTP2, FAILURE_BROKEN_OFF},
    {CURLE_HTTP2_STREAM, FAILURE_BROKEN_OFF},
    {CURLE_WEIRD_SERVER_REPLY, FAILURE_PROTOCOL},
    {CURLE_UNSUPPORTED_PROTOCOL, FAILURE_PROTOCOL}, /* HTTP/0.9 */
    {CURLE_BAD_CONTENT_ENCODING, FAILURE_ENCODING},
    {CURLE_OUT_OF_MEMORY, FAILURE_MEMORY},
};

static size_t stop_with(struct transfer *transfer, enum transfer_stop stop)
{
    transfer->stop = stop;
    /* What is left unread must not be taken for the next answer (curl issue 3392). */
    curl_easy_setopt(transfer->easy, CURLOPT_FORBID_REUSE, 1L);
    return 0;
}

static size_t take_header(char *line, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    size_t length = size * count;
    transfer->header_bytes += length;
    if (transfer->header_bytes > TRANSFER_HEADER_BYTES) {
        return stop_with(transfer, TRANSFER_HEADERS);
    }
    if (transfer->length == 0) { /* trailers after the body say nothing we want */
        answer_line(&transfer->answer, line, length);
    }
    return length;
}

static bool grow(struct transfer *transfer, size_t need)
{
    size_t room = transfer->room ? transfer->room : 32 << 10;
    while (room < need) {
        room *= 2;
    }
    if (room > transfer->room) {
        char *body = realloc(transfer->body, room);
        if (!body) {
            return false;
        }
        transfer->body = body;
        transfer->room = room;
    }
    return true;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    size_t length = size * count;
    if (transfer->answer.status < 200 || transfer->answer.status > 299) {
        transfer->spilt_bytes += length;
        return transfer->spilt_bytes > TRANSFER_SPILL_BYTES
                   ? stop_with(transfer, TRANSFER_SPILL)
                   : length;
    }
    if (!answer_encoding_known(&transfer->answer)) {
        return stop_with(transfer, TRANSFER_ENCODING);
    }
    size_t left = FEED_BODY_BYTES - transfer->length;
    size_t taken = length < left ? length : left;
    if (!grow(transfer, transfer->length + taken)) {
        return stop_with(transfer, TRANSFER_MEMORY);
    }
    memcpy(transfer->body + transfer->length, bytes, taken);
    transfer->length += taken;
    return taken < length ? stop_with(transfer, TRANSFER_FULL) : length;
}

static enum vet_trust trust_of(const struct transfer *transfer)
{
    const struct config_source *source = transfer->source;
    /* Through a proxy the address is the proxy's, which the operator chose. */
    if (source->proxy && *source->proxy) {
        return VET_TRUST_ALL;
    }
    if (!transfer->own) {
        return VET_TRUST_PUBLIC;
    }
    return source->typed ? VET_TRUST_ALL : source->lan ? VET_TRUST_LAN : VET_TRUST_PUBLIC;
}

static curl_socket_t open_socket(void *user, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    struct transfer *transfer = user;
    (void)purpose;
    enum vet_class class = vet_address(&address->addr);
    if (!vet_allows(trust_of(transfer), class)) {
        transfer->refused = class;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A connection that another, more trusted source opened may be offered to this one. */
static int before_request(void *user, char *remote, char *local, int remote_port,
                          int local_port)
{
    struct transfer *transfer = user;
    (void)local, (void)remote_port, (void)local_port;
    enum vet_class class = VET_RESERVED;
    vet_literal(remote, &class);
    if (!vet_allows(trust_of(transfer), class)) {
        transfer->refused = class;
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

static bool add_header(struct transfer *transfer, const char *line)
{
    struct curl_slist *list = curl_slist_append(transfer->headers, line);
    transfer->headers = list ? list : transfer->headers;
    return list != NULL;
}

static bool add_header_value(struct transfer *transfer, const char *name,
                             const char *value)
{
    char line[ANSWER_TAG_BYTES + 32];
    if (*value == '\0') {
        return true;
    }
    snprintf(line, sizeof line, "%s: %s", name, value);
    return add_header(transfer, line);
}

static bool set_headers(struct transfer *transfer,
                        const struct answer_validators *validators)
{
    curl_slist_free_all(transfer->headers);
    transfer->headers = NULL;
    bool fine =
        add_header(transfer, transfer->accept ? transfer->accept : accept_header) &&
        add_header_value(transfer, "If-None-Match", validators->etag) &&
        add_header_value(transfer, "If-Modified-Since", validators->modified);
    for (size_t i = 0; transfer->own && i < transfer->source->header.count; i++) {
        fine = fine && add_header(transfer, transfer->source->header.values[i]);
    }
    return fine &&
           !curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}

static enum failure set_login(struct transfer *transfer)
{
    const struct config_source *source = transfer->source;
    char password[512] = "";
    bool login = transfer->own && source->user && *source->user;
    /* Read anew for each fetch, so that a changed password counts without a restart. */
    if (login && source->password_file && *source->password_file &&
        !secret_read(source->password_file, password, sizeof password, NULL)) {
        return FAILURE_PASSWORD_FILE;
    }
    bool fine =
        !curl_easy_setopt(transfer->easy, CURLOPT_USERNAME,
                          login ? source->user : NULL) &&
        !curl_easy_setopt(transfer->easy, CURLOPT_PASSWORD, login ? password : NULL);
    explicit_bzero(password, sizeof password);
    return fine ? FAILURE_NONE : FAILURE_MEMORY;
}

/* curl would wait for a FIFO; of all else it says itself what is wrong. */
static enum failure check_ca_file(const char *path)
{
    int fd = path && *path ? secret_open(path, NULL) : -1;
    if (fd >= 0) {
        close(fd);
    }
    return path && *path && fd < 0 && errno == EINVAL ? FAILURE_CA_FILE : FAILURE_NONE;
}

static bool set_fixed(CURL *easy)
{
    CURLcode code = CURLE_OK;
    for (size_t i = 0; i < sizeof fixed_numbers / sizeof *fixed_numbers && !code; i++) {
        code = curl_easy_setopt(easy, fixed_numbers[i].option, fixed_numbers[i].value);
    }
    for (size_t i = 0; i < sizeof fixed_texts / sizeof *fixed_texts && !code; i++) {
        code = curl_easy_setopt(easy, fixed_texts[i].option, fixed_texts[i].value);
    }
    return !code;
}

static bool set_callbacks(struct transfer *transfer, void *user)
{
    CURL *easy = transfer->easy;
    return !curl_easy_setopt(easy, CURLOPT_PRIVATE, user) &&
           !curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error) &&
           !curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) &&
           !curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer) &&
           !curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) &&
           !curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer) &&
           !curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
           !curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer) &&
           !curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request) &&
           !curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
}

static bool given(const char *text)
{
    return text && *text;
}

static bool set_source(struct transfer *transfer, bool fresh)
{
    CURL *easy = transfer->easy;
    const struct config_source *source = transfer->source;
    long http = given(source->http) && strcmp(source->http, "2") == 0
                    ? CURL_HTTP_VERSION_2TLS
                    : CURL_HTTP_VERSION_1_1;
    const char *agent = given(source->user_agent) ? source->user_agent : user_agent;
    return !curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, http) &&
           !curl_easy_setopt(easy, CURLOPT_USERAGENT, agent) &&
           !curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)fresh) &&
           (!given(source->proxy) ||
            !curl_easy_setopt(easy, CURLOPT_PROXY, source->proxy)) &&
           (!given(source->ca_file) ||
            !curl_easy_setopt(easy, CURLOPT_CAINFO, source->ca_file));
}

bool transfer_init(struct transfer *transfer, const struct config_source *source,
                   bool fresh, void *user)
{
    *transfer = (struct transfer){.source = source, .easy = curl_easy_init()};
    return transfer->easy && set_fixed(transfer->easy) && set_callbacks(transfer, user) &&
           set_source(transfer, fresh);
}

enum failure transfer_start(struct transfer *transfer, CURLM *multi, const char *url,
                            bool own, const struct answer_validators *validators,
                            long timeout_ms)
{
    transfer->own = own;
    transfer->stop = TRANSFER_ON;
    transfer->refused = VET_PUBLIC;
    transfer->header_bytes = 0;
    transfer->spilt_bytes = 0;
    transfer->length = 0;
    transfer->answer = (struct answer){0};
    transfer->error[0] = '\0';
    enum failure failure = check_ca_file(transfer->source->ca_file);
    failure = failure ? failure : set_login(transfer);
    if (failure) {
        return failure;
    }
    if (!set_headers(transfer, validators) ||
        curl_easy_setopt(transfer->easy, CURLOPT_FORBID_REUSE, 0L) ||
        curl_easy_setopt(transfer->easy, CURLOPT_URL, url) ||
        curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, timeout_ms) ||
        curl_multi_add_handle(multi, transfer->easy)) {
        return FAILURE_MEMORY;
    }
    transfer->multi = multi;
    return FAILURE_NONE;
}

void transfer_leave(struct transfer *transfer)
{
    if (transfer->multi) {
        curl_multi_remove_handle(transfer->multi, transfer->easy);
        transfer->multi = NULL;
    }
}

static enum failure of_timeout(const struct transfer *transfer)
{
    curl_off_t looked_up = 0, connected = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_NAMELOOKUP_TIME_T, &looked_up);
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    if (connected == 0) {
        return looked_up == 0 ? FAILURE_LOOKUP_TIMEOUT : FAILURE_CONNECT_TIMEOUT;
    }
    return transfer->answer.status == 0 ? FAILURE_NO_ANSWER : FAILURE_TIMEOUT;
}

static enum failure of_connect(const struct transfer *transfer)
{
    long error = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &error);
    return error == ECONNREFUSED ? FAILURE_REFUSED : FAILURE_UNREACHABLE;
}

static enum failure of_code(CURLcode code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].code == code) {
            return codes[i].failure;
        }
    }
    return FAILURE_OTHER;
}

enum failure transfer_failure(const struct transfer *transfer, CURLcode code,
                              char detail[FAILURE_DETAIL_BYTES])
{
    *detail = '\0';
    if (transfer->refused != VET_PUBLIC &&
        (code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK)) {
        snprintf(detail, FAILURE_DETAIL_BYTES, "%s", vet_name(transfer->refused));
        return FAILURE_ADDRESS_REFUSED;
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return of_timeout(transfer);
    }
    if (code == CURLE_COULDNT_CONNECT) {
        return of_connect(transfer);
    }
    enum failure failure = of_code(code);
    if (failure == FAILURE_TLS || failure == FAILURE_OTHER) {
        snprintf(detail, FAILURE_DETAIL_BYTES, "%s",
                 *transfer->error ? transfer->error : curl_easy_strerror(code));
    }
    return failure;
}

void transfer_fini(struct transfer *transfer)
{
    transfer_leave(transfer);
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    free(transfer->body);
    *transfer = (struct transfer){0};
}
