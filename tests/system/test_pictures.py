#!/usr/bin/python3
"""Pictures and logos as a person sees them: the whole program, a real web server, and the px of
what it draws. The pictures are made here. The binary is named by $MOTOGRAPH."""
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
W, H = 960, 540
STORY, LOGO, BRAND = (255, 0, 128), (0, 128, 255), (255, 128, 0)
# So many frames into the run the second card is on; the first had no time for a picture.
SECOND_CARD = 1000

ITEM = ('<item><title>%s</title><guid>%s</guid><link>https://harbour.example/%s</link>%s'
        '<description>A deck.</description></item>')


def png(colour, w, h, claim=None):
    """A PNG in one colour; CLAIM is the size that its header tells instead."""
    def chunk(kind, data):
        return (struct.pack('>I', len(data)) + kind + data +
                struct.pack('>I', zlib.crc32(kind + data)))
    head = struct.pack('>IIBBBBB', *(claim or (w, h)), 8, 2, 0, 0, 0)
    rows = (b'\0' + bytes(colour) * w) * h
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def convert(colour, w, h, kind):
    return subprocess.run(['convert', '-size', '%dx%d' % (w, h), 'xc:rgb(%d,%d,%d)' % colour,
                           kind + ':-'], stdout=subprocess.PIPE, check=True).stdout


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.path == '/endless.png':
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(png(STORY, 600, 400)[:8] + bytes(1 << 16))
            except OSError:
                return
        elif self.path.startswith('/moved'):
            self.send_response(302)
            self.send_header('Location', self.server.target)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *args):
        pass


class PictureTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.server, self.url = self.serve()

    def serve(self):
        server = http.server.ThreadingHTTPServer(
            ('127.0.0.1', 0), lambda *a: Handler(*a, directory=self.dir))
        server.asked, server.target = [], ''
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server, 'http://127.0.0.1:%d/' % server.server_address[1]

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        with open(self.path(name), 'wb') as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return self.path(name)

    def feed(self, image, name='feed.xml'):
        """Two stories; the second has the picture at the address IMAGE."""
        items = ITEM % ('Bridge opens early', 'a', 'a', '')
        items += ITEM % ('Ferry returns', 'b', 'b',
                         '<enclosure type="image/png" length="1" url="%s"/>' % image)
        return self.write(name, '<?xml version="1.0"?><rss version="2.0"><channel>'
                          '<title>Gazette</title>%s</channel></rss>' % items)

    def environment(self):
        """With nothing cached: an answer "not modified" is not what is tested here."""
        return dict(os.environ, CACHE_DIRECTORY=tempfile.mkdtemp(dir=self.dir))

    def draw(self, *words, frames=SECOND_CARD, timeout=60):
        done = subprocess.run([MOTOGRAPH, '--headless', '%dx%d' % (W, H), '--frames', str(frames),
                               '--screenshot', self.path('out.png'), *words], timeout=timeout,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding='utf-8',
                              env=self.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.lines = [line for line in done.stderr.splitlines() if 'picture:' in line]
        self.assertIn('\tFerry returns', done.stdout)
        raw = subprocess.run(['convert', self.path('out.png'), '-depth', '8', 'rgb:-'],
                             stdout=subprocess.PIPE, check=True).stdout
        self.raw = raw

    def count(self, colour, rows=range(H), columns=range(W)):
        """Px that are nearly COLOUR: a JPEG is not exact."""
        return sum(all(abs(self.raw[(y * W + x) * 3 + i] - colour[i]) < 12 for i in range(3))
                   for y in rows for x in columns)

    def lit(self, rows, columns):
        return sum(self.raw[(y * W + x) * 3 + 1] > 150 for y in rows for x in columns)

    def check_story(self):
        """The picture fills a quarter of the card's width and more, and there is text beside."""
        self.assertGreater(self.count(STORY, range(60, 300), range(W // 2, W)), 40000)
        self.assertGreater(self.lit(range(90, 400), range(0, W // 2)), 1000)
        self.assertEqual(self.lines, [])

    def check_none(self, *words):
        """No picture, but the headline, and one line that says why, with WORDS in it."""
        self.assertEqual(self.count(STORY), 0)
        self.assertGreater(self.lit(range(90, 400), range(0, W // 2)), 1000)
        self.assertEqual(len(self.lines), 1, self.lines)
        for word in words:
            self.assertIn(word, self.lines[0])

    def test_every_format(self):
        for kind, data in (('png', png(STORY, 600, 400)),
                           ('jpeg', convert(STORY, 600, 400, 'jpg')),
                           ('webp', convert(STORY, 600, 400, 'webp'))):
            with self.subTest(format=kind):
                # The name says nothing, only the first bytes do.
                self.write('picture.txt', data)
                self.feed('picture.txt')
                self.draw(self.url + 'feed.xml')
                self.check_story()

    def test_asked_once_and_politely(self):
        self.write('p.png', png(STORY, 600, 400))
        self.feed('p.png')
        # Four cards: the story with the picture is on twice.
        self.draw(self.url + 'feed.xml', frames=2500)
        self.check_story()
        asked = [headers for path, headers in self.server.asked if path == '/p.png']
        self.assertEqual(len(asked), 1)
        self.assertEqual(asked[0]['Accept'], 'image/webp, image/png, image/jpeg')
        self.assertTrue(asked[0]['User-Agent'].startswith('Motograph/'))

    def test_what_is_broken_is_left_out(self):
        whole = png(STORY, 600, 400)
        cases = (
            (whole[:len(whole) // 2], 'broken or cut short'),
            (b'<html>no picture</html>', 'neither PNG nor JPEG nor WebP'),
            (b'GIF89a' + bytes(100), 'neither PNG nor JPEG nor WebP'),
            (png(STORY, 60, 40, claim=(30000, 30000)), 'too large'),
            (png(STORY, 60, 40, claim=(7000, 7000)), 'broken or cut short'),
            (b'', 'neither PNG nor JPEG nor WebP'),
            (whole + bytes(9 << 20), 'too large'),
        )
        self.feed('p.png')
        for data, reason in cases:
            with self.subTest(reason=reason, length=len(data)):
                self.write('p.png', data)
                self.draw(self.url + 'feed.xml')
                self.check_none(self.url + 'p.png', reason)

    def test_an_endless_one_is_left_out(self):
        self.feed('endless.png')
        self.draw(self.url + 'feed.xml')
        self.check_none('endless.png', 'too large')

    def test_one_that_is_not_there_is_left_out(self):
        self.feed('gone.png')
        self.draw(self.url + 'feed.xml')
        self.check_none('gone.png', 'not found')

    def test_marks_that_count_readers_are_none(self):
        self.write('p.png', png(STORY, 1, 1))
        self.feed('p.png')
        self.draw(self.url + 'feed.xml')
        self.assertEqual((self.count(STORY), self.lines), (0, []))

    def test_content_cannot_reach_into_the_network(self):
        """A feed may name a picture at its own address, and else only public ones."""
        other, url = self.serve()
        self.write('p.png', png(STORY, 600, 400))
        self.feed(url + 'p.png')
        self.draw(self.url + 'feed.xml')
        self.check_none(url + 'p.png', 'may not lead there')
        self.server.target = url + 'p.png'
        self.feed('moved.png')
        self.draw(self.url + 'feed.xml')
        self.check_none('moved.png', 'may not lead there')
        # Where the feed is a file no address is its own.
        self.draw(self.feed(self.url + 'p.png', 'local.xml'))
        self.check_none('p.png', 'may not lead there (a loopback address)')
        self.assertEqual(other.asked, [])
        self.assertNotIn('/p.png', [path for path, _ in self.server.asked])

    def configure(self, logo, **keys):
        self.feed('p.png')
        text = '[display]\nlogo = %s\n' % keys.pop('brand', '')
        text += '[source "Gazette"]\nurl = %sfeed.xml\nlan = yes\nlogo = %s\n' % (self.url, logo)
        text += ''.join('%s = %s\n' % key for key in keys.items())
        return ['-c', self.write('m.conf', text)]

    def test_logos(self):
        self.write('p.png', png(STORY, 600, 400))
        self.write('logo.png', png(LOGO, 200, 100))
        self.write('brand.png', png(BRAND, 100, 100))
        for logo in (self.path('logo.png'), self.url + 'logo.png'):
            with self.subTest(logo=logo):
                self.draw(*self.configure(logo, brand=self.path('brand.png')))
                self.check_story()
                # On the card at its top left, in the crawl, and beside the clock.
                self.assertGreater(self.count(LOGO, range(20, 90), range(0, W // 4)), 1000)
                self.assertGreater(self.count(LOGO, range(485, 535)), 500)
                self.assertGreater(self.count(BRAND, range(20, 90), range(W // 2, W)), 500)
        self.draw(*self.configure(self.path('none.png')))
        self.assertEqual(self.count(LOGO), 0)
        self.assertEqual(len(self.lines), 1, self.lines)
        self.assertIn('none.png: no such file', self.lines[0])
        self.assertGreater(self.count((255, 180, 84), range(20, 90), range(0, W // 4)), 1000)

    def test_a_logo_beside_the_samples(self):
        self.write('brand.png', png(BRAND, 100, 100))
        conf = self.write('m.conf', '[display]\nlogo = %s\n' % self.path('brand.png'))
        subprocess.run([MOTOGRAPH, '-c', conf, '--headless', '%dx%d' % (W, H), '--frames', '200',
                        '--screenshot', self.path('out.png')], check=True, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env=self.environment())
        self.raw = subprocess.run(['convert', self.path('out.png'), '-depth', '8', 'rgb:-'],
                                  stdout=subprocess.PIPE, check=True).stdout
        self.assertGreater(self.count(BRAND, range(20, 90), range(W // 2, W)), 500)

    def test_paced(self):
        """On the clock, as a screen has it: nothing waits for the picture."""
        self.write('p.png', png(STORY, 600, 400))
        self.feed('p.png')
        conf = self.write('m.conf', '[source "Gazette"]\nurl = %sfeed.xml\nlan = yes\n[lane "a"]\n'
                          'motion = card\narea = 0 0 100 100\nhold = 8s\n' % self.url)
        done = subprocess.run([MOTOGRAPH, '-c', conf, '--headless', '%dx%d' % (W, H), '--seconds',
                               '12', '--screenshot', self.path('out.png')], timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
                              env=self.environment())
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.raw = subprocess.run(['convert', self.path('out.png'), '-depth', '8', 'rgb:-'],
                                  stdout=subprocess.PIPE, check=True).stdout
        self.assertGreater(self.count(STORY), 40000)


if __name__ == '__main__':
    unittest.main()
