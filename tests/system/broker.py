"""A real mosquitto on a free port of loopback, one who listens to all of it, and a relay that can
stand between it and a board. Every process is ended by its id."""
import json
import os
import socket
import subprocess
import threading
import time


def wait_for(what, seconds=15, every=0.02):
    """WHAT's first true value; the last one when time is up."""
    end = time.monotonic() + seconds
    value = what()
    while not value and time.monotonic() < end:
        time.sleep(every)
        value = what()
    return value


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Broker:
    """OPTIONS are lines of its configuration."""

    def __init__(self, folder, *options, port=None):
        self.port = port or free_port()
        self.folder = folder
        path = os.path.join(folder, 'mosquitto-%d.conf' % self.port)
        lines = list(options) or ['allow_anonymous true']
        if os.geteuid() == 0:
            lines.append('user root')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(['listener %d 127.0.0.1' % self.port, 'persistence false',
                               'log_dest stderr', 'log_type all'] + lines) + '\n')
        self.path = path
        self.start()

    def start(self):
        binary = '/usr/sbin/mosquitto'
        self.log = open(self.path + '.log', 'ab')
        self.process = subprocess.Popen([binary, '-c', self.path], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        assert wait_for(self.is_up, 10), 'no broker: see %s.log' % self.path

    def is_up(self):
        with socket.socket() as s:
            return s.connect_ex(('127.0.0.1', self.port)) == 0

    def kill(self):
        self.process.kill()
        self.process.wait(10)
        self.log.close()

    stop = kill


class Listener:
    """Hears TOPIC; `messages` are (topic, retained, payload)."""

    def __init__(self, port, topic='motograph/#', *options):
        self.messages = []
        self.process = subprocess.Popen(
            ['mosquitto_sub', '-h', '127.0.0.1', '-p', str(port), '-t', topic, '-q', '1',
             '-F', '%t %r %p', *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, encoding='utf-8', errors='replace')
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            parts = line.rstrip('\n').split(' ', 2)
            if len(parts) == 3:
                self.messages.append((parts[0], parts[1] == '1', parts[2]))

    def status(self, device):
        """The last one of DEVICE; {} if there was none."""
        wanted = 'motograph/%s/status' % device
        found = [p for t, _, p in list(self.messages) if t == wanted]
        return json.loads(found[-1]) if found else {}

    def stop(self):
        self.process.kill()
        self.process.wait(10)
        self.thread.join(10)
        self.process.stdout.close()


def publish(port, topic, payload, *options):
    """At QoS 1; returns when the broker has it."""
    if not isinstance(payload, (str, bytes)):
        payload = json.dumps(payload)
    if isinstance(payload, str):
        payload = payload.encode()
    subprocess.run(['mosquitto_pub', '-h', '127.0.0.1', '-p', str(port), '-q', '1', '-t', topic,
                    '-s' if payload else '-n', *options], input=payload, check=True, timeout=20)


class Relay:
    """Between a board and the broker at PORT: as an older broker it refuses MQTT 5, and it can say
    what no good broker says."""

    def __init__(self, port, old=False):
        self.target, self.old = port, old
        self.versions = []
        self.boards = []
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                board, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(board,), daemon=True).start()

    def serve(self, board):
        first = board.recv(4096)
        if len(first) < 9:
            board.close()
            return
        # Fixed header of two or three bytes, then the name "MQTT" and the version.
        version = first[first.index(b'MQTT') + 4]
        self.versions.append(version)
        if self.old and version == 5:
            board.sendall(b'\x20\x02\x00\x01')  # CONNACK: unacceptable version
            board.close()
            return
        broker = socket.create_connection(('127.0.0.1', self.target))
        broker.sendall(first)
        self.boards.append(board)
        up = threading.Thread(target=self.pump, args=(board, broker), daemon=True)
        up.start()
        self.pump(broker, board)
        up.join()
        broker.close()
        board.close()

    @staticmethod
    def pump(source, sink):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                sink.sendall(data)
        except OSError:
            pass
        for s in (source, sink):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def stop(self):
        self.server.close()
        for board in self.boards:
            board.close()
