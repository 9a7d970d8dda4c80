#!/usr/bin/python3
"""`motograph check`: all faults of a configuration and, with --online, how each source does, against
real servers on loopback. The binary is named by $MOTOGRAPH."""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faultserver  # noqa: E402

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')

FAULTY = '''key = early
[display]
theme = nigth
rotation = 45
safe-area = 90
[lane "a"]
area = 0 0 200 10
motion = crwal
speed = 900 wpm
[sauce "x"]
anything = here
[source "World"]
url = http://h.test/
every = 1s
weigth = 2
colour = red
include = regex:(
no equals sign
[source "Empty"]
[flash]
expires = soon
[log]
level = loud
'''
# Line and what is said of it, in this order.
FAULTS = [
    (1, 'outside a section'), (3, 'did you mean "night"?'), (4, 'allowed: 0, 90, 180, 270'),
    (5, '0 to 25 per cent'), (7, 'within the screen'), (8, 'did you mean "crawl"?'),
    (10, 'did you mean [source]?'), (14, '10s to 30d'), (15, 'did you mean "weight"?'),
    (16, '#RGB'), (18, "line without '='"), (19, 'ends without a URL'), (21, 'in s, m, h or d'),
    (23, 'allowed: error, warning, info, debug'), (6, 'hard to read'), (17, 'regex'),
]


class CheckTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = faultserver.Server(40)
        cls.server.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        os.mkdir(self.path('state'))

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path(name), 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return self.path(name)

    def check(self, *words, timeout=60):
        env = {**os.environ, 'STATE_DIRECTORY': self.path('state')}
        done = subprocess.run([MOTOGRAPH, 'check', *words], env=env, timeout=timeout,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding='utf-8')
        self.assertNotIn('Sanitizer', done.stderr)
        return done

    def test_all_faults_are_told_with_their_lines(self):
        conf = self.write('m.conf', FAULTY)
        done = self.check('-c', conf)
        self.assertEqual(done.returncode, 2)
        lines = [line for line in done.stdout.splitlines() if line.startswith(conf + ':')]
        told = [(int(line[len(conf) + 1:].split(':')[0]), line) for line in lines]
        self.assertEqual([n for n, _ in told], [n for n, _ in FAULTS], done.stdout)
        for (_, line), (_, words) in zip(told, FAULTS):
            self.assertIn(words, line)

    def test_what_help_prints_is_a_configuration_without_a_fault(self):
        printed = subprocess.run([MOTOGRAPH, 'help', 'config'], stdout=subprocess.PIPE, check=True)
        conf = self.write('m.conf', printed.stdout)
        done = self.check('-c', conf)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn('no faults', done.stdout)
        with open('assets/motograph.conf', 'rb') as f:
            self.assertEqual(f.read(), printed.stdout)
        # Every section and key stands in it, commented where it would be one source more.
        text = printed.stdout.decode()
        for word in ('[display]', '[lane "NAME"]', '[source "NAME"]', '[desk]', '[flash]', '[cache]',
                     '[power]', '[web]', '[mqtt]', '[log]', 'pixel-shift = on', ';ca-file =',
                     'keep-newest = 3', 'aired = 7d'):
            self.assertIn(word, text)

    def test_what_the_web_page_saved_is_checked_too(self):
        conf = self.write('m.conf', '[source "a"]\nurl = http://h.test/\n')
        web = self.write('state/web.conf', '[source "b"]\nurl = http://i.test/\nexclude = regex:(\n')
        done = self.check('-c', conf)
        self.assertEqual(done.returncode, 2)
        self.assertIn(web + ':3: ', done.stdout)

    def test_every_source_is_fetched_and_told_of(self):
        self.write('file.xml', faultserver.feed('Filed', 2))
        self.write('old.xml', '<rss version="2.0"><channel><title>t</title><item><title>Old news'
                   '</title><pubDate>Tue, 01 Oct 2019 10:00:00 GMT</pubDate></item></channel></rss>')
        self.write('latin.xml', '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0">'
                   '<channel><title>t</title><item><title>Ol\xe9</title></item></channel></rss>'
                   .encode('latin-1'))
        os.mkdir(self.path('folder'))
        self.write('folder/one.txt', 'A line\n')
        self.write('folder/two.txt', 'Another\n')
        base = self.server.port
        expected = [
            ('/good', 'HTTP 200, rss, UTF-8, 3 headlines, without dates (', ''),
            ('/gzip', 'HTTP 200, rss, UTF-8, gzip, 3 headlines', ''),
            ('/same', '3 headlines', '/good ('),
            ('/offers', "HTTP 200, rss", "the page's feed http://127.0.0."),
            ('/404', 'not found (HTTP 404): check the address', ''),
            ('/500', 'the server has a fault (HTTP 500)', ''),
            ('/tofile', 'redirect refused', ''),
            ('/page', 'a web page, not a feed', ''),
            ('/nothttp', 'the answer is not HTTP', ''),
            ('/bomb', '3 headlines', 'longer than 8 MiB'),
            ('/many', '500 headlines', ''),
            (self.path('file.xml'), 'rss, UTF-8, 2 headlines', ''),
            (self.path('old.xml'), '1 headline, newest ', ' days old'),
            (self.path('latin.xml'), 'rss, windows-1252, 1 headline', ''),
            (self.path('folder'), 'a folder of 2 files, 2 headlines', ''),
            (self.path('missing.xml'), 'no such file', ''),
        ]
        text = ''
        for i, (place, _, _) in enumerate(expected):
            web = not place.startswith(self.dir)
            url = 'http://127.0.0.%d:%d%s' % (i + 1, base, place) if web else place
            text += '[source "s%d"]\nurl = %s\nlan = yes\n' % (i, url)
        conf = self.write('m.conf', text)
        done = self.check('-c', conf, '--online')
        lines = [line for line in done.stdout.splitlines() if line.startswith('online: ')]
        self.assertEqual(len(lines), len(expected), done.stdout)
        for i, (line, (_, first, second)) in enumerate(zip(lines, expected)):
            self.assertTrue(line.startswith('online: s%d (' % i), line)
            self.assertIn(first.lower(), line.lower())
            self.assertIn(second, line)
            self.assertRegex(line, r'\(\d+ ms\)$')
        self.assertEqual(done.returncode, 2)
        # With only what works: no fault.
        good = self.write('good.conf', '[source "f"]\nurl = %s\n' % self.path('file.xml'))
        self.assertEqual(self.check('-c', good, '--online').returncode, 0)

    def test_secrets_and_colours_are_not_printed(self):
        conf = self.write('m.conf', '[source "s"]\nurl = http://me:secret@127.0.0.1:%d/good\n'
                          'lan = yes\n' % self.server.port)
        done = self.check('-c', conf, '--online')
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn('secret', done.stdout + done.stderr)

    def test_silent_servers_do_not_hold_it_for_ever(self):
        text = ''.join('[source "s%d"]\nurl = http://127.0.0.%d:%d/silent\nlan = yes\n' % (
            n, n, self.server.port) for n in range(1, 4))
        began = time.monotonic()
        done = self.check('-c', self.write('m.conf', text), '--online', timeout=60)
        self.assertLess(time.monotonic() - began, 45)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout.count('no answer came'), 3, done.stdout)


if __name__ == '__main__':
    unittest.main(verbosity=2)
