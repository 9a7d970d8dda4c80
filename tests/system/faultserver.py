#!/usr/bin/env python3
"""A scripted HTTP/1.1 server that does what servers should not, for tests.

It listens on loopback addresses only (127.0.0.1, 127.0.0.2, ...), all on the same free
port, and prints {"port": N} as its first line. SIGTERM ends it. PATHS below are what it
serves; /log gives every request so far as JSON, /log/clear forgets them. It runs on its
own as well:  faultserver.py [NUMBER OF ADDRESSES]
"""
import gzip
import json
import signal
import socket
import sys
import threading
import time
import zlib
from email.utils import formatdate

CHUNK = 16384


def feed(title="Fault Feed", items=3, summary=""):
    out = ["<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0'><channel>",
           f"<title>{title}</title><link>http://fault.test/</link>"]
    for i in range(1, items + 1):
        out.append(f"<item><title>{title} headline {i}</title><link>/item/{i}</link>"
                   f"<guid isPermaLink='false'>{title}-{i}</guid>"
                   f"<description>{summary}</description></item>\n")
    out.append("</channel></rss>\n")
    return "".join(out).encode()


class Gone(Exception):
    """The client has closed the connection."""


class Exchange:
    """One request and the means to answer it, well or badly."""

    def __init__(self, server, sock, address, method, path, headers):
        self.server, self.sock, self.address = server, sock, address
        self.method, self.path, self.headers = method, path, headers
        self.host = headers.get("host", "")
        if path.startswith("http://"):  # we are asked as a proxy
            self.host, _, rest = path[7:].partition("/")
            self.path = "/" + rest
        self.close = False

    def raw(self, data):
        try:
            self.sock.sendall(data)
        except OSError as error:
            raise Gone from error

    def head(self, status, reason="", **headers):
        lines = [f"HTTP/1.1 {status} {reason or 'X'}", f"Date: {formatdate(usegmt=True)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.raw("\r\n".join(lines).encode() + b"\r\n\r\n")

    def answer(self, status, body=b"", **headers):
        headers.setdefault("Content_Type", "application/rss+xml")
        self.server.leave(self)
        self.head(status, Content_Length=len(body), **headers)
        self.raw(body)

    def redirect(self, target, status=302):
        self.answer(status, b"moved", Location=target)

    def url(self, path, address=None):
        return f"http://{address or self.address}:{self.server.port}{path}"

    def wait(self, seconds):
        """Sleeps, and notices when the client goes."""
        end = time.monotonic() + seconds
        self.sock.settimeout(0.1)
        while time.monotonic() < end and not self.server.ended.is_set():
            try:
                if self.sock.recv(1) == b"":
                    raise Gone
            except socket.timeout:
                pass
            except OSError as error:
                raise Gone from error
        self.sock.settimeout(None)


def good(x):
    """A feed with validators: 304 if either still holds."""
    if x.headers.get("if-none-match") == '"v1"':
        x.head(304, "Not Modified", ETag='"v1"')
    else:
        x.answer(200, feed(), ETag='"v1"', Last_Modified="Tue, 01 Oct 2024 10:00:00 GMT")


def dated(x):
    """The same with Last-Modified alone."""
    stamp = "Tue, 01 Oct 2024 10:00:00 GMT"
    if x.headers.get("if-modified-since") == stamp:
        x.head(304, "Not Modified")
    else:
        x.answer(200, feed("Dated"), Last_Modified=stamp)


def always_304(x):
    x.head(304, "Not Modified", ETag='"never"')


def odd_304(x):
    """304 to the first request, whatever it asked; after that as it should be."""
    if x.server.count(x.path) == 1:
        x.head(304, "Not Modified")
    else:
        x.answer(200, feed("Odd"))


def zipped(x):
    x.answer(200, gzip.compress(feed("Zipped")), Content_Encoding="gzip")


def deflated(x):
    x.answer(200, zlib.compress(feed("Deflated")), Content_Encoding="deflate")


def brotli(x):
    x.answer(200, b"\x8b\x02\x80not really\x03", Content_Encoding="br")


def bomb(x):
    """Whole items, then 10 GB of blanks in 10 MB of gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(feed("Bomb").replace(b"</channel></rss>\n", b""))
    x.head(200, Content_Type="application/rss+xml", Content_Encoding="gzip",
           Connection="close")
    x.close = True
    x.raw(start)
    blank = b" " * (1 << 20)
    for _ in range(10240):
        x.raw(packer.compress(blank))


def endless(x):
    """Items without end."""
    x.head(200, Content_Type="application/rss+xml", Transfer_Encoding="chunked")
    x.close = True
    x.raw(chunk(feed("Endless").replace(b"</channel></rss>\n", b"")))
    block = chunk(b"<!--" + b" and on" * 10000 + b" -->")
    while not x.server.ended.is_set():
        x.raw(block)


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def drip(x):
    """A byte a second."""
    x.head(200, Content_Type="application/rss+xml", Content_Length=100000)
    x.close = True
    for byte in feed("Drip"):
        x.raw(bytes([byte]))
        x.wait(1)


def trickle(x):
    """Never slow enough to be given up, and never done: whole items, then comments."""
    x.head(200, Content_Type="application/rss+xml", Transfer_Encoding="chunked")
    x.close = True
    x.raw(chunk(feed("Trickle").replace(b"</channel></rss>\n", b"")))
    while not x.server.ended.is_set():
        x.raw(chunk(b"<!--" + b"." * 300 + b"-->"))
        x.wait(1)


def silent(x):
    x.close = True
    x.wait(120)


def slammed(x):
    """Closed without a word."""
    x.close = True


def not_http(x):
    x.close = True
    x.raw(b"220 mail.test ESMTP ready\r\n" * 20)


def cut(x):
    """Ends in the middle of the third item, and says so too late."""
    body = feed("Cut")
    part = body[:body.index(b"headline 3")]
    x.close = True
    x.head(200, Content_Type="application/rss+xml", Content_Length=len(body))
    x.raw(part)


def long_promise(x):
    """A whole document of which more was promised."""
    body = feed("Promise")
    x.close = True
    x.head(200, Content_Type="application/rss+xml", Content_Length=len(body) + 1000)
    x.raw(body)


def short_promise(x):
    """More than was promised."""
    body = feed("Short")
    x.close = True
    x.head(200, Content_Type="application/rss+xml",
           Content_Length=body.index(b"headline 2"))
    x.raw(body)


def many_headers(x):
    """1 MB of header lines, each of a decent length."""
    x.close = True
    x.raw(b"HTTP/1.1 200 OK\r\n")
    for i in range(1000):
        x.raw(b"X-%d: %s\r\n" % (i, b"h" * 1000))
    x.raw(b"\r\n" + feed("Headers"))


def long_header(x):
    x.close = True
    x.raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"h" * (1 << 20) + b"\r\n\r\n")
    x.raw(feed("Header"))


def cookies(x):
    lines = "".join(f"Set-Cookie: c{i}=1\r\n" for i in range(1000))
    body = feed("Cookies")
    x.raw(f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
          f"Content-Length: {len(body)}\r\n{lines}\r\n".encode() + body)


def page(x):
    x.answer(200, b"<!DOCTYPE html><html><head><title>Log in</title></head><body>"
                  b"<h1>Welcome to our Wi-Fi</h1><p>Accept the terms.</p></body></html>",
             Content_Type="text/html")


ARTICLE = ("<!DOCTYPE html><html lang=en><head><title>Ferry returns to the northern quarter - "
           "Harbour Gazette</title>%s<meta property='og:type' content='article'>"
           "<meta property='og:title' content='Ferry returns to the northern quarter'>"
           "<meta property='og:site_name' content='Harbour Gazette'>"
           "<meta property='og:description' content='After ten years the boats sail again.'>"
           "</head><body><article><h1>Ferry returns to the northern quarter</h1>"
           "<p>After ten years of buses the first boat left the pier on Monday morning, with the "
           "mayor, a brass band and four hundred passengers on board.</p>"
           "<p>The crossing takes nine minutes and costs as much as a tram ride.</p></article>"
           "</body></html>")


def article(x):
    x.answer(200, (ARTICLE % "").encode(), Content_Type="text/html; charset=utf-8")


def offers(target):
    link = "<link rel=alternate type='application/rss+xml' href='%s'>" % target
    return lambda x: x.answer(200, (ARTICLE % link).encode(), Content_Type="text/html")


def page_as_feed(x):
    x.answer(200, b"<html><head><title>Log in</title></head><body>Terms</body></html>",
             Content_Type="application/rss+xml")


def grows(x):
    """A redirect to an ever longer address."""
    x.redirect(x.path + "/grows")


def endless_error(x):
    """404 with a body that does not end."""
    x.head(404, "Not Found", Content_Type="text/html", Transfer_Encoding="chunked")
    x.close = True
    while not x.server.ended.is_set():
        x.raw(chunk(b"<p>sorry</p>" * 1000))


def endless_redirect(x):
    x.head(302, "Found", Location="/good", Transfer_Encoding="chunked")
    x.close = True
    while not x.server.ended.is_set():
        x.raw(chunk(b"<p>moved</p>" * 1000))


def status(code, **headers):
    return lambda x: x.answer(code, b"no", **headers)


def to(target, code=302):
    return lambda x: x.redirect(target, code)


def delayed(x):
    x.wait(1.5)
    x.answer(200, feed("Delayed"))


def flaky(x):
    """503 once, then well: with a Retry-After longer than the first back-off."""
    if x.server.count(x.path) == 1:
        x.answer(503, b"", Retry_After="1")
    else:
        x.answer(200, feed("Flaky"))


def emptied(x):
    x.answer(200, b"")


PATHS = {
    "/good": good, "/dated": dated, "/always304": always_304, "/odd304": odd_304,
    "/gzip": zipped, "/deflate": deflated, "/br": brotli, "/bomb": bomb,
    "/endless": endless, "/drip": drip, "/trickle": trickle, "/silent": silent,
    "/slammed": slammed, "/nothttp": not_http, "/cut": cut, "/longpromise": long_promise,
    "/shortpromise": short_promise, "/headers": many_headers, "/longheader": long_header,
    "/cookies": cookies, "/page": page, "/pageasfeed": page_as_feed, "/empty": emptied,
    "/401": status(401), "/403": status(403), "/404": status(404), "/410": status(410),
    "/429": status(429, Retry_After="2"), "/500": status(500),
    "/503": status(503, Retry_After="3600"), "/endless404": endless_error,
    "/flaky": flaky, "/delayed": delayed,
    "/loop": to("/loop"), "/ping": to("/pong"), "/pong": to("/ping"),
    "/same": to("/good"), "/301": to("/good", 301), "/308": to("/good", 308),
    "/tofile": to("file:///etc/passwd"), "/togopher": to("gopher://127.0.0.1:70/_x"),
    "/toftp": to("ftp://127.0.0.1/x"), "/tometadata": to("http://169.254.169.254/latest"),
    "/tozero": to("http://0.0.0.0/"), "/tonumber": to("http://2130706433/good"),
    "/tomapped": to("http://[::ffff:127.0.0.1]/good"), "/tonowhere": to(""),
    "/toneighbour": lambda x: x.redirect(x.url("/good", "127.0.0.9")),
    "/toplain": lambda x: x.redirect(x.url("/good")),
    "/tolocalhost": lambda x: x.redirect(x.url("/good", "localhost")),
    "/elsewhere": to("http://other.test/good"), "/athome": to("/good"),
    "/endlessredirect": endless_redirect,
    "/many": lambda x: x.answer(200, feed("Many", 500, "s" * 1500)),
    "/portal": to("/page"), "/article": article, "/offers": offers("/good"),
    "/offersaway": offers("http://127.0.0.9:1/good"), "/offersgone": offers("/404"),
}


class Server:
    """TLS is a server-side ssl.SSLContext, or None."""

    def __init__(self, addresses, tls=None):
        self.tls = tls
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.requests, self.open_now, self.most_open, self.most_at_once = [], {}, {}, 0
        self.listeners, self.port, self.unanswered = [], 0, set()
        for n in range(1, addresses + 1):
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((f"127.0.0.{n}", self.port))
            listener.listen(64)
            self.port = listener.getsockname()[1]
            self.listeners.append((listener, f"127.0.0.{n}"))

    def count(self, path):
        with self.lock:
            return sum(r["path"] == path for r in self.requests)

    def report(self, x):
        with self.lock:
            body = json.dumps({"requests": self.requests, "most_open": self.most_open,
                               "most_at_once": self.most_at_once})
            if x.path == "/log/clear":
                self.requests, self.most_open, self.most_at_once = [], {}, 0
                self.unanswered = set()
        x.answer(200, body.encode(), Content_Type="application/json")

    def serve(self, x):
        if x.path in ("/log", "/log/clear"):
            self.report(x)
            return
        with self.lock:
            self.requests.append({"path": x.path, "address": x.address, "host": x.host,
                                  "headers": x.headers, "at": time.monotonic()})
            self.unanswered.add(x)
            self.most_at_once = max(self.most_at_once, len(self.unanswered))
        try:
            self.play(x)
        finally:
            self.leave(x)

    def leave(self, x):
        """To be called before the last byte goes out: the client may well ask again before
        our own thread runs on."""
        with self.lock:
            self.unanswered.discard(x)

    def play(self, x):
        path = x.path.split("?")[0]
        if path.startswith("/grows"):
            grows(x)
        elif path in PATHS:
            PATHS[path](x)
        else:
            x.answer(404, b"no such path")

    def connection(self, sock, address):
        with self.lock:
            self.open_now[address] = self.open_now.get(address, 0) + 1
            self.most_open[address] = max(self.most_open.get(address, 0),
                                          self.open_now[address])
        try:
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
            self.requests_of(sock, address)
        except (Gone, OSError, ValueError):
            pass
        finally:
            sock.close()
            with self.lock:
                self.open_now[address] -= 1

    def requests_of(self, sock, address):
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                data = sock.recv(CHUNK)
                if not data:
                    return
                pending += data
            head, pending = pending.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ", 2)
            pairs = (line.split(":", 1) for line in lines[1:])
            headers = {name.lower(): value.strip() for name, value in pairs}
            exchange = Exchange(self, sock, address, method, path, headers)
            self.serve(exchange)
            if exchange.close:
                return

    def accept(self, listener, address):
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.connection, args=(sock, address),
                             daemon=True).start()

    def start(self):
        for listener, address in self.listeners:
            threading.Thread(target=self.accept, args=(listener, address),
                             daemon=True).start()

    def stop(self):
        self.ended.set()
        for listener, _ in self.listeners:
            listener.close()


def main():
    server = Server(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    signal.signal(signal.SIGINT, lambda *_: done.set())
    server.start()
    print(json.dumps({"port": server.port}), flush=True)
    done.wait()
    server.stop()


if __name__ == "__main__":
    main()
