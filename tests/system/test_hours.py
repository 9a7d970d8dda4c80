#!/usr/bin/python3
"""The hours of the display with the real program: off, the picture is black and nothing airs; breaking
news wakes it while it lives; a changed timetable counts at once; the time of day rules, wherever the
clock is put (libfaketime, package faketime).

    MOTOGRAPH     path of the program
    REAL_SLEEP    path of the library that lets it sleep under libfaketime
"""
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

from xscreen import lend_screen

MOTOGRAPH = os.path.abspath(os.environ.get('MOTOGRAPH', 'build/motograph'))
REAL_SLEEP = os.environ.get('REAL_SLEEP', '')
FAKETIME = sorted(glob.glob('/usr/lib/*/faketime/libfaketimeMT.so.1'))
CONF = """[source "Door"]
url = %s/news
[lane "line"]
area = 0 80 100 20
speed = 3000 px/s
[display]
timezone = UTC
[web]
listen = 127.0.0.1:%d
[power]
method = black
"""


def hours(*minutes):
    """An entry of [power] on from so many minutes from now until so many."""
    return 'on = daily ' + '-'.join(
        time.strftime('%H:%M', time.gmtime(time.time() + 60 * m)) for m in minutes) + '\n'


class HoursTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        for folder in ('news', 'state'):
            os.mkdir(self.path(folder))
        self.write('news/a.txt', 'Ferry returns\nBridge opens early\n')
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path('.new'), 'w', encoding='utf-8') as f:
            f.write(text)
        os.replace(self.path('.new'), self.path(name))

    def configure(self, on):
        self.write('m.conf', CONF % (self.dir, self.port) + on)

    def start(self, *words, **more):
        env = {k: v for k, v in os.environ.items()
               if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET')}
        env.update(CACHE_DIRECTORY='', STATE_DIRECTORY=self.path('state'), TZ='UTC', **more)
        self.err = open(self.path('err'), 'w+', encoding='utf-8')
        self.addCleanup(self.err.close)
        self.process = subprocess.Popen(
            [MOTOGRAPH, *(words or ('--headless', '640x360')), '-c', self.path('m.conf'),
             '--stats', self.path('stats.json')],
            env=env, stdout=subprocess.DEVNULL, stderr=self.err)
        self.addCleanup(self.process.wait, 10)
        self.addCleanup(self.process.kill)

    def log(self):
        with open(self.path('err'), encoding='utf-8') as f:
            return f.read()

    def until(self, what, seconds=15):
        """Waits for a condition."""
        deadline = time.monotonic() + seconds
        while not what():
            self.assertIsNone(self.process.poll(), self.log())
            self.assertLess(time.monotonic(), deadline, self.log())
            time.sleep(0.05)

    def said(self, what):
        return len(re.findall(what, self.log()))

    def get(self, where):
        with urllib.request.urlopen('http://127.0.0.1:%d%s' % (self.port, where), timeout=5) as got:
            return got.read()

    def post(self, where, body, method='POST'):
        with open(self.path('state/web-token'), encoding='utf-8') as f:
            token = f.read().strip()
        request = urllib.request.Request(
            'http://127.0.0.1:%d/api/%s' % (self.port, where), method=method,
            data=json.dumps(body).encode() if body else None,
            headers={'Authorization': 'Bearer ' + token})
        urllib.request.urlopen(request, timeout=5).close()

    def status(self):
        return json.loads(self.get('/api/status'))

    def is_on(self):
        return self.status()['display']['on']

    def brightest(self):
        """Of the picture that the page has, 0 to 255."""
        self.write('shot.png', '')
        with open(self.path('shot.png'), 'wb') as f:
            f.write(self.get('/screen.png'))
        told = subprocess.run(['convert', self.path('shot.png'), '-colorspace', 'gray', '-format',
                               '%[fx:int(255*maxima)]', 'info:'], capture_output=True, check=True)
        return int(told.stdout)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(10), 0, self.log())
        with open(self.path('stats.json'), encoding='utf-8') as f:
            return json.load(f)

    def aired(self):
        found = []
        for name in sorted(glob.glob(self.path('state/aired-*.jsonl'))):
            with open(name, encoding='utf-8') as f:
                found += [json.loads(line) for line in f]
        return found

    def test_off_nothing_airs_and_a_flash_wakes(self):
        self.configure(hours(120, 240))
        self.start()
        self.until(lambda: self.said('the display is off until .*: the picture is black'))
        self.until(lambda: self.said('web page is on'))
        self.until(lambda: self.status()['sources']['ok'] == 1)  # fetching goes on
        status = self.status()
        self.assertFalse(status['display']['on'])
        self.assertRegex(status['display']['text'], r'^off until \d\d:\d\d$')
        self.assertEqual(status['frames'], 0)
        self.assertEqual(self.brightest(), 0)

        self.post('flash', {'text': 'Evacuate the building', 'id': 'fire'})
        self.until(lambda: self.said('the display is on: breaking news'))
        self.until(lambda: self.status()['display']['text'] == 'on')
        self.until(lambda: self.brightest() > 100)
        self.until(lambda: self.status()['headlines_aired'] > 0)
        self.post('flash/fire', None, 'DELETE')
        self.until(lambda: not self.is_on())
        self.until(lambda: self.brightest() == 0)
        aired = self.status()['headlines_aired']
        time.sleep(0.5)
        stats = self.stop()
        self.assertEqual(stats['headlines_aired'], aired)

    def test_a_night_leaves_no_trace(self):
        self.configure(hours(120, 240))
        self.start('--headless', '640x360', '--screenshot', self.path('last.png'))
        self.until(lambda: self.said('the display is off') and self.said('web page is on'))
        self.until(lambda: self.status()['sources']['ok'] == 1)
        time.sleep(0.5)
        stats = self.stop()
        self.assertEqual((stats['frames'], stats['headlines_aired']), (0, 0))
        self.assertEqual(stats['aired']['headlines'], 0)
        self.assertEqual(self.aired(), [])
        told = subprocess.run(['convert', self.path('last.png'), '-format', '%[fx:maxima]', 'info:'],
                              capture_output=True, check=True)
        self.assertEqual(float(told.stdout), 0)

    def test_a_changed_timetable_counts_at_once(self):
        self.configure('')
        self.start()
        self.until(lambda: self.said('web page is on'))
        self.until(lambda: self.status()['headlines_aired'] > 0)
        self.configure(hours(120, 240))
        self.process.send_signal(signal.SIGHUP)
        self.until(lambda: self.said('the display is off'))
        self.until(lambda: self.brightest() == 0)
        self.configure(hours(-60, 240))
        self.process.send_signal(signal.SIGHUP)
        self.until(lambda: self.said('the display is on'))
        self.until(lambda: self.brightest() > 100)
        self.stop()
        self.assertEqual(self.said('next start'), 0)
        for record in self.aired():
            self.assertLessEqual(record['at'], record['until'])

    def test_by_the_clock(self):
        if not FAKETIME or not REAL_SLEEP:
            self.skipTest('libfaketime (package faketime) is not installed')
        self.configure('on = Mon-Fri 06:30-22:00\non = Sat 23:00-02:00\n')
        with open(self.path('m.conf'), 'r+', encoding='utf-8') as f:
            text = f.read().replace('timezone = UTC', 'timezone = Europe/Berlin')
            f.seek(0)
            f.write(text)
        self.move('2026-03-27 05:29:58')  # Friday in winter: UTC+1
        self.start(LD_PRELOAD=REAL_SLEEP + ' ' + FAKETIME[0], NO_FAKE_STAT='1',
                   FAKETIME_TIMESTAMP_FILE=self.path('offset'), FAKETIME_NO_CACHE='1',
                   FAKETIME_DONT_FAKE_MONOTONIC='1',
                   ASAN_OPTIONS='verify_asan_link_order=0:detect_leaks=0')
        turns = [  # UTC: whether it is on then, and what is said
            ('2026-03-27 20:59:57', 'off until Sat 23:00'),
            ('2026-03-28 21:59:57', 'on'),
            ('2026-03-29 00:00:30', None),  # Sunday 1:00, still on
            ('2026-03-29 00:59:57', 'off until Mon 06:30'),  # 2:00 is left out: 3:00 summer time
            ('2026-03-30 04:29:57', 'on'),  # 6:30, now UTC+2
            ('1970-01-01 00:00:10', None),  # unknown: on
            ('2026-03-30 03:00:00', 'off until 06:30'),  # put back
            ('1970-01-01 00:00:10', 'on'),
        ]
        self.until(lambda: self.said('the display is off until 06:30') and self.said('web page is on'))
        self.until(self.is_on)
        for when, what in turns:
            self.move(when)
            if what is None:  # as before
                time.sleep(2.5)
                self.assertTrue(self.is_on(), when)
                continue
            self.until(lambda w=what: self.status()['display']['text'] == w)
            at = calendar_of(self.status()['at'][:19].replace('T', ' '))
            self.assertIn(at - calendar_of(when), range(0, 8), when)
        self.stop()

    def move(self, when):
        """The wall clock stands at WHEN and goes on."""
        ahead = int(calendar_of(when) - time.time())
        self.write('offset', '%+d\n' % ahead)

    def test_on_a_real_display(self):
        from Xlib import X, display as xdisplay
        _, name = lend_screen(self, '800x450')
        display = xdisplay.Display(name)
        self.addCleanup(display.close)
        root = display.screen().root

        def brightest():
            data = root.get_image(0, 0, 800, 450, X.ZPixmap, 0xffffff).data
            return max(max(data[i:i + 3]) for i in range(0, len(data), 4))

        self.configure(hours(120, 240))
        self.start('--fullscreen', DISPLAY=name)
        self.until(lambda: self.said('the display is off') and self.said('web page is on'))
        self.assertEqual(brightest(), 0)
        self.post('flash', {'text': 'Evacuate the building', 'id': 'fire'})
        self.until(lambda: brightest() > 150)
        self.post('flash/fire', None, 'DELETE')
        self.until(lambda: not self.is_on())
        self.until(lambda: brightest() == 0)
        # What lay over the window goes away again: black, not whatever was there.
        over = root.create_window(100, 100, 200, 200, 0, display.screen().root_depth,
                                  background_pixel=0xffffff, override_redirect=1)
        over.map()
        display.sync()
        self.until(lambda: brightest() == 255)
        over.destroy()
        display.sync()
        self.until(lambda: brightest() == 0)
        self.stop()


def calendar_of(when):
    import calendar
    return calendar.timegm(time.strptime(when, '%Y-%m-%d %H:%M:%S'))


if __name__ == '__main__':
    unittest.main()
