#!/usr/bin/python3
"""What a service manager hears and when, on a real NOTIFY_SOCKET: READY after a frame or on
waiting for a screen, signs of life only while frames come out and the worker turns; and the
unit that is shipped. $MOTOGRAPH names the binary, $SERVICE_HANG the shim that delays or hangs it."""
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
SERVICE_HANG = os.environ.get('SERVICE_HANG', '')
SERVICE = os.path.join(os.path.dirname(__file__), '..', '..', 'toolchain', 'service')
FEED = '''<rss version="2.0"><channel><title>Harbour Gazette</title>
<item><title>Ferry returns</title></item><item><title>Bridge opens early</title></item>
</channel></rss>'''
PATIENCE_S = 2  # of the watchdog: a sign each second
QUIET_S = 4     # twice that without one is silence


class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        with open(self.path('feed.xml'), 'w', encoding='utf-8') as f:
            f.write(FEED)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.bind(self.path('notify'))
        self.heard = []

    def path(self, name):
        return os.path.join(self.dir, name)

    def start(self, *words, **env):
        environment = {k: v for k, v in os.environ.items() if k not in (
            'DISPLAY', 'WAYLAND_DISPLAY', 'WATCHDOG_PID')}
        if SERVICE_HANG:
            environment.update(LD_PRELOAD=SERVICE_HANG, FIRST_FRAME=self.path('first'),
                               WORKER_HANG=self.path('trigger'),
                               ASAN_OPTIONS='verify_asan_link_order=0:detect_leaks=0')
        environment.update(NOTIFY_SOCKET=self.path('notify'), CACHE_DIRECTORY=self.path('cache'),
                           WATCHDOG_USEC=str(PATIENCE_S * 1000000), **env)
        process = subprocess.Popen([MOTOGRAPH, *words], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, encoding='utf-8')
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def x_server(self, display=None):
        """A real X server; with DISPLAY one of that number, else the next free."""
        server, server.display = lend_screen(self, '640x360', *([display] if display else []))
        self.addCleanup(server.send_signal, signal.SIGCONT)
        return server

    def listen(self, seconds):
        """All that is heard in so many seconds, a line each."""
        lines, end = self.heard, time.monotonic() + seconds
        self.heard = []
        while (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                lines += self.socket.recv(4096).decode().splitlines()
            except socket.timeout:
                break
        return lines

    def wait_for(self, wanted, seconds=30):
        """Listens until a line that begins with WANTED, a pattern."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            while self.heard:
                line = self.heard.pop(0)
                if re.match(wanted, line):
                    return
            self.socket.settimeout(left)
            try:
                self.heard += self.socket.recv(4096).decode().splitlines()
            except socket.timeout:
                break
        self.fail('%s was not heard' % wanted)

    def lit(self, display):
        raw = subprocess.run(['import', '-display', display, '-window', 'root', '-depth', '8',
                              'gray:-'], stdout=subprocess.PIPE, check=True,
                             stderr=subprocess.DEVNULL).stdout
        return sum(grey > 120 for grey in raw)

    def test_ready_after_a_frame_and_signs_while_frames_come_out(self):
        server = self.x_server()
        process = self.start('--fullscreen', self.path('feed.xml'), DISPLAY=server.display)
        self.wait_for('READY=1')
        self.assertTrue(os.path.exists(self.path('first')) or not SERVICE_HANG)
        self.assertGreater(self.lit(server.display), 100)  # the frame is there
        self.wait_for('STATUS=on air, 640x360, software; [1-9].* shown; 1 of 1 sources', 10)
        signs = self.listen(3).count('WATCHDOG=1')
        self.assertIn(signs, range(2, 5))  # one a second: seldom, but enough
        # Nobody takes the picture any more: the loop hangs in its present, the worker runs on.
        server.send_signal(signal.SIGSTOP)
        self.listen(1)
        self.assertNotIn('WATCHDOG=1', self.listen(QUIET_S))
        self.assertIsNone(process.poll())
        server.send_signal(signal.SIGCONT)
        self.wait_for('WATCHDOG=1', 5)
        process.send_signal(signal.SIGTERM)
        self.wait_for('STOPPING=1', 5)
        self.assertEqual(process.wait(timeout=10), 0)

    def test_no_screen_is_waited_for_and_taken_when_it_comes(self):
        display = ':%d' % (1000 + os.getpid() % 30000)  # nobody else's
        process = self.start('--fullscreen', self.path('feed.xml'), DISPLAY=display,
                             SDL_VIDEODRIVER='x11')
        self.wait_for('READY=1')
        self.wait_for('STATUS=waiting for a screen; 0 headlines shown; 1 of 1', 10)
        self.assertGreaterEqual(self.listen(3).count('WATCHDOG=1'), 2)
        self.x_server(display)
        self.wait_for('STATUS=on air, 640x360', 10)
        self.assertGreater(self.lit(display), 100)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=10), 0)

    def hang(self, word):
        """Signs heard after eleven minutes in which the worker turned, or hung."""
        process = self.start('--headless', '320x180', self.path('feed.xml'), 'http://127.0.0.1:9/')
        self.wait_for('WATCHDOG=1')
        with open(self.path('new'), 'w', encoding='utf-8') as f:
            f.write(word)
        os.rename(self.path('new'), self.path('trigger'))
        self.listen(2)
        lines = self.listen(QUIET_S)
        process.send_signal(signal.SIGTERM)
        self.wait_for('STOPPING=1', 5)  # the main loop lived all the while
        process.wait(timeout=10)
        return lines.count('WATCHDOG=1'), process.stderr.read()

    @unittest.skipUnless(SERVICE_HANG, 'SERVICE_HANG is not set')
    def test_a_worker_that_hangs_ends_the_signs(self):
        signs, log = self.hang('hang')
        self.assertEqual(signs, 0)
        self.assertEqual(log.count('the worker hangs'), 1, log)

    @unittest.skipUnless(SERVICE_HANG, 'SERVICE_HANG is not set')
    def test_a_worker_that_turns_does_not(self):
        signs, log = self.hang('go')
        self.assertGreaterEqual(signs, 3)
        self.assertNotIn('the worker hangs', log)

    def unit(self):
        """The shipped unit, made to name a program that is there."""
        with open(os.path.join(SERVICE, 'motograph.service'), encoding='utf-8') as f:
            text = f.read()
        with open(self.path('motograph.service'), 'w', encoding='utf-8') as f:
            f.write(text.replace('/usr/bin/motograph', os.path.abspath(MOTOGRAPH)))
        return text

    def analyze(self, *words):
        if not shutil.which('systemd-analyze') and not os.environ.get('MOTOGRAPH_ALL'):
            self.skipTest('systemd-analyze is not installed')
        return subprocess.run(['systemd-analyze', *words, self.path('motograph.service')],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                              encoding='utf-8', env=dict(os.environ, SYSTEMD_COLORS='0'))

    def exposure(self):
        done = self.analyze('security', '--offline=true')
        return float(re.search(r'level for motograph.service: ([\d.]+)', done.stdout).group(1))

    def test_the_unit_is_right_and_shut_tight(self):
        text = self.unit()
        done = self.analyze('verify', '--man=no')
        self.assertEqual((done.returncode, done.stdout), (0, ''))
        self.assertLessEqual(self.exposure(), 1.5)
        # It never gives up, and is quick: systemd would after five starts in ten seconds.
        for line in ('Restart=always', 'RestartSec=200ms', 'StartLimitIntervalSec=0'):
            self.assertIn(line, text.splitlines())

    def test_what_is_added_to_the_unit_opens_it_no_further_than_it_must(self):
        boot = os.path.join(SERVICE, '..', 'boot')
        for name, most in (('cec', 1.5), ('backlight', 1.7), ('motograph-card', 1.7)):
            with self.subTest(name):
                self.unit()
                source = os.path.join(boot if name.startswith('motograph') else SERVICE, name + '.conf')
                with open(source, encoding='utf-8') as f:
                    text = f.read().replace('/usr/bin/motograph', os.path.abspath(MOTOGRAPH))
                os.makedirs(self.path('motograph.service.d'), exist_ok=True)
                # One name for all, so that each takes the place of the one before.
                with open(self.path('motograph.service.d/10.conf'), 'w', encoding='utf-8') as f:
                    f.write(text)
                done = self.analyze('verify', '--man=no')
                self.assertEqual((done.returncode, done.stdout), (0, ''))
                self.assertLessEqual(self.exposure(), most)


if __name__ == '__main__':
    unittest.main()
