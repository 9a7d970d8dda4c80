#!/usr/bin/python3
"""The program on a real X server: what stands there, and what must not (a cursor, a screen
saver), and a window whose size is changed. The binary is named by $MOTOGRAPH."""
import os
import signal
import subprocess
import tempfile
import time
import unittest

from Xlib import X, display as xdisplay
from Xlib.ext import screensaver, xfixes

from xscreen import lend_screen

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
HEADLINES = 'Ferry returns after three days\nBridge opens early\nTide at nine\n'
W, H = 1920, 1080
SAVER_S = 1  # after so long without a hand on the keyboard
PATIENCE_S = 30


class KioskTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.feed = os.path.join(folder.name, 'news.txt')
        with open(self.feed, 'w', encoding='utf-8') as f:
            f.write(HEADLINES)
        self.open_display()

    def open_display(self):
        _, self.name = lend_screen(self, '%dx%d' % (W, H))
        self.display = xdisplay.Display(self.name)
        self.addCleanup(self.display.close)
        self.root = self.display.screen().root

    def start(self, *words):
        environment = {k: v for k, v in os.environ.items()
                       if k not in ('DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR')}
        environment.update(DISPLAY=self.name, PATH=self.folder + ':' + os.environ['PATH'])
        process = subprocess.Popen(
            [MOTOGRAPH, 'run', *words, self.feed], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def lit(self, x, y, w, h):
        """Bright pixels of a part of the screen."""
        image = self.root.get_image(x, y, w, h, X.ZPixmap, 0xffffff)
        return sum(min(image.data[i:i + 3]) > 150 for i in range(0, len(image.data), 4))

    def await_text(self, *area):
        deadline = time.monotonic() + PATIENCE_S
        while self.lit(*area) < 100:
            self.assertLess(time.monotonic(), deadline, 'no text on the screen')
            time.sleep(0.2)

    def is_saving(self):
        return screensaver.query_info(self.root).state == screensaver.StateOn

    def test_full_screen(self):
        # Where there is no session bus none is started: nobody calls this.
        launched = os.path.join(self.folder, 'launched')
        launcher = os.path.join(self.folder, 'dbus-launch')
        with open(launcher, 'w', encoding='utf-8') as f:
            f.write('#!/bin/sh\ntouch "%s"\n' % launched)
        os.chmod(launcher, 0o755)
        process = self.start('--fullscreen')
        self.await_text(0, 980, W, 80)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=PATIENCE_S), 0)
        self.assertFalse(os.path.exists(launched))

    def test_nothing_hides_the_picture(self):
        """No screen saver, and no cursor in the middle of the news."""
        self.display.set_screen_saver(SAVER_S, 0, X.DontPreferBlanking, X.AllowExposures)
        self.display.sync()
        deadline = time.monotonic() + PATIENCE_S
        while not self.is_saving():  # it comes here, if nothing keeps it away
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        self.display.force_screen_saver(X.ScreenSaverReset)
        self.display.xfixes_query_version()
        seen = self.display.xfixes_get_cursor_image(self.root)
        self.assertTrue(any(seen.cursor_image), 'there is a cursor to begin with')

        self.start('--fullscreen')
        self.await_text(0, 980, W, 80)
        self.display.force_screen_saver(X.ScreenSaverReset)
        self.display.sync()
        for _ in range(25):
            time.sleep(0.1)
            self.assertFalse(self.is_saving())
        hidden = self.display.xfixes_get_cursor_image(self.root)
        self.assertFalse(any(hidden.cursor_image))

    def test_a_window_takes_any_size(self):
        process = self.start('--window', '800x480')
        self.await_text(0, 0, W, H)
        window = next(child for child in self.root.query_tree().children
                      if child.get_attributes().map_state == X.IsViewable)
        for w, h in ((1280, 720), (480, 272), (1920, 158), (1080, 900), (W, H)):
            window.configure(x=0, y=0, width=w, height=h)
            self.display.sync()
            # The crawl's band, which on a tape is all there is.
            rows = h if w > 5 * h else h // 9
            self.await_text(0, h - rows, w, rows)
        self.assertIsNone(process.poll())


if __name__ == '__main__':
    unittest.main()
