#!/usr/bin/python3
"""The aired log of the whole program: what it holds, where it is kept and where not, half lines, full
disks. The binary is named by $MOTOGRAPH."""
import calendar
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from xscreen import lend_screen

MOTOGRAPH = os.path.abspath(os.environ.get('MOTOGRAPH', 'build/motograph'))
TITLES = ['Ferry "returns" \\ after three days', 'Bridge {opens}: 1 < 2', 'גשר נפתח', 'Tide\u2028at nine']
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Gazette</title>%s</channel></rss>'
CONF = """[source "Gazette"]
url = %s
[lane "line"]
area = 0 80 100 20
speed = 900 px/s
[lane "big"]
area = 0 0 100 80
motion = flip
hold = 1s
"""


class AiredTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.state = self.path('state')
        items = ''.join('<item><title>%s</title><guid>%d</guid><link>https://example.org/%d?a=1&amp;'
                        'b="2"</link></item>' % (title.replace('<', '&lt;'), n, n)
                        for n, title in enumerate(TITLES))
        with open(self.path('feed.xml'), 'w', encoding='utf-8') as f:
            f.write(FEED % items)
        with open(self.path('m.conf'), 'w', encoding='utf-8') as f:
            f.write(CONF % self.path('feed.xml'))

    def path(self, name):
        return os.path.join(self.dir, name)

    def environment(self, **more):
        env = {k: v for k, v in os.environ.items()
               if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET', 'STATE_DIRECTORY')}
        return dict(env, HOME=self.path('home'), XDG_STATE_HOME=self.path('xdg'), **more)

    def run_it(self, *words, seconds=4, **more):
        done = subprocess.run([MOTOGRAPH, '--seconds', str(seconds), '--stats',
                               self.path('stats.json'), *words], timeout=60,
                              env=self.environment(**more), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def headless(self, seconds=4, **more):
        return self.run_it('--headless', '640x360', '-c', self.path('m.conf'), seconds=seconds,
                           STATE_DIRECTORY=self.state, **more)

    def lines(self, name='aired-1.jsonl'):
        with open(os.path.join(self.state, name), encoding='utf-8') as f:
            return f.read().splitlines()

    def test_it_holds_what_was_shown(self):
        began = time.time()
        done = self.headless()
        records = [json.loads(line) for line in self.lines()]
        shown = {}
        for record in records:
            self.assertEqual(list(record), ['at', 'until', 'lane', 'source', 'headline', 'id',
                                            'link'])
            at, until = (calendar.timegm(time.strptime(record[k], '%Y-%m-%dT%H:%M:%SZ'))
                         for k in ('at', 'until'))
            self.assertTrue(began - 2 <= at <= until <= time.time() + 1, record)
            lane = shown.setdefault(record['lane'], [0, 0])
            lane[0] += 1
            lane[1] += until - at
            n = int(record['id'])
            self.assertEqual(record['headline'], TITLES[n].replace('\u2028', ' '))
            self.assertEqual(record['link'], 'https://example.org/%d?a=1&b="2"' % n)
        self.assertEqual(set(shown), {'line', 'big'})
        # Every headline that was printed as it came has left by the end.
        printed = [line.split('\t')[2] for line in done.stdout.splitlines()]
        self.assertEqual(sorted(printed), sorted(record['headline'] for record in records))
        with open(self.path('stats.json'), encoding='utf-8') as f:
            aired = json.load(f)['aired']
        self.assertEqual((aired['headlines'], aired['lost']), (len(records), 0))
        for name, lane in aired['lanes'].items():
            self.assertEqual(lane['headlines'], shown[name][0])
            self.assertAlmostEqual(lane['seconds'], shown[name][1], delta=1.1 * shown[name][0])
        # A lane that shows one at a time shows no more than there is time.
        self.assertLess(aired['lanes']['big']['seconds'], 4.5)
        self.assertGreater(aired['lanes']['big']['seconds'], 2)
        self.assertAlmostEqual(aired['seconds'],
                               sum(lane['seconds'] for lane in aired['lanes'].values()), places=3)

    def test_the_next_run_ends_half_a_line(self):
        os.mkdir(self.state)
        whole = '{"at":"%s"}' % time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())
        with open(os.path.join(self.state, 'aired-3.jsonl'), 'w', encoding='utf-8') as f:
            f.write(whole + '\n{"at":"2026-1')
        self.headless(seconds=2)
        lines = self.lines('aired-3.jsonl')
        self.assertEqual(lines[:2], [whole, '{"at":"2026-1'])
        self.assertTrue(len(lines) > 2 and all(json.loads(line) for line in lines[2:]))
        self.assertEqual(os.listdir(self.state), ['aired-3.jsonl'])

    def test_a_killed_run_leaves_whole_lines_or_none(self):
        process = subprocess.Popen([MOTOGRAPH, '--headless', '640x360', '-c', self.path('m.conf')],
                                   env=self.environment(STATE_DIRECTORY=self.state),
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(4):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait(10)
        self.headless(seconds=1)
        self.assertTrue(all(json.loads(line) for line in self.lines()))

    def test_a_full_disk_is_said_once(self):
        os.mkdir(self.state)
        mount = ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', self.state]
        if os.getuid() or subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
            self.skipTest('no tmpfs can be mounted here')
        self.addCleanup(subprocess.run, ['umount', self.state], check=True)
        filler = os.path.join(self.state, 'filler')
        with open(filler, 'wb', buffering=0) as f:
            try:
                while True:
                    f.write(bytes(4096))
            except OSError:
                pass
        done = self.headless(seconds=2)
        self.assertEqual(done.stderr.count('No space left on device (tmpfs, mounted on %s): what airs '
                                           'cannot be' % os.path.realpath(self.state)), 1)
        self.assertGreater(len(done.stdout), 0)
        os.unlink(filler)
        done = self.headless(seconds=2)
        self.assertEqual(done.stderr, '')
        self.assertTrue(all(json.loads(line) for line in self.lines()))

    def test_where_nothing_can_be_written(self):
        done = self.run_it('--headless', '640x360', self.path('feed.xml'), seconds=1,
                           STATE_DIRECTORY='/proc/none')
        self.assertEqual(done.stderr.count('what airs is not written down'), 1)

    def test_what_is_tried_out_leaves_no_trace(self):
        self.run_it('--headless', '640x360', self.path('feed.xml'), seconds=1)
        self.run_it('--headless', '640x360', '-c', self.path('m.conf'), seconds=1)
        self.run_it('--headless', '640x360', '-c', self.path('m.conf'), '--at',
                    '2026-11-24T12:00:00Z', seconds=1, STATE_DIRECTORY=self.state)
        self.run_it('--headless', '640x360', seconds=1, STATE_DIRECTORY=self.state)  # samples
        for place in (self.state, self.path('xdg'), self.path('home')):
            self.assertFalse(os.path.exists(os.path.join(place, 'aired-1.jsonl')))
            self.assertFalse(os.path.exists(os.path.join(place, 'motograph')))

    def test_what_a_screen_shows_is_kept(self):
        _, display = lend_screen(self, '640x360')
        self.run_it('-c', self.path('m.conf'), seconds=2, DISPLAY=display)
        self.state = self.path('xdg/motograph')
        self.assertTrue([json.loads(line) for line in self.lines()])
        with open(self.path('m.conf'), 'a', encoding='utf-8') as f:
            f.write('[log]\naired = 0s\n')
        self.run_it('-c', self.path('m.conf'), seconds=1, DISPLAY=display)
        self.assertEqual(os.listdir(self.state), [])


if __name__ == '__main__':
    unittest.main()
