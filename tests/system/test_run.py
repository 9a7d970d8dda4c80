#!/usr/bin/python3
"""The whole program as a person runs it: `motograph run` headless and
without any screen, fed by a real web server. The binary is named by $MOTOGRAPH."""
import http.server
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')

FEED = b'''<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Gazette</title>
<link>http://localhost/</link><description>d</description>
<item><title>Ferry returns</title><guid>a</guid></item>
<item><title>Bridge opens early</title><guid>b</guid></item>
<item><title>Tide at nine</title><guid>c</guid></item></channel></rss>'''


# Source names with their headlines; the first two are read from right to left.
NEWS = {'קול הנמל': ['המעבורת חוזרת לשגרה אחרי 3 ימי סערה', 'הגשר "אלון" ייפתח מחר (מוקדם)'],
        'صوت الميناء': ['العبّارة تعود إلى الخدمة بعد عاصفة', 'شركة Aurora توظف 200 عامل'],
        'Gazette': ['Ferry returns after three days', 'Bridge opens early', 'Tide at nine']}


class Folder(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class RunTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        with open(self.path('feed.xml'), 'wb') as f:
            f.write(FEED)

    def path(self, name):
        return os.path.join(self.dir, name)

    def run_it(self, *words, env=None, timeout=60):
        environment = {k: v for k, v in os.environ.items()
                       if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET')}
        environment.update(env or {})
        return subprocess.run([MOTOGRAPH, *words], env=environment, timeout=timeout,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding='utf-8')

    def serve(self):
        server = http.server.ThreadingHTTPServer(
            ('127.0.0.1', 0), lambda *a: Folder(*a, directory=self.dir))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return 'http://127.0.0.1:%d/' % server.server_address[1]

    def stats(self):
        with open(self.path('stats.json'), encoding='utf-8') as f:
            return json.load(f)

    def picture(self, name):
        """The PNG as width, height and a function that gives a pixel's grey value."""
        raw = subprocess.run(['convert', self.path(name), '-depth', '8', 'gray:-'],
                             stdout=subprocess.PIPE, check=True).stdout
        size = subprocess.run(['identify', '-format', '%w %h', self.path(name)],
                              stdout=subprocess.PIPE, check=True).stdout.split()
        w, h = int(size[0]), int(size[1])
        return w, h, lambda x, y: raw[y * w + x]

    def lit(self, name, rows, above=120):
        w, _, grey = self.picture(name)
        return sum(grey(x, y) > above for y in rows for x in range(w))

    def test_headless_from_a_web_server(self):
        done = self.run_it('--headless', '--seconds', '3', '--stats', self.path('stats.json'),
                           '--screenshot', self.path('last.png'), self.serve() + 'feed.xml')
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [line.split('\t') for line in done.stdout.splitlines()]
        # The first one on the card and in the crawl.
        names = [line[1:] for line in lines]
        self.assertEqual(names[0], ['Harbour Gazette', 'Ferry returns'])
        self.assertEqual(names.count(['Harbour Gazette', 'Ferry returns']), 2)
        self.assertIn(['Harbour Gazette', 'Bridge opens early'], names)
        self.assertRegex(lines[0][0], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        stats = self.stats()
        # Every refresh of the three seconds was either drawn or counted as missed.
        self.assertGreaterEqual(stats['frames'] + sum(stats['missed'].values()), 174)
        self.assertEqual(stats['sources'], {'ok': 1, 'failed': 0})
        self.assertEqual(stats['headlines_aired'], len(lines))
        self.assertGreaterEqual(stats['first_headline_ms'], 0)
        for key in ('version', 'video_driver', 'renderer', 'width', 'height', 'refresh_hz',
                    'seconds', 'frame_us', 'cpu_ms', 'rss_kib', 'pss_kib'):
            self.assertIn(key, stats)
        # Text in the middle of the band, rows 960 to 1079, and on the card, none between them.
        self.assertEqual(self.picture('last.png')[:2], (1920, 1080))
        self.assertGreater(self.lit('last.png', range(1000, 1040, 4)), 200)
        self.assertGreater(self.lit('last.png', range(200, 700, 4)), 200)
        self.assertEqual(self.lit('last.png', range(920, 958)), 0)

    def test_frames_are_unpaced_and_repeatable(self):
        pictures = []
        for name in ('one.png', 'two.png'):
            done = self.run_it('--headless', '640x360', '--frames', '400', '--at',
                               '2026-11-23T12:00:00Z', '--stats', self.path('stats.json'),
                               '--screenshot', self.path(name), self.path('feed.xml'))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('2026-11-23T12:00:00Z\tHarbour Gazette\tFerry returns', done.stdout)
            self.assertEqual(self.stats()['frames'], 400)
            with open(self.path(name), 'rb') as f:
                pictures.append(f.read())
        self.assertEqual(pictures[0], pictures[1])
        self.assertEqual(self.picture('one.png')[:2], (640, 360))

    def write_feeds(self):
        """One feed for each name in NEWS; returns their paths."""
        paths = []
        for name, headlines in NEWS.items():
            paths.append(self.path('feed%d.xml' % len(paths)))
            with open(paths[-1], 'w', encoding='utf-8') as f:
                f.write('<rss version="2.0"><channel><title>%s</title>%s</channel></rss>' % (
                    name, ''.join('<item><title>%s</title></item>' % h for h in headlines)))
        return paths

    def band(self, frames, *words):
        """The rows of the band, each as bytes, after so many frames."""
        done = self.run_it('--headless', '--frames', str(frames), '--screenshot',
                           self.path('band.png'), *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        raw = subprocess.run(['convert', self.path('band.png'), '-crop', '1920x120+0+960',
                              '-depth', '8', 'gray:-'], stdout=subprocess.PIPE,
                             check=True).stdout
        return [raw[i:i + 1920] for i in range(0, len(raw), 1920)]

    def motion(self, *words):
        """Px by which ten frames move the whole band, exactly; to the left is negative."""
        first, then = self.band(300, *words), self.band(310, *words)
        self.assertNotEqual(first, then)
        found = [px for px in range(-400, 401)
                 if all(b[max(px, 0):1920 + min(px, 0)] == a[max(-px, 0):1920 - max(px, 0)]
                        for a, b in zip(first, then))]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_the_crawl_runs_as_its_sources_are_read(self):
        hebrew, arabic, english = self.write_feeds()
        step = self.motion(hebrew) // 10
        self.assertGreater(step, 0)
        self.assertEqual(self.motion(arabic), 10 * step)
        self.assertEqual(self.motion(english), -10 * step)
        # Two of three; the one that comes first has more headlines than either.
        self.assertEqual(self.motion(english, hebrew, arabic), 10 * step)

    def test_the_lane_has_direction_and_speed(self):
        for lane, px in (('direction = left\nspeed = 600 px/s', -100),
                         ('direction = right\nspeed = 240 px/s', 40)):
            with open(self.path('m.conf'), 'w', encoding='utf-8') as f:
                f.write('[lane "other"]\nmotion = flip\ndirection = left\narea = 0 0 50 20\n'
                        '[lane "crawl"]\n%s\n' % lane)
            self.assertEqual(self.motion('-c', self.path('m.conf'), self.write_feeds()[0]), px)

    def test_one_bad_source_does_not_stop_the_others(self):
        done = self.run_it('--headless', '--seconds', '2', '--stats', self.path('stats.json'),
                           self.path('missing.xml'), self.path('feed.xml'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('Ferry returns', done.stdout)
        self.assertIn('missing.xml', done.stderr)
        self.assertEqual(self.stats()['sources'], {'ok': 1, 'failed': 1})

    def test_nothing_delivered_is_exit_1_and_a_clear_line(self):
        base = self.serve()
        with open(self.path('page.html'), 'w', encoding='utf-8') as f:
            f.write('<!DOCTYPE html><html><head><title>Log in</title></head></html>')
        open(self.path('empty.xml'), 'wb').close()
        for name in ('nowhere.xml', 'page.html', 'empty.xml'):
            done = self.run_it('--headless', '--seconds', '1.5', base + name)
            self.assertEqual(done.returncode, 1, (name, done.stderr))
            self.assertEqual(done.stdout, '')
            self.assertIn(base + name, done.stderr)

    def test_usage(self):
        for words, named in ((['--fraems', '3'], '--fraems'),
                             (['--seconds', 'soon'], '--seconds'),
                             (['--headless', '--frames', '0'], '--frames'),
                             (['--headless', '--frames', '0.5'], '--frames'),
                             (['--headless', '8x8'], '8x8'),
                             (['render', '--text', 'x', '--size', '4294967344', '-o', 'x'],
                              '--size'),
                             (['--at', 'noon'], '--at'),
                             (['--window=big'], '--window'),
                             (['-c', self.path('none.conf')], 'none.conf'),
                             (['render', '--text', 'x'], 'render'),
                             (['prase', 'feed.xml'], 'did you mean parse'),
                             (['bench', 'walk'], 'bench')):
            done = self.run_it(*words)
            self.assertEqual(done.returncode, 2, (words, done.stderr))
            self.assertIn(named, done.stderr)

    def test_no_screen_goes_on_headless_and_says_so(self):
        done = self.run_it('--seconds', '2', self.path('feed.xml'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('no screen', done.stderr)
        self.assertIn('\tHarbour Gazette\tFerry returns', done.stdout)

    def test_no_source_shows_samples(self):
        done = self.run_it('--headless', '--seconds', '1', '--screenshot', self.path('s.png'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('ample', done.stdout)
        self.assertGreater(self.lit('s.png', range(1000, 1040, 4)), 200)

    def test_faults_of_the_configuration_stop_nothing(self):
        with open(self.path('m.conf'), 'w', encoding='utf-8') as f:
            f.write('[display]\nlayuot = tape\n[source "Gazette"]\nurl = %s\n'
                    % self.path('feed.xml'))
        done = self.run_it('-c', self.path('m.conf'), '--headless', '--seconds', '1.5')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('m.conf:2:', done.stderr)
        self.assertIn('\tGazette\tFerry returns', done.stdout)

    def conf(self, text):
        with open(self.path('m.conf'), 'w', encoding='utf-8') as f:
            f.write(text)
        return self.path('m.conf')

    def test_check_judges_what_the_screen_would_show(self):
        with open(self.path('mine.conf'), 'w', encoding='utf-8') as f:
            f.write('[colours]\nband = #444\ntext = #555\nedeg = #fff\n')
        conf = self.conf('[display]\nlayout = tap\ntheme = %s\n[source "G"]\nurl = x.xml\n'
                         '[lane "a"]\narea = 0 50 100 20\nsources = G\n'
                         '[lane "b"]\narea = 0 60 100 20\nsources = G, Gazette\n'
                         % self.path('mine.conf'))
        done = self.run_it('check', '-c', conf)
        self.assertEqual(done.returncode, 2)
        for fault in ('m.conf:2: layout cannot be "tap"; allowed: newsroom, tape, wall, '
                      'lower-third; did you mean "tape"?',
                      'm.conf:9: [lane "b"] lies over [lane "a"]',
                      'm.conf:9: sources: no [source "Gazette"]',
                      'mine.conf:4: unknown key "edeg" in [colours]',
                      'mine.conf:3: text on band is hard to read: contrast 1.3:1'):
            self.assertIn(fault, done.stdout)
        self.assertEqual(done.stdout.count('.conf:'), 5, done.stdout)
        done = self.run_it('check', '-c', self.conf('[display]\ntheme = nigth\n'))
        self.assertIn('m.conf:2: theme cannot be "nigth"; allowed: night, day, contrast, '
                      'broadcast, or a path with a \'/\'; did you mean "night"?', done.stdout)

    def test_check_warns_of_a_speed_that_nobody_reads(self):
        for speed, text, words in (('auto', '', None), ('200 wpm', '', None),
                                   ('201 wpm', '', '201 words a minute are'),
                                   ('440 px/s', '', None),
                                   ('900 px/s', '', '307 words a minute (on 1080 rows)'),
                                   ('900 px/s', 'text = 90 %', '204 words'),
                                   ('900 px/s', 'text = 120 px', None)):
            done = self.run_it('check', '-c', self.conf(
                '[lane "a"]\narea = 0 0 100 11.1111\nspeed = %s\n%s\n' % (speed, text)))
            said = [line for line in done.stdout.splitlines() if 'm.conf:1: speed' in line]
            self.assertEqual(len(said), words is not None, done.stdout)
            self.assertIn(words or '', ''.join(said))
            self.assertEqual(done.returncode, 2 if words else 0)

    def test_a_missing_theme_stops_nothing(self):
        conf = self.conf('[display]\ntheme = %s\n' % self.path('none.conf'))
        done = self.run_it('-c', conf, '--headless', '640x360', '--frames', '200',
                           self.path('feed.xml'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('none.conf:0: the theme cannot be read', done.stderr)
        self.assertIn('Ferry returns', done.stdout)

    def test_lanes_air_their_sources(self):
        hebrew, arabic, english = self.write_feeds()
        conf = self.conf('[source "H"]\nurl = %s\n[source "A"]\nurl = %s\n'
                         '[source "E"]\nurl = %s\n[lane "a"]\nsources = E\nmotion = flip\n'
                         'hold = 1s\narea = 0 0 100 50\n[lane "b"]\nsources = E, A\n'
                         'area = 0 50 100 50\n' % (hebrew, arabic, english))
        done = self.run_it('-c', conf, '--headless', '640x360', '--frames', '1500')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual({line.split('\t')[1] for line in done.stdout.splitlines()},
                         {'A', 'E'})

    def test_sigterm_ends_it(self):
        process = subprocess.Popen([MOTOGRAPH, '--headless', '--stats',
                                    self.path('stats.json'), self.path('feed.xml')],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=10), 0)
        self.assertGreater(self.stats()['frames'], 0)

    def test_a_service_waits_for_a_screen(self):
        """No screen, but a service manager: it waits without a word, and ends in time."""
        done = self.run_it('--seconds', '2', self.path('feed.xml'),
                           env={'NOTIFY_SOCKET': self.path('none')})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, '')
        self.assertNotIn('no screen', done.stderr)

    def test_a_reader_that_goes_away_ends_it(self):
        process = subprocess.Popen([MOTOGRAPH, '--headless', self.path('feed.xml')],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), 0)

    def test_a_full_disk_stops_no_picture(self):
        """What cannot be printed is said once and makes the run a failure, not its end."""
        with open('/dev/full', 'w', encoding='utf-8') as full:
            done = subprocess.run([MOTOGRAPH, '--headless', '--frames', '900', '--stats',
                                   self.path('stats.json'), self.path('feed.xml')],
                                  stdout=full, stderr=subprocess.PIPE, text=True,
                                  timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr.count('No space left on device'), 1, done.stderr)
        self.assertEqual(self.stats()['frames'], 900)

    def test_a_picture_that_cannot_be_written_removes_nothing(self):
        os.symlink('/dev/full', self.path('full.png'))
        done = self.run_it('--headless', '--frames', '2', '--screenshot',
                           self.path('full.png'), self.path('feed.xml'))
        self.assertEqual(done.returncode, 1)
        self.assertIn('full.png: the picture cannot be written', done.stderr)
        self.assertTrue(os.path.islink(self.path('full.png')))

    def test_output_that_is_lost_is_a_failure(self):
        for words in (['--version'], ['help'], ['parse', self.path('feed.xml')]):
            with self.subTest(words), open('/dev/full', 'w', encoding='utf-8') as full:
                done = subprocess.run([MOTOGRAPH, *words], stdout=full,
                                      stderr=subprocess.PIPE, text=True, timeout=60)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn('the output cannot be written', done.stderr)

    def test_closed_streams_are_filled(self):
        """Else their numbers go to files and sockets, and these get the headlines."""
        process = subprocess.Popen(['/bin/sh', '-c', 'exec "$@" <&- >&- 2>&-', 'sh', MOTOGRAPH,
                                    '--headless', self.path('feed.xml')])
        links, deadline = [], time.monotonic() + 20
        while links != ['/dev/null'] * 3 and time.monotonic() < deadline:
            time.sleep(0.1)
            names = ['/proc/%d/fd/%d' % (process.pid, fd) for fd in range(3)]
            links = [os.readlink(name) for name in names if os.path.lexists(name)]
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=10), 0)
        self.assertEqual(links, ['/dev/null'] * 3)

    def test_whole_frames_only(self):
        done = self.run_it('--headless', '--frames', '1.5', self.path('feed.xml'))
        self.assertEqual(done.returncode, 2)
        self.assertIn('--frames 1.5: allowed is a whole number above 0', done.stderr)

    def test_check_tells_of_fonts_and_counts_faults_alone(self):
        with open(self.path('good.conf'), 'w', encoding='utf-8') as f:
            f.write('[display]\ntitle = Harbour\n')
        with open(self.path('bad.conf'), 'w', encoding='utf-8') as f:
            f.write('[display]\nlayuot = tape\n')
        for name, code, lines in (('good.conf', 0, 1), ('bad.conf', 2, 1)):
            done = self.run_it('check', '-c', self.path(name))
            told = [line for line in done.stdout.splitlines() if line.startswith('fonts: ')]
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
            self.assertIn('fonts: drawn: Latin, Greek, Cyrillic', done.stdout)
            self.assertIn('Arabic', done.stdout)
            self.assertEqual(len(done.stdout.splitlines()) - len(told), lines)
            for package, file, script in (
                    ('fonts-noto-cjk', 'opentype/noto/NotoSansCJK-Regular.ttc', 'Hangul'),
                    ('fonts-noto-color-emoji', 'truetype/noto/NotoColorEmoji.ttf', 'emoji')):
                there = os.path.exists('/usr/share/fonts/' + file)
                line = next(line for line in told if script in line)
                self.assertEqual('install %s to draw' % package in line, not there, line)

    def test_render_of_a_very_long_text(self):
        for size, code in (('4', 0), ('96', 1)):
            done = self.run_it('render', '--text', 'm' * 100000, '--size', size, '-o',
                               self.path('long.png'))
            self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn('too large: use a shorter text or a smaller --size', done.stderr)

    def test_render(self):
        done = self.run_it('render', '--text', 'Ferry “returns”', '--size', '48', '-o',
                           self.path('r.png'))
        self.assertEqual(done.returncode, 0, done.stderr)
        w, h, grey = self.picture('r.png')
        self.assertTrue(300 < w < 700 and 48 < h < 90, (w, h))
        self.assertEqual(max(grey(x, y) for x in range(40) for y in range(h)), 0)
        self.assertGreater(self.lit('r.png', range(h)), 500)


if __name__ == '__main__':
    unittest.main()
