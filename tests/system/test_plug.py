#!/usr/bin/python3
"""Screens that come, go and change, under a real kernel: boots the ticker in an emulator without a
screen, plugs one in, pulls it, exchanges it, turns it off by the hours, and looks at the pixels. Some
minutes, so it is no ctest; toolchain/install build run test boot has what it takes. What it is told:
test_boot.py."""
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

import machine as emulator
from machine import AT, FEED, HEADLINE, Machine, mini_image, serve, unlike

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
STATUS = '/sys/class/drm/card0-%s/status'
CONF = os.path.join(emulator.TOP, 'toolchain', 'boot', 'mini.conf')


class Viewer:
    """What a person does who drags the emulator's window to another size (RFB 3.8,
    SetDesktopSize): the virtual display tells the kernel that it likes that best from now on."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.read(12)
        self.socket.sendall(b'RFB 003.008\n')
        self.read(self.read(1)[0])
        self.socket.sendall(b'\x01')  # no password
        assert self.read(4) == bytes(4)
        self.socket.sendall(b'\x01')
        self.read(20)
        self.read(struct.unpack('>I', self.read(4))[0])
        # Extended desktop size: without it the server heeds no wishes.
        self.socket.sendall(struct.pack('>BxHi', 2, 1, -308))

    def read(self, count):
        got = b''
        while len(got) < count:
            more = self.socket.recv(count - len(got))
            assert more, 'the viewer was thrown out'
            got += more
        return got

    def resize(self, w, h):
        self.socket.sendall(struct.pack('>BxHHBxIHHHHI', 251, w, h, 1, 0, 0, 0, w, h, 0))

    def close(self):
        self.socket.close()


class PlugTest(unittest.TestCase):
    def setUp(self):
        for tool in ('qemu-system-aarch64', 'convert', 'mmdebstrap'):
            if not shutil.which(tool):
                self.fail('%s is missing: toolchain/install build run test boot' % tool)
        self.dir = tempfile.mkdtemp(prefix='motograph-plug-')
        self.addCleanup(shutil.rmtree, self.dir)
        self.server = serve()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def boot(self):
        self.vnc = os.path.join(self.dir, 'vnc')
        machine = Machine(self.dir, mini_image(), ['--at', AT],
                          kernel='shell video=Virtual-1:d env.NOTIFY_SOCKET=/tmp/nobody',
                          gpu='virtio-gpu-pci,id=gpu,max_outputs=2,xres=640,yres=360',
                          display='vnc=unix:' + self.vnc)
        self.addCleanup(machine.close)
        return machine

    def card(self, w, h):
        """The story as this machine draws it on such a screen."""
        feed, out = os.path.join(self.dir, 'feed.xml'), os.path.join(self.dir, 'drawn.png')
        with open(feed, 'w', encoding='utf-8') as f:
            f.write(FEED % HEADLINE)
        subprocess.run([MOTOGRAPH, '--headless', '%dx%d' % (w, h), '--frames', '300', '--at', AT,
                        '-c', CONF, '--screenshot', out, feed], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        return self.story(out, w, h)

    @staticmethod
    def story(path, w, h):
        """The grey px of the story; None where the picture has another size."""
        size = subprocess.run(['identify', '-format', '%w %h', path], stdout=subprocess.PIPE,
                              check=True).stdout.split()
        if [int(n) for n in size] != [w, h]:
            return None
        raw = subprocess.run(['convert', path, '-depth', '8', 'gray:-'], stdout=subprocess.PIPE,
                             check=True).stdout
        return raw[:w * (h * 3 // 4)]

    def seen(self, machine, w, h):
        path = os.path.join(self.dir, 'screen.png')
        answer = machine.command('screendump', filename=path, format='png', device='gpu')
        return None if 'error' in answer else self.story(path, w, h)

    def shows(self, machine, w, h, wanted=None):
        rows = self.seen(machine, w, h)
        return rows and unlike(rows, wanted or self.card(w, h)) < 0.02

    def await_story(self, machine, w, h):
        wanted, began = self.card(w, h), time.monotonic()
        self.assertGreater(sum(p > 90 for p in wanted), 2000)

        machine.wait('the story at %dx%d' % (w, h), lambda: self.shows(machine, w, h, wanted))
        print('the story at %dx%d: %.1f s' % (w, h, time.monotonic() - began), file=sys.stderr)

    def await_line(self, machine, line, count=1):
        machine.wait(line, lambda: machine.said().count(line) >= count)

    def set(self, machine, **options):
        """Has the guest read its configuration again."""
        machine.type('cp /first.conf /motograph.conf')
        for key, value in options.items():
            machine.type("sed -i '/^.display/a %s = %s' /motograph.conf" % (key, value))
        machine.type('kill -HUP $(pidof motograph)')

    def dpms(self, machine):
        """As the kernel tells it."""
        machine.type('echo "dpms: $(cat /sys/class/drm/card0-Virtual-1/dpms)."')
        time.sleep(0.5)
        told = re.findall(r'^dpms: (\w+)\.', machine.said(), re.M)
        return told[-1] if told else ''

    def sleep_and_wake(self, machine):
        """Outside its hours it is dark; breaking news wakes it."""
        machine.type('mkdir /drop; cp /first.conf /motograph.conf')
        machine.type("printf '[power]\\non = daily 00:00-01:00\\n[source \"Drop\"]\\nurl = /drop/\\n' "
                     '>>/motograph.conf; kill -HUP $(pidof motograph)')
        self.await_line(machine, 'by DPMS of Virtual-1')
        machine.wait('darkness', lambda: self.dpms(machine) == 'Off')
        # The emulator then says in a line that nothing comes.
        self.assertFalse(self.shows(machine, 640, 360))
        machine.type('echo Storm warning for the whole coast >/drop/flash-storm.txt')
        machine.wait('the screen to wake', lambda: self.dpms(machine) == 'On')
        machine.wait('the warning', lambda: sum(
            p > 90 for p in self.seen(machine, 640, 360) or ()) > 2000)
        machine.type('rm /drop/flash-storm.txt')
        self.set(machine)
        self.await_story(machine, 640, 360)

    def test_screens_come_and_go(self):
        machine = self.boot()
        try:
            self.play(machine)
        finally:
            if os.environ.get('BOOT_PICTURES'):
                for name in ('screen.png', 'serial'):
                    shutil.copy(os.path.join(self.dir, name), os.environ['BOOT_PICTURES'])

    def play(self, machine):
        # No screen at the start: it runs, and takes a configuration and headlines.
        self.await_line(machine, 'init: motograph run')
        source = '[source "Harbour"]\\nurl = http://10.0.2.2:%d/feed.xml\\nlan = yes\\n' \
            'label = Harbour Gazette\\nevery = 10s\\n' % self.server.server_address[1]
        machine.type("printf '%s' >>/motograph.conf; cp /motograph.conf /first.conf" % source)
        # It notices by itself; a signal might come before it listens to any.
        machine.wait('a fetch', lambda: len(self.server.asked) > 1)
        self.assertNotIn('screen: KMSDRM', machine.said())

        machine.type('echo detect >' + STATUS % 'Virtual-1')
        self.await_story(machine, 640, 360)
        self.await_line(machine, 'on Virtual-1 (the only one connected)')
        self.sleep_and_wake(machine)

        # Pulled: it goes on fetching, and takes it back.
        machine.type('echo off >' + STATUS % 'Virtual-1')
        self.await_line(machine, 'the screen has gone or changed')
        machine.wait('the story to leave', lambda: not self.shows(machine, 640, 360))
        before = len(self.server.asked)
        machine.wait('more fetches', lambda: len(self.server.asked) > before + 1)
        self.assertEqual(machine.said().count('screen: KMSDRM'), 1)
        machine.type('echo on >' + STATUS % 'Virtual-1')
        self.await_story(machine, 640, 360)

        # The same screen, but it likes another size now; no state says so.
        viewer = Viewer(self.vnc)
        self.addCleanup(viewer.close)
        viewer.resize(800, 480)
        self.await_story(machine, 800, 480)

        # A mode and a connector by name; and names that there are not.
        self.set(machine, mode='800x600')
        self.await_story(machine, 800, 600)
        self.set(machine, mode='123x45@67', output='VGA-7')
        self.await_story(machine, 800, 480)
        self.await_line(machine, 'mode = 123x45@67: this display has ')
        self.await_line(machine, 'output = VGA-7: there is none of that name; there are '
                                 'Virtual-1 (connected), Virtual-2; going on with Virtual-1')
        self.set(machine, mode='640x480', output='Virtual-2')
        self.await_line(machine, 'output = Virtual-2: no screen is there')
        machine.type('echo on >' + STATUS % 'Virtual-2')
        self.await_line(machine, 'on Virtual-2 (as configured)')  # which the emulator does not show
        self.assertNotIn('the ticker ended', machine.said())


if __name__ == '__main__':
    unittest.main()
