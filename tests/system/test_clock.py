#!/usr/bin/python3
"""The wall clock that is wrong at first and set later, and that steps: under libfaketime (package faketime),
which moves it for the program alone, and with the kernel's own word that the clock was set.

    MOTOGRAPH     path of the program
    REAL_SLEEP    path of the library that lets it sleep under libfaketime
"""
import ctypes
import glob
import json
import os
import queue
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faultserver  # noqa: E402

MOTOGRAPH = os.path.abspath(os.environ.get('MOTOGRAPH', 'build/motograph'))
REAL_SLEEP = os.environ.get('REAL_SLEEP', '')
FAKETIME = sorted(glob.glob('/usr/lib/*/faketime/libfaketimeMT.so.1'))
CONF = """[source "Local"]
url = %s/local.txt
[source "Wire"]
url = https://127.0.0.1:%d/good
every = 10s
lan = yes
ca-file = %s
[lane "line"]
area = 0 80 100 20
speed = 3000 px/s
label = source
"""


def nudge_clock():
    """Sets the system's clock a microsecond ahead and back again. False where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    for seconds, microseconds in ((0, 1), (-1, 999999)):
        timex = (ctypes.c_long * 32)()
        timex[0] = 0x100  # ADJ_SETOFFSET; the fields stand as longs where a long has 64 bits
        timex[9], timex[10] = seconds, microseconds
        if ctypes.sizeof(ctypes.c_long) != 8 or libc.adjtimex(timex) < 0:
            return False
    return True


class Server(faultserver.Server):
    """Counts connections, also those that end before a request."""
    tries = 0

    def connection(self, sock, address):
        self.tries += 1
        super().connection(sock, address)


class ClockTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        cert, key = self.path('cert.pem'), self.path('key.pem')
        made = subprocess.run(
            ['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '20000',
             '-keyout', key, '-out', cert, '-subj', '/CN=fault', '-addext',
             'subjectAltName=IP:127.0.0.1'], capture_output=True, check=False)
        if made.returncode:
            self.skipTest('openssl cannot make a certificate')
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        self.server = Server(1, context)
        self.server.start()
        self.addCleanup(self.server.stop)
        self.write('local.txt', 'Notice on the door\nLibrary closed on Friday\n')
        self.config(cert)

    def config(self, cert):
        self.write('m.conf', CONF % (self.dir, self.server.port, cert))

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path(name + '.new'), 'w', encoding='utf-8') as f:
            f.write(text)
        os.replace(self.path(name + '.new'), self.path(name))

    def start(self, offset=None):
        """The program, headless; OFFSET moves its wall clock, as move() does later."""
        env = {k: v for k, v in os.environ.items()
               if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET')}
        env.update(CACHE_DIRECTORY='', STATE_DIRECTORY=self.path('state'), TZ='UTC')
        if offset is not None:
            if not FAKETIME or not REAL_SLEEP:
                self.skipTest('libfaketime (package faketime) is not installed')
            self.move(offset)
            env.update(LD_PRELOAD=REAL_SLEEP + ' ' + FAKETIME[0], NO_FAKE_STAT='1',
                       FAKETIME_TIMESTAMP_FILE=self.path('offset'), FAKETIME_NO_CACHE='1',
                       FAKETIME_DONT_FAKE_MONOTONIC='1',
                       ASAN_OPTIONS='verify_asan_link_order=0:detect_leaks=0')
        self.err = open(self.path('err'), 'w+', encoding='utf-8')
        self.addCleanup(self.err.close)
        self.process = subprocess.Popen(
            [MOTOGRAPH, '--headless', '640x360', '-c', self.path('m.conf'), '--stats',
             self.path('stats.json')], env=env, stdout=subprocess.PIPE, stderr=self.err,
            encoding='utf-8')
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait, 10)
        self.addCleanup(self.process.kill)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout],
                         daemon=True).start()

    def move(self, offset):
        self.write('offset', offset + '\n')

    def wait_for(self, what, seconds):
        """The next line that holds WHAT; how long it took."""
        began = time.monotonic()
        try:
            while True:
                line = self.lines.get(timeout=max(0, began + seconds - time.monotonic()))
                if re.search(what, line):
                    return line, time.monotonic() - began
        except queue.Empty:
            with open(self.path('err'), encoding='utf-8') as f:
                self.fail('no %s within %d s: %s' % (what, seconds, f.read()))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(10), 0)
        with open(self.path('stats.json'), encoding='utf-8') as f:
            return json.load(f)

    def said(self, what):
        with open(self.path('err'), encoding='utf-8') as f:
            return len(re.findall(what, f.read()))

    def until_said(self, what, seconds=10):
        deadline = time.monotonic() + seconds
        while not self.said(what):
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.05)

    def test_a_start_in_1970(self):
        self.start('-56y')
        line, _ = self.wait_for('Notice', 10)
        self.assertTrue(line.startswith('197'), line)
        self.until_said('not yet valid')
        self.move('+0')
        # Without the step it would be 30 s until the next try, give or take 3.
        self.wait_for('Fault Feed headline', 15)
        line, _ = self.wait_for('Library', 10)
        self.assertTrue(line.startswith('20'), line)
        self.stop()
        with open(self.path('state/aired-1.jsonl'), encoding='utf-8') as f:
            aired = [json.loads(line) for line in f]
        for record in aired:  # none of them lasted for 56 years
            self.assertEqual(record['at'][:2], record['until'][:2])

    def test_steps(self):
        self.start('+0')
        self.wait_for('Fault Feed', 15)
        began = time.monotonic()
        steps = ['+1s', '-1s', '+1h', '-1h', '+1d', '-1d', '+10y', '-10y', '+0']
        for step in steps:
            self.move(step)
            self.wait_for('Fault Feed', 8)  # it goes on, and what was on air stays
            self.wait_for('Notice', 8)
        seconds = time.monotonic() - began
        asked = self.server.count('/good')
        # Every 10 s, less a tenth; a retry more for each step over a minute where TLS had failed.
        self.assertLessEqual(asked, seconds / 9 + 2 + 6)
        stats = self.stop()
        self.assertEqual(stats['sources'], {'ok': 2, 'failed': 0})
        for lane in stats['aired']['lanes'].values():
            self.assertTrue(0 < lane['seconds'] < 100 * stats['seconds'], stats['aired'])

    def test_ten_years_later_headlines_stay(self):
        """Old by the clock as all now is: what was on air goes on, or counts anew."""
        self.start('+0')
        self.wait_for('Fault Feed', 15)
        self.move('+10y')
        for _ in range(3):
            self.wait_for('Fault Feed', 8)
        self.stop()

    def test_the_kernel_tells(self):
        self.config('/etc/ssl/certs/ca-certificates.crt')
        self.start()
        self.until_said('no secure connection')
        before = self.server.tries
        self.assertGreaterEqual(before, 1)
        time.sleep(0.5)
        if not nudge_clock():
            self.skipTest('the clock may not be set here')
        deadline = time.monotonic() + 3  # instead of 30
        while self.server.tries == before:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        self.stop()


if __name__ == '__main__':
    unittest.main()
