#!/usr/bin/python3
"""The configurations that tests/bench measures, and fifty feeds that never stand still.

    scenes.py FOLDER    writes FOLDER/NAME.conf for every name in SCENES, and headlines.xml for
                        those without the feeds, prints "ready", and serves the feeds on
                        127.0.0.1 until SIGTERM

A feed has 7 KB to 700 KB. Each time it is asked for, three new items stand at its head and as
many at its end are gone, and all are asked for each 10 s, the shortest that a source allows: five
answers, some 850 KB, a second. Every item names a picture of 1200x675 of its own.
"""
import os
import signal
import struct
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEEDS = 50
LEAST, MOST = 7e3, 700e3  # bytes
BAND = "motion = crawl\narea = 0 88.8889 100 11.1111\n"
CRAWL = f'[lane "crawl"]\n{BAND}'
FOUR = "".join(f'[lane "{i}"]\nmotion = crawl\narea = 0 {88.8889 - 22.2222 * i:.4f} 100 11.1111\n'
               for i in range(4))


def turned(degrees, rest):
    return f"[display]\nrotation = {degrees}\n{rest}"


SCENES = {  # name: configuration, and whether it takes the fifty feeds
    "one_crawl": (CRAWL, False),
    "turned_90": (turned(90, CRAWL), False),
    "turned_270": (turned(270, CRAWL), False),
    "newsroom": ("", False),
    "four_crawls": (FOUR, False),
    "fifty_feeds": (CRAWL, True),
    "fifty_feeds_newsroom": ("", True),
}


def picture():
    """A PNG that no other program need make: a slope of two colours."""
    w, h = 1200, 675
    rows = b"".join(b"\0" + bytes(v for x in range(w) for v in (x * 255 // w, y * 255 // h, 90))
                    for y in range(h))

    def part(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) +
            part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b""))


def item(feed, n):
    return (f"<item><title>Feed {feed} says, for the {n}th time, that the bridge opens</title>"
            f"<link>/story/{feed}/{n}</link><guid isPermaLink='false'>{feed}-{n}</guid>"
            f"<enclosure url='/picture/{feed}/{n}.png' type='image/png' length='1'/>"
            "<description>&lt;p&gt;Residents of the northern quarter had asked for it since the "
            "ferry was given up; &lt;b&gt;work&lt;/b&gt; begins in spring, and the ramps follow "
            "a year later.&lt;/p&gt;</description></item>\n")


def rss(title, items):
    return (f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>"
            f"{''.join(items)}</channel></rss>").encode()


class Feeds(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    turns = [0] * FEEDS
    image = b""

    def do_GET(self):
        if self.path.startswith("/picture/"):
            return self.answer("image/png", self.image)
        feed = int(self.path.rsplit("/", 1)[1])
        self.turns[feed] += 1
        first = self.turns[feed] * 3
        count = int(LEAST * (MOST / LEAST) ** (feed / (FEEDS - 1)) / len(item(feed, first)))
        items = (item(feed, n) for n in range(first + count, first, -1))
        self.answer("application/rss+xml", rss(f"Feed {feed}", items))

    def answer(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def write(folder, port):
    sources = "".join(f'[source "f{i}"]\nurl = http://127.0.0.1:{port}/feed/{i}\n'
                      "every = 10s\nlan = yes\n" for i in range(FEEDS))
    for name, (configuration, feeds) in SCENES.items():
        with open(os.path.join(folder, name + ".conf"), "w", encoding="utf-8") as out:
            out.write(configuration + (sources if feeds else ""))
    with open(os.path.join(folder, "headlines.xml"), "wb") as out:
        out.write(rss("Harbour Gazette", (item(0, n) for n in range(20))))


def main():
    Feeds.image = picture()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    server.daemon_threads = True
    write(sys.argv[1], server.server_port)
    signal.signal(signal.SIGTERM,
                  lambda *_: threading.Thread(target=server.shutdown).start())
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
