#!/usr/bin/python3
"""The web server and its API from outside: the real binary, sockets and a state folder of its own.
The binary is named by $MOTOGRAPH."""
import concurrent.futures
import http.client
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import unittest
import zlib

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PIN = 'tide-1928'
# What the cleaning of titles leaves of mark-up.
HOSTILE = '<<img src=x onerror="alert(1)"> \\ & "quoted"'
W, H = 640, 360


def unpack(png):
    """The px of an 8-bit RGB PNG as W, H, rows of bytes."""
    assert png[:8] == b'\x89PNG\r\n\x1a\n', png[:20]
    at, data, head = 8, b'', None
    while at < len(png):
        length = int.from_bytes(png[at:at + 4], 'big')
        kind, body = png[at + 4:at + 8], png[at + 8:at + 8 + length]
        head = body if kind == b'IHDR' else head
        data += body if kind == b'IDAT' else b''
        at += length + 12
    w, h = int.from_bytes(head[:4], 'big'), int.from_bytes(head[4:8], 'big')
    assert head[8:10] == b'\x08\x02', head
    raw, rows, stride = zlib.decompress(data), [], 3 * w
    before = bytes(stride)
    for y in range(h):
        kind = raw[y * (stride + 1)]
        row = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            a = row[i - 3] if i >= 3 else 0
            b, c = before[i], before[i - 3] if i >= 3 else 0
            if kind == 4:
                pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                guess = a if pa <= pb and pa <= pc else b if pb <= pc else c
            else:
                guess = {0: 0, 1: a, 2: b, 3: (a + b) // 2}[kind]
            row[i] = (row[i] + guess) & 255
        rows.append(bytes(row))
        before = row
    return w, h, rows


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Board:
    """One run of the program with a web page."""

    def __init__(self, test, config='', words=(), web=True, pin=True, listen='127.0.0.1:%d',
                 size='%dx%d' % (W, H), folder=None):
        self.folder = folder or tempfile.mkdtemp()
        if not folder:
            test.addCleanup(shutil.rmtree, self.folder)
        self.port = free_port()
        self.write('pin', PIN + '\n')
        if web:
            config = '[web]\nlisten = %s\n%s\n%s' % (
                listen % self.port, 'pin-file = %s/pin' % self.folder if pin else '', config)
        self.write('motograph.conf', config)
        self.errors = open(os.path.join(self.folder, 'stderr'), 'w+', encoding='utf-8')
        test.addCleanup(self.errors.close)
        environment = dict(os.environ, CACHE_DIRECTORY='', TZ='UTC',
                           STATE_DIRECTORY=os.path.join(self.folder, 'state'))
        self.process = subprocess.Popen(
            [MOTOGRAPH, '--headless', size, '--seconds', '120', '-c',
             os.path.join(self.folder, 'motograph.conf'), *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors, env=environment)
        test.addCleanup(self.end)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
        return path

    def said(self):
        with open(os.path.join(self.folder, 'stderr'), encoding='utf-8') as f:
            return f.read()

    def end(self):
        """Ends it; how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def wait(self):
        """Until it serves."""
        until('it serves', lambda: self.get('/api/status')[0] == 200, said=self.said)
        return self

    def ask(self, method, path, body=None, headers=None, host=None, timeout=10):
        """Status, headers and body of the answer."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if host is None:
                host = '127.0.0.1:%d' % self.port
            for name in [host] if isinstance(host, str) else host:
                connection.putheader('Host', name)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
            body = body.encode() if isinstance(body, str) else body
            if body is not None:
                connection.putheader('Content-Length', str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), answer.read()
        finally:
            connection.close()

    def get(self, path, **more):
        try:
            return self.ask('GET', path, **more)
        except OSError:
            return 0, {}, b''

    def json(self, path):
        status, _, body = self.get(path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def change(self, path, body=None, method='POST', key=PIN, **headers):
        if key is not None:
            headers['Authorization'] = 'Bearer ' + key
        status, _, answer = self.ask(method, path, body, headers)
        return status, json.loads(answer)

    def metrics(self):
        text = self.get('/metrics')[2].decode()
        return dict(line.rsplit(' ', 1) for line in text.splitlines() if line[0] != '#')


def until(what, condition, seconds=20, said=lambda: ''):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        got = condition()
        if got:
            return got
        time.sleep(0.05)
    raise AssertionError('%s: not within %d s; %s' % (what, seconds, said()))


def feed(*titles):
    def escape(text):
        return text.replace('&', '&amp;').replace('<', '&lt;')
    # Titles are mark-up: what is to be read as "<" is escaped twice.
    items = ''.join('<item><title>%s</title><guid>%s</guid></item>' % (escape(escape(t)), i)
                    for i, t in enumerate(titles))
    return '<rss version="2.0"><channel><title>Gazette</title>%s</channel></rss>' % items


def exposition(text):
    """Holds TEXT to Prometheus' text format 0.0.4, and to its rules of naming."""
    label = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
    sample = re.compile(r'(motograph_[a-z_]+)(?:\{(%s(?:,%s)*)\})? (\d+(?:\.\d+)?(?:e[+-]\d+)?)' % (label, label))
    families, samples = {}, set()
    assert text.endswith('\n') and '\n\n' not in text and '\r' not in text
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith('# HELP '):
            _, _, name, words = line.split(' ', 3)
            _, _, typed, kind = next(lines).split(' ')
            assert typed == name and name not in families and kind in ('gauge', 'counter'), line
            assert words and '\\' not in words and name.startswith('motograph_'), line
            assert name.endswith('_total') == (kind == 'counter'), line
            assert not re.search('_(milliseconds|kib|ms|percent)(_|$)', name), line
            families[name] = kind
            continue
        got = sample.fullmatch(line)
        assert got, line
        # Those of one family stand together, behind its head, each once.
        assert got[1] == name and (got[1], got[2]) not in samples, line
        names = re.findall('(?:^|,)([a-zA-Z_0-9]+)="', got[2] or '')
        assert len(set(names)) == len(names), line
        samples.add((got[1], got[2]))
    assert len(families) > 15 and len(samples) > 20, text


class WebTest(unittest.TestCase):
    """One board serves those that leave it as it was."""

    @classmethod
    def setUpClass(cls):
        cls.addCleanup = cls.addClassCleanup
        folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, folder)
        with open(os.path.join(folder, 'a.xml'), 'w', encoding='utf-8') as f:
            f.write(feed(HOSTILE, 'Bridge opens', 'Ferry returns', 'Old pier sold'))
        cls.board = Board(cls, '[desk]\nexclude = word:pier\n[source "Gaz\\ette"]\nurl = %s/a.xml\n'
                          '[source "Gone"]\nurl = %s/none.xml\n' % (folder, folder), folder=folder).wait()
        until('both have been tried', lambda: cls.board.json('/api/status')['sources']['trying'] == 0)

    def tearDown(self):
        self.assertIsNone(self.board.process.poll(), self.board.said())

    def refused(self, status, answer):
        self.assertEqual(answer[0], status, answer)
        self.assertEqual(list(answer[1]), ['error'])
        self.assertTrue(answer[1]['error'])

    def test_the_page(self):
        status, headers, body = self.board.get('/')
        self.assertEqual(status, 200)
        self.assertEqual(headers['content-type'], 'text/html; charset=utf-8')
        whole = len(body)
        for path in re.findall(rb'(?:src|href)="(/[a-z]+\.(?:js|css))"', body):
            status, head, content = self.board.get(path.decode())
            self.assertEqual(status, 200, path)
            self.assertIn('javascript' if path.endswith(b'js') else 'text/css', head['content-type'])
            whole += len(content)
        self.assertLess(whole, 200000)
        status, head, body = self.board.get('/', headers={'If-None-Match': headers['etag']})
        self.assertEqual((status, body), (304, b''))
        status, head, body = self.board.ask('HEAD', '/')
        self.assertEqual((status, body), (200, b''))

    def test_headers_of_every_answer(self):
        for method, path in (('GET', '/'), ('GET', '/api/status'), ('GET', '/none'), ('PUT', '/'),
                             ('GET', '/metrics'), ('GET', '/screen.png'), ('POST', '/api/flash')):
            headers = self.board.ask(method, path)[1]
            policy = headers['content-security-policy']
            self.assertIn("default-src 'none'", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertNotIn('unsafe', policy)
            self.assertEqual(headers['x-content-type-options'], 'nosniff')
            self.assertFalse([name for name in headers if name.startswith('access-control')])
            self.assertIn('cache-control', headers)

    def test_status(self):
        status = self.board.json('/api/status')
        for key, kind in (('version', str), ('device', str), ('at', str), ('clock_known', bool),
                          ('uptime_s', int), ('seconds', float), ('frames', int), ('refresh_hz', float),
                          ('cpu_ms', int), ('rss_kib', int), ('pss_kib', int), ('video_driver', str),
                          ('renderer', str), ('paused', bool), ('headlines', int),
                          ('headlines_aired', int), ('pin_required', bool)):
            self.assertIsInstance(status[key], kind, key)
        self.assertEqual((status['width'], status['height']), (W, H))
        self.assertEqual(set(status['missed']), {'late', 'upload', 'present'})
        self.assertEqual(set(status['frame_us']), {'p50', 'p99', 'p999', 'max'})
        self.assertEqual(status['sources'], {'ok': 1, 'failed': 1, 'trying': 0, 'stale': 0})
        self.assertEqual(status['ring']['slots'], 64)
        crawl = [lane for lane in status['lanes'] if lane['motion'] == 'crawl']
        self.assertEqual(crawl[0]['area'], [0, 320, W, 40])
        self.assertEqual(status['config']['files'][0], self.board.folder + '/motograph.conf')
        self.assertIsNone(status['config']['refused'])

    def test_sources(self):
        good, gone = self.board.json('/api/sources')['sources']
        self.assertEqual((good['name'], good['state'], good['items'], good['kind'], good['error']),
                         ('Gaz\\ette', 'ok', 4, 'rss', ''))
        self.assertRegex(good['last_good'], r'^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        self.assertEqual((gone['state'], gone['last_good'], gone['items']), ('failed', None, 0))
        self.assertIn('no such file', gone['error'])
        self.assertEqual((good['origin'], good['flash'], good['every_s']), ('file', False, 300))

    def test_rundown(self):
        items = self.board.json('/api/rundown')['items']
        airs = [i for i in items if i['state'] == 'airs' and i['lane'] == 'crawl']
        self.assertEqual(sorted(i['headline']['headline'] for i in airs),
                         sorted([HOSTILE, 'Bridge opens', 'Ferry returns']))
        self.assertEqual([i['at'] for i in airs], sorted(i['at'] for i in airs))
        hidden = [i for i in items if i['state'] == 'hidden']
        self.assertEqual([(i['reason'], i['rule'], i['headline']['headline']) for i in hidden],
                         [('filter', 'word:pier', 'Old pier sold')])
        only = self.board.json('/api/rundown?lane=card')['items']
        self.assertEqual({i['lane'] for i in only}, {'card'})
        self.assertEqual(self.board.json('/api/rundown?lane=none'), {'items': []})

    def test_what_was_shown(self):
        items = until('something has gone by', lambda: self.board.json('/api/aired')['items'], 40)
        self.assertEqual(items[0]['source'], 'Gaz\\ette')
        self.assertIn(items[0]['headline'], (HOSTILE, 'Bridge opens', 'Ferry returns'))
        self.assertEqual([i['until'] for i in items], sorted((i['until'] for i in items), reverse=True))
        self.assertLessEqual(len(items), 100)

    def test_metrics(self):
        until('there was a frame', lambda: self.board.metrics()['motograph_frames_total'] != '0')
        status, headers, body = self.board.get('/metrics')
        self.assertEqual(status, 200)
        self.assertTrue(headers['content-type'].startswith('text/plain; version=0.0.4'))
        values = self.board.metrics()
        self.assertEqual(values['motograph_source_up{source="Gaz\\\\ette",number="0"}'], '1')
        self.assertEqual(values['motograph_sources{state="failed"}'], '1')
        self.assertEqual(values['motograph_headlines'], '3')
        for name in ('motograph_frames_total', 'motograph_fetches_total{result="fetched"}',
                     'motograph_resident_memory_bytes'):
            self.assertGreater(float(values[name]), 0, name)
        exposition(body.decode())

    def test_metrics_as_prometheus_wants_them(self):
        tool = shutil.which('promtool')
        if not tool:
            self.skipTest('no promtool (package prometheus)')
        done = subprocess.run([tool, 'check', 'metrics'], input=self.board.get('/metrics')[2],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b''))

    def test_no_such_thing(self):
        for method, path, status in (('GET', '/none', 404), ('GET', '/api/statusx', 404),
                                     ('GET', '/../etc/passwd', 404), ('GET', '/%00', 404),
                                     ('POST', '/none', 404), ('DELETE', '/api/flash/', 404),
                                     ('GET', '/api/flash', 405), ('POST', '/api/status', 405),
                                     ('PUT', '/api/flash', 405), ('OPTIONS', '/api/flash', 405),
                                     ('PATCH', '/', 405), ('GET', '/api/flash/x', 405),
                                     ('DELETE', '/api/sources', 405)):
            code, headers, body = self.board.ask(method, path)
            self.assertEqual(code, status, (method, path))
            self.assertTrue(json.loads(body)['error'])
            self.assertEqual('allow' in headers, status == 405)
        self.assertEqual(self.board.ask('PUT', '/api/sources')[1]['allow'], 'GET, POST')

    def test_names_that_are_not_ours(self):
        port = self.board.port
        for host in ('evil.example', 'evil.example:%d' % port, 'localhost.evil.example', '192.0.2.1',
                     '', 'a b', '127.0.0.1:x', 'x@127.0.0.1', '[::2]:%d' % port):
            status, _, body = self.board.get('/api/status', host=host)
            self.assertEqual(status, 403, host)
            self.assertTrue(json.loads(body)['error'])
        self.assertEqual(self.board.get('/', host=['127.0.0.1', 'evil.example'])[0], 403)
        for host in ('localhost', 'LOCALHOST.:%d' % port, '[::1]:%d' % port, socket.gethostname(),
                     socket.gethostname() + '.local'):
            self.assertEqual(self.board.get('/api/status', host=host)[0], 200, host)

    def test_pages_of_other_sites(self):
        ours = 'http://127.0.0.1:%d' % self.board.port
        key = 'Bearer ' + PIN
        for headers in ({'Origin': 'http://evil.example'}, {'Origin': 'null'},
                        {'Origin': 'http://127.0.0.1'}, {'Sec-Fetch-Site': 'cross-site'},
                        {'Sec-Fetch-Site': 'same-site'},
                        {'Origin': ours, 'Sec-Fetch-Site': 'cross-site'}):
            status, _, body = self.board.ask('POST', '/api/pause', {'paused': False},
                                             {'Authorization': key, **headers})
            self.assertEqual(status, 403, headers)
            self.assertTrue(json.loads(body)['error'])
        for headers in ({'Origin': ours, 'Sec-Fetch-Site': 'same-origin'}, {'Sec-Fetch-Site': 'none'}):
            status, _, _ = self.board.ask('POST', '/api/pause', {'paused': False},
                                          {'Authorization': key, **headers})
            self.assertEqual(status, 200, headers)

    def test_bad_bodies(self):
        for body in (b'', b'{', b'[]', b'"x"', b'null', b'{"text":1}', b'{"text":""}', b'{}',
                     b'{"text":"a","text":"b"}', b'{"text":"a","colour":"red"}', b'\xff\xfe',
                     b'{"text":"a","expires_in_s":-1}', b'{"text":"a","style":"loud"}',
                     json.dumps({'text': 'x' * 401}).encode(), b'{"text":"a"}{', b'[' * 5000):
            self.refused(400, self.board.change('/api/flash', body))
        self.refused(400, self.board.change('/api/headlines', {'text': 'a', 'until': '2001-01-01T00:00:00Z'}))
        self.refused(400, self.board.change('/api/speed', {'lane': 'crawl', 'percent': 1000}))
        self.refused(400, self.board.change('/api/speed', {'lane': 'nowhere', 'percent': 100}))
        self.refused(400, self.board.change('/api/sources', {'name': 'x', 'url': 'http://a.example/', 'evry': '5m'}))
        self.refused(400, self.board.change('/api/sources', {'name': 'x', 'url': '/etc/passwd'}))
        self.refused(400, self.board.change('/api/sources', {'url': 'http://a.example/'}))
        self.assertEqual(self.board.json('/api/status')['flashes'], [])

    def test_bodies_that_are_too_long(self):
        full = json.dumps({'text': 'x', 'id': 'y'})
        self.refused(413, self.board.change('/api/flash', full + ' ' * (16385 - len(full))))
        self.refused(413, self.board.change('/api/flash', b'x' * 900000))
        self.refused(413, self.board.change('/api/flash', '[' * 20000))
        # Far too long: not even listened to.
        status, _, _ = self.board.ask('POST', '/api/flash', None,
                                      {'Authorization': 'Bearer ' + PIN, 'Content-Length': str(1 << 40)})
        self.assertEqual(status, 413)
        # And just not too long.
        self.assertEqual(self.board.change('/api/flash', full + ' ' * (16384 - len(full)))[0], 201)
        self.assertEqual(self.board.change('/api/flash/y', method='DELETE')[0], 200)

    def test_chunks_without_end(self):
        with socket.create_connection(('127.0.0.1', self.board.port), timeout=20) as s:
            s.sendall(b'POST /api/flash HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n'
                      b'Transfer-Encoding: chunked\r\n\r\n' % PIN.encode())
            with self.assertRaises(OSError):
                for _ in range(1000):
                    s.sendall(b'10000\r\n' + b'x' * 65536 + b'\r\n')
        self.assertEqual(self.board.get('/api/status')[0], 200)

    def test_words_that_are_no_http(self):
        for words in (b'\0' * 100, b'GET\r\n\r\n', b'GET / HTTP/9.9\r\n\r\n', b'x' * 100000,
                      b'GET /' + b'a' * 60000 + b' HTTP/1.1\r\n\r\n',
                      b'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n',
                      b'GET / HTTP/1.1\r\n' + b'A: b\r\n' * 20000 + b'\r\n', b'GET / HTTP/1.1\r\n\r\n'):
            with socket.create_connection(('127.0.0.1', self.board.port), timeout=10) as s:
                answer = b''
                try:
                    s.sendall(words)
                    s.shutdown(socket.SHUT_WR)
                    answer = s.recv(1000)
                except OSError:
                    pass
                self.assertNotIn(b' 200 ', answer, words[:40])
        self.assertEqual(self.board.get('/api/status')[0], 200)

    def test_the_picture(self):
        w, h, rows = unpack(self.board.get('/screen.png')[2])
        self.assertEqual((w, h), (W // 2, H // 2))
        # As --screenshot gives it: the same program, the same news, another moment.
        path = os.path.join(self.board.folder, 'shot.png')
        subprocess.run([MOTOGRAPH, '--headless', '%dx%d' % (W, H), '--frames', '100', '--screenshot', path,
                        '--at', '2026-11-23T12:00:00Z', os.path.join(self.board.folder, 'a.xml')],
                       check=True, timeout=60, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=dict(os.environ, CACHE_DIRECTORY=''))
        with open(path, 'rb') as f:
            _, _, whole = unpack(f.read())

        def mean(picture, x, y, w, h):
            return [sum(picture[j][3 * i + c] for j in range(y, y + h) for i in range(x, x + w)) / (w * h)
                    for c in range(3)]
        # The ground of the card at its left edge, the band of the crawl, the line above it.
        for x, y, pw, ph in ((2, 60, 10, 60), (0, 161, 320, 2), (0, 160, 320, 1), (0, 178, 320, 2)):
            here, there = mean(rows, x, y, pw, ph), mean(whole, 2 * x, 2 * y, 2 * pw, 2 * ph)
            for a, b in zip(here, there):
                self.assertAlmostEqual(a, b, delta=3, msg=(x, y))
        # There is text on both.
        self.assertTrue(any(max(row) > 200 for row in rows[20:150]))
        self.assertTrue(any(max(row) > 200 for row in rows[163:178]))

    def test_a_flash_is_on_the_screen(self):
        status, answer = self.board.change('/api/flash', {'text': 'Bridge closed', 'style': 'takeover',
                                                          'expires_in_s': 60, 'source': 'Harbour'})
        self.assertEqual(status, 201)
        self.assertRegex(answer['expires'], r'^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$')

        def ground():
            return tuple(unpack(self.board.get('/screen.png')[2])[2][100][3:6])
        until('it is there', lambda: ground() == (200, 16, 46))
        flash, = self.board.json('/api/status')['flashes']
        self.assertEqual((flash['id'], flash['text'], flash['source'], flash['style'], flash['expires']),
                         (answer['id'], 'Bridge closed', 'Harbour', 'takeover', answer['expires']))
        self.assertEqual(self.board.metrics()['motograph_flashes'], '1')
        self.assertEqual(self.board.change('/api/flash/' + answer['id'], method='DELETE'),
                         (200, {'id': answer['id']}))
        until('it is gone', lambda: ground() != (200, 16, 46))
        self.assertEqual(self.board.json('/api/status')['flashes'], [])
        self.refused(404, self.board.change('/api/flash/' + answer['id'], method='DELETE'))

    def test_speed_and_pause(self):
        def crawl():
            return [l['speed_percent'] for l in self.board.json('/api/status')['lanes']
                    if l['name'] == 'crawl'][0]
        self.assertEqual(self.board.change('/api/speed', {'lane': 'crawl', 'percent': 150}),
                         (200, {'lane': 'crawl', 'percent': 150}))
        until('it is faster', lambda: crawl() == 150)
        self.assertEqual(self.board.change('/api/speed', {'percent': 100})[0], 200)
        until('as before', lambda: crawl() == 100)
        self.assertEqual(self.board.change('/api/pause'), (200, {'paused': True}))
        until('it stands', lambda: self.board.json('/api/status')['paused'])
        self.assertEqual(self.board.change('/api/pause', {'paused': False}), (200, {'paused': False}))
        until('it goes on', lambda: not self.board.json('/api/status')['paused'])

    def test_many_who_look(self):
        """Several viewers share one picture, and connections are kept between questions."""
        connections = [http.client.HTTPConnection('127.0.0.1', self.board.port, timeout=10) for _ in range(20)]
        for connection in connections:
            connection.request('GET', '/screen.png')
        bodies = {connection.getresponse().read() for connection in connections}
        self.assertLessEqual(len(bodies), 2)
        for connection in connections:
            connection.request('GET', '/api/status')
            self.assertEqual(connection.getresponse().read()[:1], b'{')
            connection.close()

    def test_a_thousand_who_say_nothing(self):
        silent = []
        try:
            for i in range(1000):
                s = socket.socket()
                s.settimeout(5)
                # Some from other addresses; a few say a part of something.
                s.bind(('127.0.0.%d' % (1 + i % 3), 0))
                try:
                    s.connect(('127.0.0.1', self.board.port))
                    if i % 4 == 0:
                        s.sendall(b'GET /api/status HT')
                except OSError:
                    pass
                silent.append(s)
                if i % 100 == 99:
                    self.assertEqual(self.board.get('/api/sources')[0], 200)
            for _ in range(10):
                self.assertEqual(self.board.get('/api/status')[0], 200)
        finally:
            for s in silent:
                s.close()

    def test_a_slow_one_is_dropped(self):
        with socket.create_connection(('127.0.0.1', self.board.port), timeout=15) as s:
            began = time.monotonic()
            s.sendall(b'GET / HTTP/1.1\r\n')
            with self.assertRaises(OSError):
                while time.monotonic() - began < 15:
                    s.sendall(b'A: b\r\n')
                    time.sleep(0.3)
                s.settimeout(0.1)
                self.fail('still there')
            self.assertGreater(time.monotonic() - began, 4)


class OwnBoardTest(unittest.TestCase):
    """Those that need a board of their own."""

    def test_a_token_is_made_once(self):
        board = Board(self, pin=False).wait()
        path = os.path.join(board.folder, 'state', 'web-token')
        with open(path, encoding='ascii') as f:
            token = f.read()
        self.assertRegex(token, r'^[0-9a-f]{32}\n$')
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(board.change('/api/pause', {'paused': False}, key=token.strip())[0], 200)
        self.assertEqual(board.change('/api/pause', key=token[:31])[0], 401)
        self.assertNotIn(token.strip(), board.said())
        self.assertEqual(board.end(), 0)
        again = Board(self, pin=False, folder=board.folder).wait()
        with open(path, encoding='ascii') as f:
            self.assertEqual(f.read(), token)
        self.assertEqual(again.end(), 0)

    def test_wrong_keys_are_counted(self):
        board = Board(self).wait()
        status, headers, _ = board.ask('POST', '/api/pause')
        self.assertEqual((status, headers['www-authenticate']), (401, 'Bearer'))
        for _ in range(8): # no try is no guess
            self.assertEqual(board.change('/api/pause', key=None)[0], 401)
        for i in range(5):
            self.assertEqual(board.change('/api/pause', key='wrong%d' % i)[0], 401)
        status, headers, body = board.ask('POST', '/api/pause', None, {'Authorization': 'Bearer ' + PIN})
        self.assertEqual(status, 429)
        self.assertGreater(int(headers['retry-after']), 0)
        self.assertTrue(json.loads(body)['error'])
        # Looking is free all the same.
        self.assertEqual(board.get('/api/status')[0], 200)
        self.assertEqual(board.said().count('wrong PIN or token'), 1)
        self.assertNotIn(PIN, board.said())

    def test_own_messages_outlive_a_restart(self):
        def heard(board):
            return [i['headline'] for i in board.json('/api/rundown')['items'] if i['state'] == 'airs']
        board = Board(self).wait()
        status, kept = board.change('/api/headlines', {'text': 'Canteen closes at 3', 'source': 'Lobby'})
        self.assertEqual((status, kept['kept']), (201, True))
        status, other = board.change('/api/headlines', {'text': 'Lift is out of order', 'id': 'lift'})
        self.assertEqual((status, other['id']), (201, 'lift'))
        until('both air', lambda: {h['headline'] for h in heard(board)} >=
              {'Canteen closes at 3', 'Lift is out of order'})
        self.assertEqual(board.change('/api/hide', {'id': 'lift'})[0], 200)
        until('one has gone', lambda: 'lift' not in [h.get('id') for h in heard(board)])
        self.assertEqual(board.end(), 0)
        again = Board(self, folder=board.folder).wait()
        until('the other is back', lambda: [(h['headline'], h['source'], h['expires']) for h in heard(again)
                                            if h.get('id') == kept['id']])
        self.assertNotIn('lift', [h.get('id') for h in heard(again)])
        self.assertEqual(again.end(), 0)

    def test_what_is_not_there_to_be_taken_away(self):
        board = Board(self).wait()
        status, answer = board.change('/api/hide', {'id': 'none'})
        self.assertEqual((status, list(answer)), (404, ['error']))
        # Many at once, each with its own answer; some who do not wait for it.
        for i in range(8):
            self.assertEqual(board.change('/api/flash', {'text': 'Number %d' % i, 'id': 'n%d' % i})[0], 201)
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for i in range(4):
                with socket.create_connection(('127.0.0.1', board.port)) as s:
                    s.sendall(b'DELETE /api/flash/none%d HTTP/1.1\r\nHost: localhost\r\n'
                              b'Authorization: Bearer %s\r\n\r\n' % (i, PIN.encode()))
            got = list(pool.map(lambda i: board.change('/api/flash/n%d' % i, method='DELETE')[0],
                                range(16)))
        self.assertEqual(got, [200] * 8 + [404] * 8)
        self.assertEqual(board.json('/api/status')['flashes'], [])

    def test_what_is_hidden_stays_hidden(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        with open(os.path.join(folder, 'a.xml'), 'w', encoding='utf-8') as f:
            f.write(feed('Bridge opens', 'Ferry returns', 'Pier sold'))

        def states(board):
            items = board.json('/api/rundown')['items']
            return {i['headline']['headline']: i['state'] for i in items}
        config = '[source "Gazette"]\nurl = %s/a.xml\n' % folder
        board = Board(self, config, folder=folder).wait()
        until('all air', lambda: list(states(board).values()).count('airs') == 3)
        for name in ('0', '1'):
            self.assertEqual(board.change('/api/hide', {'id': name}), (200, {'id': name}))
        until('two do not', lambda: list(states(board).values()).count('airs') == 1)
        # The first is kept at once, whatever comes; the rest at the end at latest.
        hidden = os.path.join(folder, 'state', 'hidden')
        self.assertTrue(until('it is kept', lambda: os.path.exists(hidden)))
        self.assertEqual(board.end(), 0)
        again = Board(self, config, folder=folder).wait()
        until('it is read', lambda: len(states(again)) == 3)
        self.assertEqual(states(again), {'Bridge opens': 'hidden', 'Ferry returns': 'hidden',
                                         'Pier sold': 'airs'})
        self.assertEqual(again.end(), 0)
        for broken in (b'\xff' * 5000, b'', b'0' * 17, b'-000000000000001\nzz', b'\0' * 34):
            with open(hidden, 'wb') as f:
                f.write(broken)
            again = Board(self, config, folder=folder).wait()
            until('it is read', lambda b=again: len(states(b)) == 3)
            self.assertEqual(set(states(again).values()), {'airs'})
            self.assertEqual(again.end(), 0)

    def test_sources_by_hand(self):
        board = Board(self, '[source "Paper"]\nurl = %s\n' % os.path.join(
            ROOT, 'tests/data/feed/rss2.xml')).wait()
        def names():
            return {s['name']: s['origin'] for s in board.json('/api/sources')['sources']}
        url = 'http://127.0.0.1:%d/api/status' % board.port
        status, tried = board.change('/api/sources', {'url': url, 'try': True, 'name': 'x', 'lan': True})
        self.assertEqual(status, 200)
        self.assertEqual((tried['status'], tried['items'], tried['headlines']), (200, 0, []))
        self.assertTrue(tried['error'])
        # Not without leave: an address of this network.
        status, tried = board.change('/api/sources', {'url': url, 'try': True, 'name': 'x'})
        self.assertIn('not allowed', tried['error'])
        self.assertEqual(names(), {'Paper': 'file'})
        status, _ = board.change('/api/sources', {'name': 'Tide', 'url': 'http://127.0.0.1:1/', 'every': '10m'})
        self.assertEqual(status, 201)
        until('it is there', lambda: names() == {'Paper': 'file', 'Tide': 'web'})
        self.assertEqual(board.change('/api/sources/Tide', method='DELETE')[0], 200)
        until('it is gone', lambda: names() == {'Paper': 'file'})
        self.assertEqual(board.change('/api/sources/Paper', method='DELETE')[0], 409)
        self.assertEqual(board.change('/api/sources/None', method='DELETE')[0], 404)
        board.write('motograph.conf', '[web]\nlisten = x\n[source "Paper"]\nevry = 1\n')
        self.assertEqual(board.change('/api/reload')[0], 200)
        refused = until('it is refused', lambda: board.json('/api/status')['config']['refused'])
        self.assertIn('evry', json.dumps(refused['faults']))
        self.assertEqual(names(), {'Paper': 'file'})

    def test_a_source_is_changed(self):
        """All that it has is told, but for what may be a password, which can be kept unseen."""
        board = Board(self, '[source "Paper"]\nurl = %s\n' % os.path.join(
            ROOT, 'tests/data/feed/rss2.xml')).wait()

        def tide():
            found = [s for s in board.json('/api/sources')['sources'] if s['name'] == 'Tide']
            return found[0] if found else {}
        whole = {'name': 'Tide', 'url': 'http://me:word1928@127.0.0.1:1/', 'weight': 2, 'keep': 9, 'lang': 'de',
                 'lan': True, 'include': ['word:a', 'word:b'], 'user': 'me', 'header': ['X-Key: s3cret']}
        self.assertEqual(board.change('/api/sources', whole)[0], 201)
        until('it is there', tide)
        self.assertEqual(tide()['settings'], {'weight': '2', 'keep': '9', 'lang': 'de', 'lan': 'yes',
                                              'include': ['word:a', 'word:b']})
        self.assertEqual(sorted(tide()['secret']), ['header', 'user'])
        for path in ('/api/sources', '/api/status', '/metrics', '/'):
            self.assertNotRegex(board.get(path)[2].decode(), 's3cret|word1928')
        self.assertNotIn('settings', board.json('/api/sources')['sources'][0])
        url = 'http://127.0.0.1:2/'
        for keep in ('header', ['evry'], ['weight', 1], [None], ['label'], ['url']):
            self.assertEqual(board.change('/api/sources', {'name': 'Tide', 'url': url, 'unchanged': keep})[0],
                             400, keep)
        self.assertEqual(board.change('/api/sources', {'name': 'Tide', 'url': url, 'unchanged': tide()['secret'],
                                                       **tide()['settings'], 'weight': 3})[0], 201)
        until('it is another', lambda: tide()['settings']['weight'] == '3')
        with open(os.path.join(board.folder, 'state', 'web.conf'), encoding='utf-8') as f:
            self.assertEqual(sorted(f.read().split('\n')), sorted([
                '', '[source "Tide"]', 'url = ' + url, 'weight = 3', 'keep = 9', 'lang = de', 'lan = yes',
                'include = word:a', 'include = word:b', 'user = me', 'header = X-Key: s3cret']))
        # What counts from the next start only is told.
        self.assertEqual(board.json('/api/status')['config']['next_start'], [])
        with open(os.path.join(board.folder, 'motograph.conf'), encoding='utf-8') as f:
            board.write('motograph.conf', f.read().replace('[web]', '[web]\nhosts = wall'))
        self.assertEqual(board.change('/api/reload')[0], 200)
        until('it is told', lambda: board.json('/api/status')['config']['next_start'] == ['web'])
        self.assertEqual(board.end(), 0)

    def test_sources_that_are_not_taken(self):
        """Refused whole, with the reason that is the true one."""
        path = os.path.join(ROOT, 'tests/data/feed/rss2.xml')
        many = ''.join('[source "N%d"]\nurl = %s\n' % (i, path) for i in range(254))
        board = Board(self, '[source "Paper"]\nurl = %s\nuser = me\npassword-file = /none\n%s' % (
            path, many)).wait()
        web_conf = os.path.join(board.folder, 'state', 'web.conf')
        gone = {'name': 'Tide', 'url': 'http://127.0.0.1:1/'}
        for wrong in ('true', 1, None):
            self.assertEqual(board.change('/api/sources', dict(gone, **{'try': wrong}))[0], 400, wrong)
        # The password of the operator's file goes to no other address.
        status, answer = board.change('/api/sources', dict(gone, name='Paper'))
        self.assertEqual(status, 409)
        self.assertIn('password', answer['error'])
        self.assertFalse(os.path.exists(web_conf))
        self.assertEqual(board.change('/api/sources', gone)[0], 201)
        until('it is there', lambda: len(board.json('/api/sources')['sources']) == 256)
        status, answer = board.change('/api/sources', dict(gone, name='One more'))
        self.assertEqual((status, '256' in answer['error']), (400, True), answer)
        # A disk that takes nothing is no fault of who asks.
        os.mkdir(web_conf + '.new')
        for path, body, method in (('/api/sources', gone, 'POST'), ('/api/sources/Tide', None, 'DELETE')):
            status, answer = board.change(path, body, method)
            self.assertEqual((status, 'state folder' in answer['error']), (503, True), answer)
        self.assertEqual(board.end(), 0)

    def test_files_that_never_end(self):
        """A FIFO that the configuration names holds nothing up."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        fifo = os.path.join(folder, 'fifo')
        os.mkfifo(fifo)
        board = Board(self, 'pin-file = %s\n[source "CA"]\nurl = https://127.0.0.1:1/\nlan = yes\nca-file = %s\n'
                      '[source "Word"]\nurl = http://127.0.0.1:1/\nlan = yes\nuser = me\npassword-file = %s\n' % (
                          fifo, fifo, fifo), pin=False, folder=folder).wait()
        self.assertIn('fifo: the PIN cannot be read (it is no regular file)', board.said())
        until('both were tried', lambda: board.json('/api/status')['sources']['failed'] == 2)
        ca, word = board.json('/api/sources')['sources']
        self.assertIn('its ca-file cannot be used', ca['error'])
        self.assertIn('its password-file cannot be read', word['error'])
        self.assertEqual(board.end(), 0)

    def test_names_of_any_bytes(self):
        """What was typed may be no UTF-8; what we answer is."""
        folder = os.fsencode(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, b'\xff"\n\\\xc3.xml')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(feed('Bridge opens'))
        board = Board(self, words=[path]).wait()
        until('it is read', lambda: board.json('/api/status')['sources']['ok'] == 1)
        source, = board.json('/api/sources')['sources']
        self.assertEqual(source['name'], os.fsdecode(folder) + '/\ufffd"\n\\\ufffd.xml')
        self.assertIn('motograph_source_up{source="%s/\ufffd\\"\\n\\\\\ufffd.xml",number="0"}' % os.fsdecode(folder),
                      board.metrics())
        # These replace what is configured: what is added would not be seen.
        status, answer = board.change('/api/sources', {'name': 'Tide', 'url': 'http://127.0.0.1:1/'})
        self.assertEqual((status, 'command line' in answer['error']), (409, True), answer)
        self.assertEqual(board.end(), 0)

    def test_not_for_others_without_a_key(self):
        board = Board(self, pin=False, listen='0.0.0.0:%d', folder=self.folder_without_state())
        until('it says so', lambda: 'without a PIN or token' in board.said())
        self.assertEqual(board.get('/api/status')[0], 0)
        self.assertIsNone(board.process.poll())

    def folder_without_state(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        with open(os.path.join(folder, 'state'), 'w', encoding='utf-8'):
            pass
        return folder

    def test_this_machine_may_look_without_a_key(self):
        board = Board(self, pin=False, folder=self.folder_without_state()).wait()
        self.assertEqual(board.change('/api/pause', key='')[0], 401)
        self.assertEqual(board.change('/api/pause', key='x')[0], 401)

    def test_a_port_that_is_taken(self):
        board = Board(self).wait()
        with open(os.path.join(board.folder, 'motograph.conf'), encoding='utf-8') as f:
            config = f.read()
        other = Board(self, config, web=False)
        until('it says so', lambda: 'another program listens there' in other.said())
        self.assertIsNone(other.process.poll())
        self.assertEqual(other.end(), 0)

    def test_off_unless_asked_for(self):
        path = os.path.join(ROOT, 'tests/data/feed/rss2.xml')
        board = Board(self, '[source "Paper"]\nurl = %s\n' % path, web=False)
        time.sleep(1.5)
        self.assertEqual(board.end(), 0)
        self.assertNotIn('web page', board.said())

    def test_unconfigured(self):
        """The samples, and the page for this machine alone; or the port is taken and it goes on."""
        board = Board(self, web=False)
        said = until('it says', lambda: re.search('web page .*127.0.0.1:1928', board.said()))
        self.assertTrue(said)
        self.assertEqual(board.end(), 0)

    def test_other_names(self):
        board = Board(self, 'hosts = news.test, wall').wait()
        for host, status in (('news.test', 200), ('wall:80', 200), ('news.test.evil.example', 403)):
            self.assertEqual(board.get('/', host=host)[0], status, host)

    def test_no_listen_address(self):
        board = Board(self, listen='nowhere:%d')
        until('it says so', lambda: 'no address and port' in board.said())
        self.assertIsNone(board.process.poll())

    def test_it_ends_at_once_with_people_connected(self):
        board = Board(self).wait()
        open_ones = [socket.create_connection(('127.0.0.1', board.port)) for _ in range(10)]
        for s in open_ones[:5]:
            s.sendall(b'GET /screen.png HTTP/1.1\r\nHost: localhost\r\n\r\n')
        self.assertEqual(board.end(), 0)
        for s in open_ones:
            s.close()


if __name__ == '__main__':
    unittest.main()
