#!/usr/bin/python3
"""Boards on a real broker: status, last will, orders, and all that may go wrong between them.

    MOTOGRAPH   path of the program
    DNS_HANG    path of the library that makes look-ups hang
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from broker import Broker, Listener, Relay, free_port, publish, wait_for  # noqa: E402

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
DNS_HANG = os.environ.get('DNS_HANG', '')
FLASH = (0xc8, 0x10, 0x2e)  # of the theme night
# What has been preloaded goes before the sanitizers, and the thread left behind is no leak of ours.
HANG = {'LD_PRELOAD': DNS_HANG,
        'ASAN_OPTIONS': 'verify_asan_link_order=0:detect_leaks=0',
        'TSAN_OPTIONS': 'atexit_sleep_ms=0:report_thread_leaks=0'}
FEED = '''<rss version="2.0"><channel><title>Gazette</title>
<item><title>Ferry returns</title><guid>a</guid></item>
<item><title>Bridge opens early</title><guid>b</guid></item></channel></rss>'''


class Board:
    """The program, headless, with DEVICE as its name and OPTIONS as lines of [mqtt]."""

    def __init__(self, folder, device, broker, *options, env=None, source='feed.xml'):
        self.folder, self.device = folder, device
        self.shot = os.path.join(folder, device + '.png')
        self.conf = conf = os.path.join(folder, device + '.conf')
        with open(conf, 'w', encoding='utf-8') as f:
            f.write('[source "Gazette"]\nurl = %s\n[mqtt]\nbroker = %s\ndevice = %s\n%s\n' % (
                os.path.join(folder, source), broker, device, '\n'.join(options)))
        environment = {k: v for k, v in os.environ.items() if k not in (
            'DISPLAY', 'WAYLAND_DISPLAY', 'NOTIFY_SOCKET', 'CACHE_DIRECTORY', 'STATE_DIRECTORY')}
        environment.update({'HOME': folder, 'XDG_CACHE_HOME': folder, 'XDG_STATE_HOME': folder})
        environment.update(env or {})
        self.log_path = os.path.join(folder, device + '.log')
        self.out_path = os.path.join(folder, device + '.out')
        with open(self.log_path, 'wb') as log, open(self.out_path, 'wb') as out:
            self.process = subprocess.Popen(
                [MOTOGRAPH, 'run', '-c', conf, '--headless', '640x360', '--screenshot', self.shot],
                env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=log)

    def read(self, path):
        with open(path, encoding='utf-8', errors='replace') as f:
            return f.read()

    def log(self):
        return self.read(self.log_path)

    def aired(self):
        return self.read(self.out_path)

    def rss_kib(self):
        with open('/proc/%d/status' % self.process.pid, encoding='ascii') as f:
            return int([line for line in f if line.startswith('VmRSS')][0].split()[1])

    def stop(self, how=signal.SIGTERM):
        """Its exit status and how long that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        status = self.process.wait(20)
        return status, time.monotonic() - began

    def red(self):
        """How many px of its last picture, above the crawl, have the flash's colour."""
        raw = subprocess.run(['convert', self.shot, '-crop', '640x310+0+0', '-depth', '8', 'rgb:-'],
                             stdout=subprocess.PIPE, check=True).stdout
        want = bytes(FLASH)
        return sum(raw[i:i + 3] == want for i in range(0, len(raw), 3))


class MqttTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix='motograph-mqtt-')
        self.addCleanup(shutil.rmtree, self.dir)
        with open(os.path.join(self.dir, 'feed.xml'), 'w', encoding='utf-8') as f:
            f.write(FEED)

    def broker(self, *options, **more):
        broker = Broker(self.dir, *options, **more)
        self.addCleanup(broker.stop)
        return broker

    def listener(self, port, *options):
        listener = Listener(port, 'motograph/#', *options)
        self.addCleanup(listener.stop)
        return listener

    def board(self, device, broker, *options, **more):
        if not isinstance(broker, str):
            broker = '127.0.0.1:%d' % broker.port
        board = Board(self.dir, device, broker, *options, **more)
        self.addCleanup(self.end, board)
        return board

    @staticmethod
    def end(board):
        if board.process.poll() is None:
            board.process.kill()
            board.process.wait(10)

    def await_status(self, listener, name, seconds=15, **wanted):
        def matches():
            status = listener.status(name)
            return all(status.get(k) == v for k, v in wanted.items()) and status
        status = wait_for(matches, seconds)
        self.assertTrue(status, 'no status %s of %s; the last: %s' % (
            wanted, name, listener.status(name)))
        return status

    def await_text(self, what, text, seconds=15):
        self.assertTrue(wait_for(lambda: text in what(), seconds), '%s: %s' % (text, what()))

    def test_a_flash_comes_and_goes(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        status = self.await_status(listener, 'lobby', state='online', flashes=0, headlines=2)
        self.assertEqual(status['device'], 'lobby')
        self.assertEqual(status['sources'], {'ok': 1, 'failed': 0, 'trying': 0})
        for key in ('version', 'rss_kib', 'missed', 'frames', 'uptime_s', 'config_refused'):
            self.assertIn(key, status)
        flash = {'do': 'flash', 'text': 'Harbour "closed" – Ölalarm', 'source': 'Desk',
                 'id': 'a-1', 'style': 'banner'}
        publish(broker.port, 'motograph/lobby/do', flash)
        self.await_text(board.aired, 'Desk\tHarbour "closed" – Ölalarm')
        self.await_status(listener, 'lobby', flashes=1, headlines=3)
        # Twice is once.
        publish(broker.port, 'motograph/lobby/do', flash)
        publish(broker.port, 'motograph/lobby/do',
                {'do': 'headline', 'text': 'Canteen closed', 'until': '2100-01-01T00:00:00Z'})
        publish(broker.port, 'motograph/lobby/do', {'do': 'headline', 'text': 'Canteen closed'})
        self.await_status(listener, 'lobby', flashes=1, headlines=4)
        self.assertIn('more than a year ahead', board.log())
        publish(broker.port, 'motograph/lobby/do', {'do': 'hide', 'id': 'b'})
        self.await_status(listener, 'lobby', headlines=3)
        publish(broker.port, 'motograph/lobby/do', {'do': 'clear', 'id': 'a-1'})
        self.await_status(listener, 'lobby', flashes=0, headlines=2)

        def left():
            return [json.loads(p) for t, _, p in listener.messages if t == 'motograph/lobby/aired']
        self.assertTrue(wait_for(lambda: any(a['lane'] == 'flash' for a in left())), left())
        aired = [a for a in left() if a['lane'] == 'flash'][0]
        self.assertEqual(aired['headline'], 'Harbour "closed" – Ölalarm')
        self.assertEqual((aired['source'], aired['id']), ('Desk', 'a-1'))
        status, took = board.stop()
        self.assertEqual(status, 0, board.log())
        self.assertLess(took, 5)
        self.assertEqual(board.red(), 0)
        self.await_status(listener, 'lobby', state='offline')

    def test_what_came_by_hand_outlives_a_restart(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online', headlines=2)
        publish(broker.port, 'motograph/lobby/do', {'do': 'hide', 'id': 'a'})
        for name in ('canteen', 'lift', 'gone'):
            publish(broker.port, 'motograph/lobby/do', {'do': 'headline', 'text': 'About ' + name, 'id': name})
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Not this one'})
        publish(broker.port, 'motograph/lobby/do', {'do': 'hide', 'id': 'gone'})
        self.await_status(listener, 'lobby', headlines=4, flashes=1)
        self.assertEqual(board.stop()[0], 0, board.log())
        listener.messages.clear()
        again = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online', headlines=3, flashes=0)
        for words in ('About canteen', 'About lift', 'Bridge opens early'):
            self.await_text(again.aired, words, 60)
        self.assertEqual(again.stop()[0], 0, again.log())
        for words in ('Ferry', 'gone', 'Not this'):
            self.assertNotIn(words, again.aired())

    def test_a_flash_is_in_the_picture(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online')
        publish(broker.port, 'motograph/lobby/do',
                {'do': 'flash', 'text': 'Harbour closed', 'style': 'takeover'})
        self.await_text(board.aired, 'Harbour closed')
        time.sleep(0.5)
        self.assertEqual(board.stop()[0], 0, board.log())
        self.assertGreater(board.red(), 640 * 360 // 2)

    def test_what_no_order_is(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        topic = 'motograph/lobby/do'
        publish(broker.port, topic, {'do': 'flash', 'text': 'Kept for long'}, '-r')
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online')
        publish(broker.port, topic, {'do': 'flash', 'text': 'Kept from now on'}, '-r')
        for _ in range(3):
            publish(broker.port, topic, '{"do": "flash", "text": "Brok')
        publish(broker.port, topic, {'do': 'flash', 'text': 'Too large', 'pad': 'x' * 5000})
        publish(broker.port, topic, {'do': 'poweroff'})
        publish(broker.port, topic, {'do': 'flash', 'text': 'Wrong', 'expires_in_s': -1})
        publish(broker.port, topic, {'do': 'flash', 'text': 'Wrong', 'expires_in_s': 99999})
        publish(broker.port, topic, b'\x00\xff' * 100)
        publish(broker.port, topic, b'')
        publish(broker.port, 'motograph/lobby/status/do', {'do': 'flash', 'text': 'Elsewhere'})
        # What comes behind all of that is carried out, so that all of that has come.
        publish(broker.port, topic, {'do': 'flash', 'text': 'The last one'})
        self.await_text(board.aired, 'The last one')
        self.await_status(listener, 'lobby', flashes=1)
        log = board.log()
        self.assertEqual(log.count('broken JSON'), 1, log)
        self.assertEqual(log.count('over 4 kB'), 1, log)
        self.assertEqual(log.count('retained'), 1, log)
        self.assertEqual(log.count('an order on'), 3, log)
        for words in ('Kept', 'Too large', 'Wrong', 'Elsewhere'):
            self.assertNotIn(words, board.aired())
        self.assertEqual(board.stop()[0], 0)

    def test_a_flood(self):
        broker = self.broker('allow_anonymous true', 'max_queued_messages 0')
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online')
        before = board.rss_kib()
        lines = b''.join(b'{"do":"headline","text":"Number %d"}\n' % n for n in range(5000))
        subprocess.run(['mosquitto_pub', '-h', '127.0.0.1', '-p', str(broker.port), '-q', '1', '-t',
                        'motograph/lobby/do', '-l'], input=lines, check=True, timeout=60)
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Behind the flood'})
        # It may have been left out itself, as one of too many; the next one is not.
        time.sleep(1)
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'After the flood'})
        self.await_text(board.aired, 'After the flood')
        self.assertLess(board.rss_kib() - before, 40 * 1024)
        self.assertEqual(board.stop()[0], 0, board.log())

    def test_the_broker_dies_and_comes_back(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online')
        broker.kill()
        self.await_text(board.log, 'the connection is lost')
        time.sleep(2)  # it tries, and says no more
        self.assertEqual(board.log().count('is lost'), 1, board.log())
        self.assertEqual(board.log().count('Connection refused'), 1, board.log())
        broker.start()
        again = self.listener(broker.port)
        self.await_status(again, 'lobby', 20, state='online', headlines=2)
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Back again'})
        self.await_text(board.aired, 'Back again')
        self.assertEqual(board.log().count('connected to the broker'), 1)
        self.assertEqual(board.log().count('connected again to the broker'), 1)
        # No broker at all is no trouble at the end either.
        broker.kill()
        status, took = board.stop()
        self.assertEqual(status, 0, board.log())
        self.assertLess(took, 5)

    def test_the_last_will(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online')
        board.stop(signal.SIGKILL)
        self.await_status(listener, 'lobby', state='offline', device='lobby')
        late = self.listener(broker.port)  # who comes later is told as well
        self.await_status(late, 'lobby', state='offline')
        self.assertTrue(late.messages[0][1])

    def test_user_and_password(self):
        passwords = os.path.join(self.dir, 'passwords')
        subprocess.run(['mosquitto_passwd', '-b', '-c', passwords, 'board', 'correct horse'],
                       check=True)
        broker = self.broker('allow_anonymous false', 'password_file ' + passwords)
        listener = self.listener(broker.port, '-u', 'board', '-P', 'correct horse')
        for name, word in (('right', 'correct horse\n'), ('wrong', 'battery staple\n')):
            with open(os.path.join(self.dir, name), 'w', encoding='ascii') as f:
                f.write(word)
        options = ['user = board', 'password-file = ' + os.path.join(self.dir, 'wrong')]
        wrong = self.board('wrong', broker, *options)
        self.await_text(wrong.log, 'uthori')  # the broker's words differ by version
        self.await_text(wrong.aired, 'Ferry returns')  # the picture goes on
        missing = self.board('missing', broker, 'user = board', 'password-file = /none')
        self.await_text(missing.log, 'password-file /none cannot be read')
        self.await_text(missing.aired, 'Ferry returns')
        right = self.board('right', broker, 'user = board',
                           'password-file = ' + os.path.join(self.dir, 'right'))
        self.await_status(listener, 'right', state='online')
        self.assertEqual(wrong.log().count('trying again'), 1, wrong.log())
        self.assertNotIn('battery', wrong.log())
        self.assertEqual(listener.status('wrong'), {})
        for board in (wrong, missing, right):
            self.assertEqual(board.stop()[0], 0)

    def test_a_group(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        boards = [self.board(name, broker, 'group = ' + group)
                  for name, group in (('a1', 'A'), ('a2', 'A'), ('b"1', 'B'))]
        for board in boards:
            self.await_status(listener, board.device, state='online', device=board.device)
        publish(broker.port, 'motograph/group/A/do', {'do': 'flash', 'text': 'To all of A'})
        for board in boards[:2]:
            self.await_text(board.aired, 'To all of A')
            self.await_status(listener, board.device, flashes=1)
        publish(broker.port, 'motograph/b"1/do', {'do': 'flash', 'text': 'To b1'})
        self.await_text(boards[2].aired, 'To b1')
        self.assertNotIn('To all', boards[2].aired())
        self.assertNotIn('To b1', boards[0].aired())

    def certificates(self):
        """A certificate authority, a certificate of localhost, and an authority of somebody else."""
        def path(name):
            return os.path.join(self.dir, name)

        def openssl(*words):
            subprocess.run(['openssl', *words], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        for ca in ('ca', 'other'):
            openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                    '-days', '2', '-subj', '/CN=' + ca, '-keyout', path(ca + '.key'), '-out',
                    path(ca + '.pem'))
        openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj',
                '/CN=localhost', '-keyout', path('server.key'), '-out', path('server.csr'))
        with open(path('names'), 'w', encoding='ascii') as f:
            f.write('subjectAltName=DNS:localhost\n')
        openssl('x509', '-req', '-in', path('server.csr'), '-CA', path('ca.pem'), '-CAkey',
                path('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', path('names'), '-out',
                path('server.pem'))
        return path

    def test_tls(self):
        path = self.certificates()
        broker = self.broker('allow_anonymous true', 'cafile ' + path('ca.pem'),
                             'certfile ' + path('server.pem'), 'keyfile ' + path('server.key'))
        url = 'mqtts://localhost:%d' % broker.port
        listener = Listener(broker.port, 'motograph/#', '-h', 'localhost', '--cafile',
                            path('ca.pem'))
        self.addCleanup(listener.stop)
        good = self.board('good', url, 'ca-file = ' + path('ca.pem'))
        other = self.board('other', url, 'ca-file = ' + path('other.pem'))
        named = self.board('named', 'mqtts://127.0.0.1:%d' % broker.port,
                           'ca-file = ' + path('ca.pem'))  # not in the certificate
        self.await_status(listener, 'good', state='online')
        publish(broker.port, 'motograph/good/do', {'do': 'flash', 'text': 'In private'}, '-h',
                'localhost', '--cafile', path('ca.pem'))
        self.await_text(good.aired, 'In private')
        for board in (other, named):
            self.await_text(board.log, 'TLS')
            self.assertEqual(listener.status(board.device), {})
        self.assertEqual(good.stop()[0], 0)
        self.await_status(listener, 'good', state='offline')

    def test_an_older_broker_and_one_that_sends_no_end(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        relay = Relay(broker.port, old=True)
        self.addCleanup(relay.stop)
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Kept for long'}, '-r')
        board = self.board('lobby', '127.0.0.1:%d' % relay.port)
        self.await_status(listener, 'lobby', state='online')
        self.assertEqual(relay.versions, [5, 4])
        # Of 3.1.1 the kept order comes, marked as such.
        self.await_text(board.log, 'retained')
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'In the old way'})
        self.await_text(board.aired, 'In the old way')
        before = board.rss_kib()
        # A PUBLISH of 256 MB begins.
        flood = b'\x30\xff\xff\xff\x7f\x00\x12motograph/lobby/do'

        def pour():
            try:
                relay.boards[-1].sendall(flood)
                for _ in range(256):
                    relay.boards[-1].sendall(b'x' * (1 << 20))
            except OSError:
                pass
        threading.Thread(target=pour, daemon=True).start()
        self.await_text(board.log, 'over 64 kB')
        self.assertLess(board.rss_kib() - before, 8 * 1024)
        self.assertNotIn('Kept', board.aired())
        # It comes back, and goes on.
        self.assertTrue(wait_for(lambda: len(relay.boards) == 2, 15))
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'All is well'})
        self.await_text(board.aired, 'All is well')
        self.assertEqual(board.stop()[0], 0)

    @unittest.skipUnless(DNS_HANG, 'without DNS_HANG')
    def test_a_look_up_that_hangs(self):
        board = self.board('lobby', 'broker.invalid:1883', env=HANG)
        self.await_text(board.aired, 'Ferry returns')
        status, took = board.stop()
        self.assertEqual(status, 0, board.log())
        self.assertLess(took, 4)
        self.assertIn('left behind', board.log())
        self.assertTrue(os.path.exists(board.shot))

    def test_files_that_never_end(self):
        """A FIFO or a device holds nothing up, and is named."""
        fifo = os.path.join(self.dir, 'fifo')
        os.mkfifo(fifo)
        for name, option in (('a', 'user = me\npassword-file = ' + fifo), ('b', 'ca-file = ' + fifo),
                             ('c', 'user = me\npassword-file = /dev/zero'), ('d', 'ca-file = /dev/zero')):
            board = self.board(name, '127.0.0.1:1', option)
            self.await_text(board.aired, 'Ferry returns')
            self.await_text(board.log, 'no regular file: MQTT stays off')
            self.assertEqual(board.stop()[0], 0)

    def test_a_broker_that_says_nothing(self):
        with socket.create_server(('127.0.0.1', 0)) as silent:
            board = self.board('lobby', '127.0.0.1:%d' % silent.getsockname()[1])
            self.await_text(board.aired, 'Ferry returns')
            status, took = board.stop()
            self.assertEqual(status, 0, board.log())
            self.assertLess(took, 4)

    def test_a_configuration_is_read_again(self):
        broker = self.broker()
        listener = self.listener(broker.port)
        board = self.board('lobby', broker)
        self.await_status(listener, 'lobby', state='online', headlines=2, config_refused=False)
        with open(board.conf, encoding='utf-8') as f:
            good = f.read()
        for text, refused in ((good + '[flash]\nstyle = loud\n', True),
                              (good + '[flash]\nmax-expires = 1m\nexpires = 1m\n[source "B"]\nurl = %s/b.txt\n'
                               % self.dir, False)):
            with open(os.path.join(self.dir, 'b.txt'), 'w', encoding='ascii') as f:
                f.write('Tide at nine\n')
            with open(board.conf, 'w', encoding='utf-8') as f:
                f.write(text)
            publish(broker.port, 'motograph/lobby/do', {'do': 'reload'})
            self.await_status(listener, 'lobby', config_refused=refused)
        # What is pushed has its place behind the new source, too.
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Harbour closed'})
        self.await_status(listener, 'lobby', headlines=4, flashes=1)
        self.await_text(board.aired, 'Harbour closed')
        publish(broker.port, 'motograph/lobby/do', {'do': 'flash', 'text': 'Longer', 'expires_in_s': 90})
        self.await_text(board.log, 'at most 60')
        self.await_text(board.aired, 'Tide at nine', 30)
        self.assertEqual(board.stop()[0], 0, board.log())

    def test_settings_that_are_wrong(self):
        port = free_port()
        board = self.board('lobby', 'mqtt://me:word@127.0.0.1:%d' % port, 'group = a/b')
        self.await_text(board.aired, 'Ferry returns')
        log = board.log()
        self.assertRegex(log, r'lobby\.conf:4: .*HOST:PORT')
        self.assertRegex(log, r'lobby\.conf:6: .*without / \+ #')
        self.assertEqual(board.stop()[0], 0)


if __name__ == '__main__':
    unittest.main()
