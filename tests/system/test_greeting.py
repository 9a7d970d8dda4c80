#!/usr/bin/python3
"""What a board says of itself on its screen, on a real X server: where it is to be reached, for a while
after a boot and no longer, and what was wrong with its files until the first headline. $MOTOGRAPH names
the binary, $FRESH_BOOT the shim that says that the machine has just booted. The code is scanned."""
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from xscreen import lend_screen

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
FRESH_BOOT = os.environ.get('FRESH_BOOT', '')
FEED = '''<rss version="2.0"><channel><title>Harbour Gazette</title>
<item><title>Ferry returns after three days of storm</title></item>
<item><title>Bridge opens two weeks early after a mild winter</title></item></channel></rss>'''
PATIENCE_S = 40


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


@unittest.skipUnless(shutil.which('Xvfb') and FRESH_BOOT, 'needs Xvfb and FRESH_BOOT')
class GreetingTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.write('feed.xml', FEED)
        self.port = free_port()

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write(text)

    def start(self, w, h, display='', listen='0.0.0.0:%d', url='feed.xml', fresh=True, **env):
        _, self.display = lend_screen(self, '%dx%d' % (w, h))
        listen = listen % self.port if '%' in listen else listen
        self.write('board.conf', '[display]\n%s\n[web]\nlisten = %s\n[source "Harbour Gazette"]\n'
                   'url = %s\n' % (display, listen, self.path(url)))
        environment = dict(os.environ, DISPLAY=self.display, STATE_DIRECTORY=self.dir,
                           CACHE_DIRECTORY='', **env)
        if fresh:
            environment.update(LD_PRELOAD=FRESH_BOOT,
                               ASAN_OPTIONS='verify_asan_link_order=0:detect_leaks=0')
        self.log = open(self.path('log'), 'w+', encoding='utf-8')
        self.addCleanup(self.log.close)
        process = subprocess.Popen([MOTOGRAPH, '-c', self.path('board.conf'), '--fullscreen'],
                                   env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=self.log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def codes(self):
        """What a telephone reads from the screen."""
        subprocess.run(['import', '-display', self.display, '-window', 'root',
                        self.path('screen.png')], check=True, stderr=subprocess.DEVNULL)
        return subprocess.run(['zbarimg', '-q', '--raw', self.path('screen.png')],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              encoding='utf-8').stdout.split()

    def lit(self):
        """Bright px of the screen."""
        raw = subprocess.run(['import', '-display', self.display, '-window', 'root', '-depth', '8',
                              'gray:-'], stdout=subprocess.PIPE, check=True,
                             stderr=subprocess.DEVNULL).stdout
        return sum(grey > 150 for grey in raw)

    def await_(self, test):
        end = time.monotonic() + PATIENCE_S
        while not (found := test()):
            self.assertLess(time.monotonic(), end, self.said())
            time.sleep(0.3)
        return found

    def own_address(self):
        """By which others reach this machine; skips where it is in no network."""
        said = subprocess.run(['hostname', '-I'], stdout=subprocess.PIPE, encoding='utf-8').stdout
        if not re.search(r'\d+\.\d+\.\d+\.\d+', said):
            self.skipTest('this machine has no address')
        return said.split()

    @unittest.skipUnless(shutil.which('zbarimg'), 'zbarimg is not installed')
    def test_code_scans_and_goes(self):
        addresses = self.own_address()
        for w, h, display in ((1280, 720, ''), (480, 800, ''), (800, 480, 'rotation = 90')):
            process = self.start(w, h, display, MOTOGRAPH_BOARD='7')
            code = self.await_(self.codes)
            match = re.fullmatch(r'http://([\d.]+):(\d+)', code[0])
            self.assertTrue(match, code)
            self.assertIn(match.group(1), addresses)
            self.assertEqual(int(match.group(2)), self.port)
            self.await_(lambda: not self.codes())
            self.assertGreater(self.lit(), 500)  # the news went on
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=PATIENCE_S), 0)

    @unittest.skipUnless(shutil.which('zbarimg'), 'zbarimg is not installed')
    def test_none_where_nobody_booted_or_nobody_can_come(self):
        self.own_address()
        for fresh, listen in ((False, '0.0.0.0:%d'), (True, '127.0.0.1:%d')):
            process = self.start(800, 480, listen=listen, fresh=fresh, MOTOGRAPH_BOARD='60')
            self.await_(lambda: self.lit() > 1000)
            end = time.monotonic() + 3
            while time.monotonic() < end:
                self.assertEqual(self.codes(), [])
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=PATIENCE_S), 0)

    def test_notes_are_shown_until_the_first_headline(self):
        """The fault is on the title card: more is lit than without it, until a headline comes."""
        heard = {}
        for notes in ('', 'network.txt:3: unknown key "pasword"; allowed: wifi, password\r\n\r\n'):
            self.write('notes', notes)
            process = self.start(800, 480, url='late.txt', MOTOGRAPH_NOTES=self.path('notes'))
            self.await_(lambda: self.lit() > 1000)
            time.sleep(1)
            heard[notes] = self.lit()
            if notes:
                self.assertIn('network.txt:3: unknown key "pasword"; allowed: wifi', self.said())
                self.write('late.txt', 'Ferry returns\n')
                process.send_signal(signal.SIGHUP)
            else:
                process.send_signal(signal.SIGTERM)
                self.assertEqual(process.wait(timeout=PATIENCE_S), 0)
        self.assertGreater(heard[notes], heard[''] + 300)
        # Not there is no fault.
        os.unlink(self.path('notes'))
        process = self.start(800, 480, MOTOGRAPH_NOTES=self.path('notes'))
        self.await_(lambda: 'screen: x11' in self.said())
        self.assertNotIn('notes:', self.said())


if __name__ == '__main__':
    unittest.main()
