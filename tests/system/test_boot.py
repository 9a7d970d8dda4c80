#!/usr/bin/python3
"""From power-on to headlines: boots the ticker under qemu-system-aarch64 with a virtio GPU,
serves it a feed from here, and looks at the pixels. Of Mesa's ways to draw it is first given one that
shows nothing. toolchain/install build run test boot has what this takes.

    MOTOGRAPH       path of this machine's build, which draws what must be seen
    BOARD_IMAGE     what toolchain/image qemu-mini has made; it is made if this is not set
    BOOT_DRIVER     opengles2: the right one, for who takes the time
    BOOT_PICTURES   a folder that keeps the pictures
"""
import os
import shutil
import sys
import tempfile
import time
import unittest

from machine import (AT, CARD, CRAWL, HEADLINE, OTHER, TOP, Machine, drawn, mini_image, part, serve,
                     shift, unlike)

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
DRIVER = os.environ.get('BOOT_DRIVER', 'opengl')


class BootTest(unittest.TestCase):
    def setUp(self):
        for tool in ('qemu-system-aarch64', 'convert', 'mmdebstrap'):
            if not shutil.which(tool):
                self.fail('%s is missing: toolchain/install build run test boot' % tool)
        self.dir = tempfile.mkdtemp(prefix='motograph-boot-')
        self.addCleanup(shutil.rmtree, self.dir)
        self.server = serve()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def reference(self, headline):
        return drawn(MOTOGRAPH, self.dir, headline,
                     os.path.join(TOP, 'toolchain', 'boot', 'mini.conf'))

    def test_power_on_to_headlines(self):
        image = mini_image()
        wanted = part(self.reference(HEADLINE), CARD)
        other = part(self.reference(OTHER), CARD)
        self.assertGreater(sum(p > 90 for p in wanted), 2000)
        self.assertGreater(unlike(wanted, other), 0.3)  # this can tell headlines apart

        url = 'http://10.0.2.2:%d/feed.xml' % self.server.server_address[1]
        began = time.monotonic()
        machine = Machine(self.dir, image, ['--at', AT, url], 'env.SDL_RENDER_DRIVER=' + DRIVER)
        self.addCleanup(machine.close)
        if DRIVER == 'opengl':
            machine.wait('its notice',
                         lambda: 'opengl shows nothing of what is drawn' in machine.said())
        machine.wait('the screen', lambda: 'motograph: screen: KMSDRM, opengles2' in machine.said())

        def headline():
            rows = machine.picture('screen')
            return rows and unlike(part(rows, CARD), wanted) < 0.02 and rows
        try:
            machine.wait('the headline', headline)
            print('power-on to the headline: %.1f s' % (time.monotonic() - began), file=sys.stderr)
            self.assertEqual(self.server.asked[0], '/feed.xml')
            # The crawl is there, and runs as one piece.
            machine.wait('the crawl', lambda: shift(
                part(machine.picture('first'), CRAWL),
                part(machine.picture('later'), CRAWL)))
            self.assertTrue(headline(), 'the headline has gone')
        finally:
            if os.environ.get('BOOT_PICTURES'):
                for name in ('screen.ppm', 'first.ppm', 'later.ppm', 'serial'):
                    if os.path.exists(os.path.join(self.dir, name)):
                        shutil.copy(os.path.join(self.dir, name), os.environ['BOOT_PICTURES'])


if __name__ == '__main__':
    unittest.main()
