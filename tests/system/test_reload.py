#!/usr/bin/python3
"""The configuration changes while the program runs: what is added airs, what is removed leaves, a
faulty file is refused, and the crawl goes on as if nothing had happened. The binary is named by
$MOTOGRAPH."""
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
# One place where headlines follow each other quickly, so that what airs is seen at once.
QUICK = '[lane "quick"]\nmotion = flip\nhold = 1s\narea = 0 0 100 100\n'


def feed(name, items=3):
    return ('<rss version="2.0"><channel><title>%s</title>%s</channel></rss>' % (
        name, ''.join('<item><title>%s number %d</title><guid>%s%d</guid></item>' % (
            name, i, name, i) for i in range(items)))).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    """/NAME is a feed of that name; /slow/NAME takes a while."""

    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.rsplit('/', 1)[1]
        if self.path.startswith('/slow/'):
            time.sleep(2.5)
        body = feed(name)
        self.send_response(200)
        self.send_header('Content-Type', 'application/rss+xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


class Run:
    """A run of the program, and what it has printed so far."""

    def __init__(self, words, env):
        self.process = subprocess.Popen(
            [MOTOGRAPH, 'run', *words], env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
            start_new_session=True)  # no terminal: SIGHUP asks for the configuration
        self.aired, self.log = [], []
        self.readers = [threading.Thread(target=self.read, args=pair, daemon=True) for pair in (
            (self.process.stdout, self.aired), (self.process.stderr, self.log))]
        for reader in self.readers:
            reader.start()

    def read(self, stream, lines):
        for line in stream:
            lines.append(line.rstrip('\n'))

    def hangup(self):
        self.process.send_signal(signal.SIGHUP)

    def names(self, since=0):
        return [line.split('\t')[1] for line in self.aired[since:]]

    def wait(self, what, limit=20):
        end = time.monotonic() + limit
        while not what():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError('waited in vain; aired %s, log %s' % (self.aired, self.log))
            time.sleep(0.02)

    def wait_for_log(self, text, count=1):
        self.wait(lambda: sum(text in line for line in self.log) >= count)

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for reader in self.readers:
            reader.join(10)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


class ReloadTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        os.mkdir(self.path('state'))
        self.server = Server(('127.0.0.1', 0), Handler)
        self.server.asked = []
        self.base = 'http://127.0.0.1:%d/' % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text, mode=0o644):
        """Puts the text there in one step, as editors do."""
        with open(self.path('new'), 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        os.chmod(self.path('new'), mode)
        os.rename(self.path('new'), self.path(name))

    def sources(self, *names, more=''):
        """Sections of sources that are files, which are made."""
        text = ''
        for name in names:
            self.write(name + '.xml', feed(name))
            text += '[source "%s"]\nurl = %s\n%s' % (name, self.path(name + '.xml'), more)
        return text

    def web(self, *names, way=''):
        """The same, from the server."""
        return ''.join('[source "%s"]\nurl = %s%s%s\nlan = yes\n' % (n, self.base, way, n)
                       for n in names)

    def start(self, config, *words, size='320x180'):
        self.write('m.conf', config)
        env = {k: v for k, v in os.environ.items()
               if k not in ('DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET')}
        env['STATE_DIRECTORY'] = self.path('state')
        run = Run(['-c', self.path('m.conf'), '--headless', size, *words], env)
        self.addCleanup(lambda: run.process.poll() is None and run.process.kill())
        return run

    def end(self, run):
        self.assertEqual(run.end(), 0, run.log)
        self.assertNotIn('Sanitizer', '\n'.join(run.log))

    def test_a_source_comes_and_another_goes(self):
        run = self.start(QUICK + self.sources('Alpha', 'Beta'))
        run.wait(lambda: {'Alpha', 'Beta'} <= set(run.names()))
        # Without a word: the file has changed.
        self.write('m.conf', QUICK + self.sources('Gamma', 'Beta', 'Alpha'))
        run.wait(lambda: 'Gamma' in run.names())
        self.write('m.conf', QUICK + self.sources('Gamma', 'Alpha'))
        run.hangup()
        run.wait_for_log('2 sources')
        time.sleep(0.3)
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 6)
        self.assertEqual(set(run.names(seen)), {'Gamma', 'Alpha'})
        for line in run.aired:  # none is booked to another
            _, name, headline = line.split('\t')
            self.assertTrue(headline.startswith(name), line)
        self.end(run)

    def test_fetches_under_way_stay_whose_they_are(self):
        run = self.start(QUICK + self.web('One', 'Two', 'Three', way='slow/'))
        run.wait(lambda: self.server.asked)
        time.sleep(0.5)
        self.write('m.conf', QUICK + self.sources('New') + self.web('Three', 'One', way='slow/'))
        run.hangup()
        run.wait(lambda: {'Three', 'One', 'New'} <= set(run.names()))
        for line in run.aired:
            _, name, headline = line.split('\t')
            self.assertTrue(headline.startswith(name), line)
        self.assertNotIn('Two', run.names())
        # One connection to a host: whoever was fetched at the change was not asked again.
        self.assertEqual(sorted(set(self.server.asked)), sorted(set(
            self.server.asked) & {'/slow/One', '/slow/Two', '/slow/Three'}))
        self.assertEqual(self.server.asked.count('/slow/One'), 1)
        self.assertEqual(self.server.asked.count('/slow/Three'), 1)
        self.end(run)

    def test_what_stays_is_not_fetched_again_and_what_changes_is(self):
        rest = '[desk]\nduplicates = 0s\n'
        run = self.start(QUICK + self.web('One', 'Two'))
        run.wait(lambda: {'One', 'Two'} <= set(run.names()))
        self.write('m.conf', QUICK + self.web('Two', 'One') + 'weight = 2\n' + rest)
        run.hangup()
        run.wait_for_log('2 sources')
        # Its rules: what it holds must be judged anew, so it is asked for all of it.
        self.write('m.conf', QUICK + self.web('Two', 'One') + 'exclude = word:number\n' + rest)
        run.hangup()
        run.wait_for_log('2 sources', 2)
        run.wait(lambda: self.server.asked.count('/One') == 2)
        time.sleep(1)
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 3)
        self.assertEqual(set(run.names(seen)), {'Two'})
        self.assertEqual(self.server.asked.count('/Two'), 1)
        self.end(run)

    def test_a_lane_goes_on_with_its_own_sources(self):
        lane = QUICK + 'sources = Beta\n'
        run = self.start(lane + self.sources('Alpha', 'Beta'))
        run.wait(lambda: len(run.aired) >= 2)
        self.write('m.conf', lane + self.sources('Beta', 'Gamma', 'Alpha'))
        run.hangup()
        run.wait_for_log('3 sources')
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 4)
        self.assertEqual(set(run.names()), {'Beta'})
        self.end(run)

    def test_a_faulty_file_is_refused_and_the_picture_goes_on(self):
        good = QUICK + self.sources('Alpha')
        run = self.start(good)
        run.wait(lambda: 'Alpha' in run.names())
        self.write('m.conf', good + self.sources('Beta') + 'weigth = 2\nkeep = many\n')
        for _ in range(20):
            run.hangup()
            time.sleep(0.02)
        run.wait_for_log('is not taken')
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 4)
        run.hangup()
        time.sleep(0.5)
        self.assertEqual(set(run.names()), {'Alpha'})
        faults = [line for line in run.log if self.path('m.conf') + ':' in line]
        self.assertEqual(len(faults), 3, run.log)  # each once, and that they are refused
        self.assertIn('did you mean "weight"', faults[0])
        self.assertIn('m.conf:10: keep cannot be "many"', faults[1])
        self.assertIn('2 faults', faults[2])
        self.write('m.conf', good + self.sources('Beta'))
        run.wait(lambda: 'Beta' in run.names())
        self.end(run)

    def test_a_fault_that_is_lived_with_stops_nothing(self):
        """A warning of the start refuses no later change; one more fault does."""
        fast = QUICK + '[lane "fast"]\narea = 0 80 100 20\nspeed = 900 wpm\n'
        run = self.start(self.sources('Aria') + fast)
        run.wait(lambda: 'Aria' in run.names())
        self.write('m.conf', self.sources('Bolero', 'Aria') + '# a line more\n' + fast)
        run.wait(lambda: 'Bolero' in run.names())
        self.write('m.conf', self.sources('Bolero', 'Aria', 'Canon') + fast +
                   '[lane "hasty"]\narea = 0 60 100 20\nspeed = 950 wpm\n')
        run.wait_for_log('is not taken')
        self.assertNotIn('Canon', run.names())
        self.end(run)

    def test_a_file_that_vanishes_changes_nothing(self):
        run = self.start(QUICK + self.sources('Alpha'))
        run.wait(lambda: 'Alpha' in run.names())
        os.remove(self.path('m.conf'))
        run.wait_for_log('what was read before goes on')
        for _ in range(5):
            run.hangup()
            time.sleep(0.05)
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 3)
        self.assertEqual(sum('No such file' in line for line in run.log), 1, run.log)
        self.write('m.conf', QUICK + self.sources('Beta'))
        run.wait(lambda: 'Beta' in run.names())
        self.end(run)

    def test_what_the_web_page_saved_is_read_after_the_file(self):
        self.write('state/web.conf', self.sources('Webbed'))
        run = self.start(QUICK + self.sources('Alpha'))
        run.wait(lambda: {'Alpha', 'Webbed'} <= set(run.names()))
        # Its faults are named, and stop nothing.
        self.write('state/web.conf', self.sources('Other') + 'nonsense\n')
        run.wait(lambda: 'Other' in run.names())
        self.assertTrue(any('state/web.conf:3: ' in line for line in run.log), run.log)
        self.assertFalse(any('is not taken' in line for line in run.log), run.log)
        self.end(run)
        # Sources on the command line replace those of both.
        self.write('b.xml', feed('Typed'))
        run = self.start(QUICK + self.sources('Alpha'), self.path('b.xml'))
        run.wait(lambda: len(run.aired) >= 4)
        run.hangup()
        run.wait(lambda: len(run.aired) >= 8)
        self.assertEqual(set(run.names()), {'Typed'})
        self.end(run)

    def test_samples_go_with_the_first_source_and_come_back(self):
        run = self.start(QUICK)
        run.wait(lambda: len(run.aired) >= 2)
        samples = set(run.names())
        self.write('m.conf', QUICK + self.sources('Alpha'))
        run.wait(lambda: 'Alpha' in run.names())
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) >= seen + 4)
        self.assertEqual(set(run.names(seen)), {'Alpha'})
        self.write('m.conf', QUICK)
        run.wait(lambda: samples & set(run.names(seen)))
        self.end(run)

    def test_faults_air_among_the_samples_until_they_are_mended(self):
        with open(self.path('notes'), 'wb') as f:  # too long, cut within a letter; what may not stand
            f.write(b'aa' + 'ä'.encode() * 150 + b'\n\x1b[31mred \xff rtl \xe2\x80\xae\n')
        os.environ['MOTOGRAPH_NOTES'] = self.path('notes')
        self.addCleanup(os.environ.pop, 'MOTOGRAPH_NOTES')
        run = self.start(QUICK + '[display]\nlayout = newsrom\n')
        run.wait(lambda: {'Samples', 'Settings'} <= set(run.names()))
        self.assertEqual(run.aired[2].split('\t')[2], '[31mred \ufffd rtl ')
        self.assertIn('m.conf:%d: layout cannot be "newsrom"; allowed: newsroom, tape, wall, '
                      'lower-third; did you mean "newsroom"?' % (QUICK.count('\n') + 2),
                      run.aired[0])
        self.write('m.conf', QUICK + '[display]\nlayout = newsroom\n')
        run.wait(lambda: len(run.aired) > 10 and 'Settings' not in run.names(-10), 40)
        self.end(run)

    def lit(self, rows):
        raw = subprocess.run(['convert', self.path('last.png'), '-depth', '8', 'gray:-'],
                             stdout=subprocess.PIPE, check=True).stdout
        return sum(v > 120 for y in rows for v in raw[y * 640:(y + 1) * 640])

    def test_a_lane_changes_its_place(self):
        lane = '[lane "only"]\nmotion = crawl\narea = 0 %d 100 20\n'
        run = self.start(self.sources('Alpha') + lane % 0, '--screenshot', self.path('last.png'),
                         size='640x360')
        run.wait(lambda: run.aired)
        self.write('m.conf', self.sources('Alpha') + lane % 60)
        run.hangup()
        run.wait_for_log('is in use')
        seen = len(run.aired)
        run.wait(lambda: len(run.aired) > seen)
        time.sleep(0.5)
        self.end(run)
        self.assertEqual(self.lit(range(0, 72)), 0)
        self.assertGreater(self.lit(range(220, 284)), 100)

    def crawl(self, change):
        """The rows of the crawl at the end, and after how many refreshes, while CHANGE(run) runs."""
        lane = '[lane "crawl"]\nmotion = crawl\narea = 0 60 100 40\nspeed = 60 px/s\n'
        run = self.start(lane + self.sources('Alpha', 'Beta'), '--screenshot',
                         self.path('last.png'), '--stats', self.path('stats.json'), '--at',
                         '2026-11-23T12:00:00Z', size='1920x270')
        run.wait(lambda: len(run.aired) >= 2)
        change(run, lane)
        self.end(run)
        with open(self.path('stats.json'), encoding='utf-8') as f:
            stats = json.load(f)
        raw = subprocess.run(['convert', self.path('last.png'), '-crop', '1920x40+0+195',
                              '-depth', '8', 'gray:-'], stdout=subprocess.PIPE, check=True).stdout
        rows = [raw[i:i + 1920] for i in range(0, len(raw), 1920)]
        return rows, stats['frames'] + sum(stats['missed'].values()), run

    def test_the_crawl_does_not_jump(self):
        def nothing(run, lane):
            pass

        def everything(run, lane):
            for _ in range(1000):
                run.hangup()
            self.write('m.conf', lane + self.sources('Gamma', 'Beta', 'Alpha', more='weight = 3\n'))
            for _ in range(100):
                run.hangup()
            run.wait_for_log('3 sources')
            self.write('m.conf', lane + self.sources('Gamma') + 'oops\n')
            run.hangup()
            run.wait_for_log('is not taken')
            self.write('m.conf', lane + self.sources('Gamma'))
            run.hangup()
            run.wait_for_log('1 source')
            time.sleep(2)

        (still, before, _), (moved, after, run) = self.crawl(nothing), self.crawl(everything)
        found = [px for px in range(1, 1800)
                 if all(a[px:] == b[:1920 - px] for a, b in zip(still, moved))]
        self.assertEqual(len(found), 1, found)
        # So far as the refreshes between the two say, to the px: none was lost, none was double.
        self.assertGreater(after, before)
        self.assertEqual(found[0], after - before)
        said = [line for line in run.log if 'config:' in line]
        self.assertEqual(len(said), 4, said)  # two changes, a fault, and that it was refused

    def test_the_aired_log_begins_and_ends(self):
        quick = QUICK + self.sources('a')
        written = self.path('state/aired-1.jsonl')
        for before, after, keeps in (('0s', '7d', True), ('7d', '0s', False)):
            run = self.start(quick + '[log]\naired = %s\n' % before)
            run.wait(lambda r=run: len(r.aired) > 2)
            self.write('m.conf', quick + '[log]\naired = %s\n' % after)
            run.hangup()
            run.wait_for_log('is in use')
            since = len(run.aired)
            run.wait(lambda r=run, n=since: len(r.aired) > n + 2)
            self.end(run)
            self.assertEqual(os.path.exists(written), keeps)
            self.assertNotIn('next start', '\n'.join(run.log))

    def test_at_a_terminal_hangup_ends_it(self):
        master, slave = os.openpty()
        self.write('m.conf', QUICK + self.sources('Alpha'))
        process = subprocess.Popen(
            ['setsid', '-c', '-w', MOTOGRAPH, 'run', '-c', self.path('m.conf'), '--headless',
             '320x180', '--seconds', '20'], stdin=slave, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, encoding='utf-8')
        os.close(slave)
        self.assertTrue(process.stdout.readline())
        os.close(master)  # the terminal is gone
        self.assertEqual(process.wait(timeout=10), 0)
        process.stdout.close()


if __name__ == '__main__':
    unittest.main(verbosity=2)
