"""An emulated board: qemu-system-aarch64 with a virtio GPU, what it says, what is on its screen,
and the feed that it reads. Shared by test_boot.py, boot_long and boot_power."""
import http.server
import json
import os
import socket
import subprocess
import threading
import time

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
MINI_CONF = os.path.join(TOP, 'toolchain', 'boot', 'mini.conf')
W, H = 640, 360
CARD = (0, 0, W, H * 3 // 4)
CRAWL = (0, H * 8 // 10, W, H // 5)
AT = '2026-11-23T12:00:00Z'
FEED = '''<rss version="2.0"><channel><title>Harbour Gazette</title>
<item><title>%s</title><pubDate>Mon, 23 Nov 2026 11:00:00 GMT</pubDate></item>
<item><title>Bridge opens two weeks early after a mild winter</title>
<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>
</channel></rss>'''
HEADLINE = 'Ferry returns after three days of storm'
OTHER = 'Lighthouse keeper retires at ninety'
# The panel with the board's address, in the first minute, covers other parts of the picture.
LOOK = (0, CARD[1], W * 6 // 10, CARD[3] // 2)
BOOT_S = 240  # at most; some fifteen on a quiet machine


def said(step, seconds, more=''):
    print('ok %-52s %6.1f s%s' % (step, seconds, more and '  ' + more), flush=True)


def check(true, what):
    if not true:
        raise AssertionError(what)


class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = (FEED % HEADLINE).encode()
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header('Content-Type', 'application/rss+xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Machine:
    """One boot. Everything it says on its serial line is in .said; with "shell" among the words for
    its KERNEL, what .type says there is done."""

    def __init__(self, folder, image, words, kernel='',
                 gpu='virtio-gpu-pci,xres=%d,yres=%d' % (W, H), display='none', more=(),
                 net='user,id=net'):
        self.folder = folder
        self.qmp_path = os.path.join(folder, 'qmp')
        self.serial = open(os.path.join(folder, 'serial'), 'w+b', buffering=0)
        # An emulated processor does not guess ahead, so nothing need be mitigated.
        line = ' '.join(['console=ttyAMA0 quiet nokaslr mitigations=off panic=-1',
                         'vt.global_cursor_default=0', kernel] + ['ticker.' + word for word in words])
        usr = os.path.join(image, 'usr.img')
        disk = ['-drive', 'if=virtio,format=raw,readonly=on,file=' + usr] if os.path.exists(usr) else []
        self.process = subprocess.Popen(
            ['qemu-system-aarch64', '-M', 'virt', '-cpu', 'cortex-a72', '-accel',
             'tcg,thread=multi', '-smp', '2', '-m', '1024', '-nodefaults', '-no-reboot',
             '-kernel', os.path.join(image, 'vmlinuz'), '-initrd', os.path.join(image, 'initrd'),
             '-append', line, '-device', gpu,
             '-netdev', net, '-device', 'virtio-net-pci,netdev=net,romfile=',
             *disk, '-display', display, '-serial', 'stdio', '-qmp',
             'unix:%s,server=on,wait=off' % self.qmp_path, *more],
            stdin=subprocess.PIPE, stdout=self.serial, stderr=subprocess.STDOUT)
        self.qmp = None

    def said(self):
        self.serial.seek(0)
        return self.serial.read().decode('utf-8', 'replace')

    def type(self, line):
        self.process.stdin.write(line.encode() + b'\n')
        self.process.stdin.flush()

    def command(self, name, **arguments):
        if not self.qmp:
            self.qmp = socket.socket(socket.AF_UNIX)
            self.qmp.settimeout(30)
            self.qmp.connect(self.qmp_path)
            self.answers = self.qmp.makefile('r', encoding='utf-8')
            json.loads(self.answers.readline())
            self.command('qmp_capabilities')
        self.qmp.sendall(json.dumps({'execute': name, 'arguments': arguments}).encode() + b'\n')
        while True:
            answer = json.loads(self.answers.readline())
            if 'return' in answer or 'error' in answer:
                return answer

    def picture(self, name):
        """What is on the screen, as rows of px, kept as NAME.ppm; None while there is none of our size."""
        path = os.path.join(self.folder, name + '.ppm')
        answer = self.command('screendump', filename=path, format='ppm')
        return None if 'error' in answer else grey(path)

    def wait(self, what, test):
        """Until TEST gives something; what it gives."""
        end = time.monotonic() + BOOT_S
        while time.monotonic() < end and self.process.poll() is None:
            found = test()
            if found:
                return found
            time.sleep(0.3)
        raise AssertionError('%s did not come; the machine said:\n%s' % (what, self.said()[-3000:]))

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        if self.qmp:
            self.answers.close()
            self.qmp.close()
        self.serial.close()


class Shell:
    """Root's shell in the machine, on its virtconsole."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(path)
        self.number = 0
        self.rest = b''
        self.ready = False

    def wake(self):
        """Until the shell is there: what is said to the line before is lost."""
        self.socket.settimeout(2)
        for _ in range(90):
            self.socket.sendall(b"PS1=; stty -echo; echo 'rea''dy'\n")
            try:
                self.until(b'\nready\r\n')
                break
            except TimeoutError:
                continue
        self.socket.settimeout(60)
        self.ready = True

    def until(self, mark):
        while mark not in self.rest:
            more = self.socket.recv(65536)
            if not more:
                raise AssertionError('the shell has gone: %r' % self.rest[-300:])
            self.rest += more
        said, self.rest = self.rest.split(mark, 1)
        return said

    def run(self, command):
        """What COMMAND prints; in two halves, so that the line's echo is not taken for the mark."""
        if not self.ready:
            self.wake()
        self.number += 1
        self.socket.sendall(b"echo; echo '<'%d; %s; echo; echo '>'%d\n" % (
            self.number, command.encode(), self.number))
        self.until(b'\n<%d\r\n' % self.number)
        return self.until(b'\n>%d\r\n' % self.number).decode('utf-8', 'replace').strip()


class Board:
    """One power-on of the card's system."""
    boots = 0

    def __init__(self, top, image, disk, *more, net='user,id=net'):
        Board.boots += 1
        self.folder = os.path.join(top, 'boot%d' % Board.boots)
        os.mkdir(self.folder)
        self.began = time.monotonic()
        console = os.path.join(self.folder, 'shell')
        self.machine = Machine(
            self.folder, image, [], 'ro net.ifnames=0 systemd.show_status=0 loglevel=3', net=net, more=(
                '-drive', 'if=virtio,format=raw,file=' + disk, '-device', 'virtio-rng-pci,romfile=',
                '-device', 'virtio-serial-pci', '-chardev',
                'socket,id=shell,path=%s,server=on,wait=off' % console,
                '-device', 'virtconsole,chardev=shell', *more))
        time.sleep(1)
        self.shell = Shell(console)

    def headline(self, wanted):
        rows = self.machine.picture('screen')
        return bool(rows) and unlike(part(rows, LOOK), part(wanted, LOOK)) < 0.05

    def shown(self, wanted, what='the headline'):
        began = time.monotonic()
        self.machine.wait(what, lambda: self.headline(wanted))
        return time.monotonic() - began

    def pid(self):
        return self.shell.run('systemctl show -P MainPID motograph')


def mini_image():
    """What toolchain/image qemu-mini makes, or has made ($BOARD_IMAGE)."""
    return os.environ.get('BOARD_IMAGE') or subprocess.run(
        [os.path.join(TOP, 'toolchain', 'image'), 'qemu-mini'], stdout=subprocess.PIPE, check=True,
        encoding='utf-8').stdout.strip()


def grey(path):
    """The rows of a PPM or PNG, of which green is enough. A PPM is read at once: while a board boots,
    another program here would cost it time."""
    if path.endswith('.ppm'):
        with open(path, 'rb') as f:
            data = f.read()
    else:
        data = subprocess.run(['convert', path, '-depth', '8', 'ppm:-'], stdout=subprocess.PIPE,
                              check=True).stdout
    _, size, _, px = data.split(b'\n', 3)
    if size != b'%d %d' % (W, H):
        return None
    return [px[i + 1:i + 3 * W:3] for i in range(0, 3 * W * H, 3 * W)]


def part(rows, area):
    x, y, w, h = area
    return b''.join(row[x:x + w] for row in rows[y:y + h])


def unlike(a, b):
    """The share of px that differ by more than a GPU rounds, of those lit in either."""
    lit = [(p, q) for p, q in zip(a, b) if max(p, q) > 90]
    return sum(abs(p - q) > 48 for p, q in lit) / max(len(lit), 1)


def shift(before, after):
    """Px by which the whole band has moved to the left, or None."""
    rows = [(before[i:i + W], after[i:i + W]) for i in range(0, len(before), W)]
    for px in range(1, W - 150):
        was, now = (b''.join(row[i] for row in [(a[px:], b[:W - px]) for a, b in rows])
                    for i in (0, 1))
        if sum(p > 90 for p in was) > 300 and unlike(was, now) < 0.02:
            return px
    return None


def parts(disk):
    """Where the partitions are: (offset, length), FAT, root and data."""
    table = open(disk, 'rb').read(512)[446:510]
    number = [[int.from_bytes(table[i + at:i + at + 4], 'little') * 512 for at in (8, 12)]
              for i in (0, 16, 32)]
    return [tuple(one) for one in number]


def put(disk, path, name):
    """Writes a file on the card's FAT partition."""
    subprocess.run(['mcopy', '-o', '-i', '%s@@%d' % (disk, parts(disk)[0][0]), path, '::/' + name],
                   check=True)


def serve():
    """A web server on loopback that tells of one headline; what was asked is in .asked."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Feed)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def card(folder, image, server, more=''):
    """A copy of IMAGE's disk, in FOLDER, whose motograph.conf names SERVER's feed and says MORE."""
    disk, own = os.path.join(folder, 'disk.img'), os.path.join(folder, 'motograph.conf')
    subprocess.run(['cp', '--sparse=always', os.path.join(image, 'disk.img'), disk], check=True)
    with open(MINI_CONF, encoding='utf-8') as f:
        text = f.read()
    with open(own, 'w', encoding='utf-8') as f:
        f.write(text + '[source "Harbour Gazette"]\nurl = http://10.0.2.2:%d/feed.xml\n'
                'max-age = 3650d\nlan = yes\n%s' % (server.server_address[1], more))
    put(disk, own, 'motograph.conf')
    return disk


def drawn(motograph, folder, headline, configuration):
    """The picture as this machine's build draws it, from a file."""
    feed, out = os.path.join(folder, 'feed.xml'), os.path.join(folder, 'drawn.png')
    with open(feed, 'w', encoding='utf-8') as f:
        f.write(FEED % headline)
    subprocess.run([motograph, '--headless', '%dx%d' % (W, H), '--frames', '300', '--at', AT,
                    '-c', configuration, '--screenshot', out, feed], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return grey(out)
