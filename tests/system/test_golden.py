#!/usr/bin/python3
"""Layouts and themes at a fixed time against pictures in tests/golden. A font of another version
may move an edge by a pixel; a picture that differs in more than one pixel of a hundred is another
picture. GOLDEN=write makes them anew: look at each before you commit it."""
import functools
import http.server
import os
import shutil
import struct
import subprocess
import tempfile
import threading
import unittest
import zlib

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'golden')
SOURCE = '[source "Gazette"]\nurl = %s\ncolour = #2e7d32\n' % os.path.join(FOLDER, 'feed.xml')
ALERT = '[source "River Office"]\nurl = %s\n' % os.path.join(FOLDER, 'alert.xml')

# Name: size, frames, configuration.
PICTURES = {
    'newsroom': ('640x360', 300, ''),
    'newsroom-long': ('640x360', 1750, ''),
    'newsroom-tall': ('270x480', 300, '[display]\ntitle = Town hall\n'),
    'newsroom-turned': ('360x640', 300, '[display]\nrotation = 90\n'),
    'newsroom-upside-down': ('640x360', 300, '[display]\nrotation = 180\n'),
    'newsroom-safe': ('640x360', 300, '[display]\nsafe-area = 6\nclock = off\n'),
    'day': ('640x360', 300, '[display]\ntheme = day\n'),
    'contrast': ('640x360', 300, '[display]\ntheme = contrast\n'),
    'tape': ('800x66', 300, '[display]\nlayout = tape\n'),
    'wall-broadcast': ('640x360', 500, '[display]\nlayout = wall\ntheme = broadcast\n'),
    'lower-third': ('640x360', 300, '[display]\nlayout = lower-third\n'),
    'categories': ('640x180', 300, '[lane "a"]\narea = 0 0 100 50\nmotion = flip\n'
                   'categories = sea\nlabel = category\n[lane "b"]\narea = 0 50 100 50\n'
                   'label = none\ntext = 40 %\n'),
    'flash-banner': ('640x360', 300, ALERT),
    'flash-banner-tall': ('270x480', 300, ALERT),
    'flash-banner-tape': ('960x79', 300, ALERT),
    'flash-banner-safe': ('480x272', 300, '[display]\ntheme = broadcast\nsafe-area = 6\n' + ALERT),
    'flash-takeover': ('640x360', 300, '[flash]\nstyle = takeover\n' + ALERT),
    'flash-takeover-tall': ('270x480', 300, '[flash]\nstyle = takeover\n' + ALERT),
    'flash-takeover-turned': ('360x640', 300, '[display]\nrotation = 90\n'
                              '[flash]\nstyle = takeover\n' + ALERT),
    'flash-inline': ('640x360', 40, '[display]\ntheme = contrast\n'
                     '[flash]\nstyle = inline\n' + ALERT),
}

# The same, of a feed that a web server here brings, with a picture and logos.
SERVED = '[source "Gazette"]\nurl = %sfeed.xml\nlan = yes\nlogo = %sscene.png\n'
PICTURED = {
    'picture': ('640x360', 1000, '[display]\nlogo = %sscene.png\n'),
    'picture-tall': ('270x480', 1000, ''),
    'picture-turned': ('360x640', 1000, '[display]\nrotation = 270\ntheme = day\n'),
}
FEED = ('<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>'
        '<item><title>Tide at nine</title><guid>1</guid></item>'
        '<item><title>Ferry returns to the northern quarter after ten years</title><guid>2</guid>'
        '<link>https://harbour.example/2</link>'
        '<enclosure type="image/png" length="1" url="scene.png"/><description>The first boat left '
        'the pier on Monday morning.</description></item></channel></rss>')


def scene():
    """A boat at sea, 300 x 200, as a PNG."""
    def px(x, y):
        if abs(x - 220) ** 2 + abs(y - 50) ** 2 < 500:
            return b'\xff\xf0\xc0'
        if 130 <= y < 155 and 90 + (y - 130) <= x < 190 - (y - 130):
            return b'\xc0\x30\x30'
        if 40 <= y < 126 and 138 <= x < 142 + (y - 40) // 2:
            return b'\xff\xff\xff'
        return b'\x18\x38\x60' if y >= 140 else bytes((40 + y // 2, 110 + y // 3, 180))
    rows = b''.join(b'\0' + b''.join(px(x, y) for x in range(300)) for y in range(200))
    chunks = (b'IHDR', struct.pack('>IIBBBBB', 300, 200, 8, 2, 0, 0, 0)), (
        b'IDAT', zlib.compress(rows)), (b'IEND', b'')
    return b'\x89PNG\r\n\x1a\n' + b''.join(
        struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        for kind, data in chunks)


def pixels(path):
    return subprocess.run(['convert', path, '-depth', '8', 'rgb:-'], stdout=subprocess.PIPE,
                          check=True).stdout


def differing(one, other):
    """Pixels of which a channel differs by more than a quarter of its range."""
    channels = [abs(a - b) > 64 for a, b in zip(one, other)]
    return sum(any(channels[i:i + 3]) for i in range(0, len(channels), 3))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class GoldenTest(unittest.TestCase):
    def serve(self, folder):
        for name, data in (('feed.xml', FEED.encode()), ('scene.png', scene())):
            with open(os.path.join(folder, name), 'wb') as f:
                f.write(data)
        server = http.server.ThreadingHTTPServer(
            ('127.0.0.1', 0), lambda *a: Quiet(*a, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return 'http://127.0.0.1:%d/' % server.server_address[1]

    def draw(self, folder, name, picture, source):
        size, frames, conf = picture
        paths = [os.path.join(folder, name + end) for end in ('.conf', '.png')]
        with open(paths[0], 'w', encoding='utf-8') as f:
            f.write(conf + source)
        environment = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC',
                           CACHE_DIRECTORY=tempfile.mkdtemp(dir=folder))
        done = subprocess.run([MOTOGRAPH, '-c', paths[0], '--headless', size, '--frames',
                               str(frames), '--at', '2026-11-24T12:00:00Z', '--screenshot',
                               paths[1]], env=environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=120, encoding='utf-8')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        return paths[1]

    def compare(self, name, drawn, only=None):
        """ONLY: so many bytes from the top, where the rest would outweigh what is looked for."""
        golden = os.path.join(FOLDER, name + '.png')
        if os.environ.get('GOLDEN') == 'write':
            subprocess.run(['convert', drawn, '-strip', '-define',
                            'png:compression-level=9', golden], check=True)
        with self.subTest(picture=name):
            one, other = pixels(golden)[:only], pixels(drawn)[:only]
            self.assertEqual(len(one), len(other))
            self.assertLess(differing(one, other), len(one) / 3 / 100)

    def test_what_is_stale(self):
        """A source that answered at noon and is gone at three: what the cache holds, marked."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        handler = functools.partial(Quiet, directory=FOLDER)
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        conf, drawn = os.path.join(folder, 'conf'), os.path.join(folder, 'stale.png')
        with open(conf, 'w', encoding='utf-8') as f:
            f.write('[source "Gazette"]\nurl = http://127.0.0.1:%d/feed.xml\nlan = yes\n'
                    % server.server_address[1])
        environment = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC', CACHE_DIRECTORY=folder)
        for at, status in (('12', 0), ('15', 1)):
            done = subprocess.run([MOTOGRAPH, '-c', conf, '--headless', '640x360', '--frames', '300',
                                   '--at', '2026-11-24T%s:00:00Z' % at, '--screenshot', drawn],
                                  env=environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, timeout=120, encoding='utf-8')
            self.assertEqual(done.returncode, status, done.stderr)
            if status == 0:
                server.shutdown()
                server.server_close()
        self.compare('stale', drawn, 640 * 46 * 3)

    def test_pictures(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        url = self.serve(folder)
        for name, picture in PICTURES.items():
            self.compare(name, self.draw(folder, name, picture, SOURCE))
        for name, (size, frames, conf) in PICTURED.items():
            picture = size, frames, conf.replace('%s', url)
            self.compare(name, self.draw(folder, name, picture, SERVED % (url, url)))


if __name__ == '__main__':
    unittest.main()
