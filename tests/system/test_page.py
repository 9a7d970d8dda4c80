#!/usr/bin/env python3
"""The web page in a real browser (Debian's chromium), in front of the real program.

    MOTOGRAPH          path of the program
    MOTOGRAPH_ALL=1    a browser that is not there is a failure (toolchain/test installs it)

One board and one browser serve all tests; each leaves the board as it found it.
"""
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

MOTOGRAPH = os.environ.get('MOTOGRAPH', '')
WEB = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'assets', 'web')
SKIPPED = 77  # what ctest takes for "skipped"

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    webdriver = None

PIN = 'harbour-1928'
# What the cleaning of titles leaves of a feed that means harm: mark-up if a page took it as such.
HOSTILE = '<<img src=x onerror="window.hacked=1"> Budget debate & vote'
HEBREW = 'הספרייה העירונית נפתחת מחדש ביום שני'
FEEDS = {
    '/gazette.xml': ('Harbour Gazette', [HOSTILE, HEBREW, 'Council approves new tram line',
                                         'Harbour museum reopens on Saturday']),
    '/tide.xml': ('The Daily Tide', ['Spring tide expected on Sunday', 'Ferry timetable changes']),
}
CONFIG = '''[display]
clock = off
[web]
listen = 127.0.0.1:{port}
pin-file = {folder}/pin
[source "Harbour Gazette"]
url = {feeds}/gazette.xml
lan = yes
'''
FLASH = (200, 16, 46)  # the colour of breaking news in the theme that is used


class Feeds(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path not in FEEDS:
            return self.send_error(404)
        escape = (lambda text: text.replace('&', '&amp;').replace('<', '&lt;'))
        title, headlines = FEEDS[self.path]
        # Twice: what a feed means to be read as "<" it has to escape twice.
        items = ''.join('<item><title>%s</title><link>http://%s.example/%d</link>'
                        '<guid isPermaLink="false">%s-%d</guid></item>'
                        % (escape(escape(text)), title.split()[-1], i, title, i)
                        for i, text in enumerate(headlines))
        body = ('<rss version="2.0"><channel><title>%s</title>%s</channel></rss>'
                % (title, items)).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/rss+xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Board:
    """The program with a configuration, a PIN and folders of its own."""

    def __init__(self, folder, feeds):
        self.folder, self.port, self.process = folder, free_port(), None
        self.config = os.path.join(folder, 'motograph.conf')
        self.url = 'http://127.0.0.1:%d' % self.port
        self.good = CONFIG.format(port=self.port, folder=folder, feeds=feeds)
        self.write(self.good)
        with open(os.path.join(folder, 'pin'), 'w', encoding='utf-8') as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(PIN + '\n')

    def write(self, text):
        with open(self.config + '.new', 'w', encoding='utf-8') as f:
            f.write(text)
        os.rename(self.config + '.new', self.config)

    def start(self):
        places = {name + '_DIRECTORY': os.path.join(self.folder, name)
                  for name in ('STATE', 'CACHE')}
        for place in places.values():
            os.makedirs(place, exist_ok=True)
        self.errors = open(os.path.join(self.folder, 'stderr'), 'ab')
        self.process = subprocess.Popen(
            [MOTOGRAPH, 'run', '-c', self.config, '--headless', '640x360'],
            env=dict(os.environ, TZ='UTC', **places), stdout=subprocess.DEVNULL, stderr=self.errors)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.errors.close()
        return code

    def said(self):
        with open(os.path.join(self.folder, 'stderr'), encoding='utf-8', errors='replace') as f:
            return f.read()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read()

    def status(self):
        return json.loads(self.get('/api/status'))

    def source(self, name):
        sources = json.loads(self.get('/api/sources'))['sources']
        return next((s for s in sources if s['name'] == name), {})

    def saved(self):
        with open(os.path.join(self.folder, 'STATE', 'web.conf'), encoding='utf-8') as f:
            return f.read()

    def red(self):
        """The share of the screen that has the colour of breaking news."""
        rgb = subprocess.run(['convert', 'png:-', '-depth', '8', 'rgb:-'], check=True,
                             input=self.get('/screen.png'), stdout=subprocess.PIPE).stdout
        near = sum(all(abs(rgb[i + k] - FLASH[k]) < 24 for k in range(3))
                   for i in range(0, len(rgb), 3))
        return near / (len(rgb) / 3)


def until(what, condition, seconds=30):
    """Waits for CONDITION and returns what it gave."""
    end = time.monotonic() + seconds
    while True:
        try:
            found, trouble = condition(), ''
        except Exception as error:  # what is not there yet
            found, trouble = None, repr(error)
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError('%s: not within %d s %s' % (what, seconds, trouble))
        time.sleep(0.1)


class Files(unittest.TestCase):
    """What needs no browser to be seen."""

    def read(self, name):
        with open(os.path.join(WEB, name), encoding='utf-8') as f:
            return f.read()

    def test_size_and_ways_out(self):
        total = sum(os.path.getsize(os.path.join(WEB, name)) for name in os.listdir(WEB))
        self.assertLess(total, 200_000)
        script = ''.join(self.read(name) for name in os.listdir(WEB) if name.endswith('.js'))
        for way in ('innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'eval(',
                    'localStorage', 'document.cookie', 'http://', '//'.join(('https:', ''))):
            self.assertNotIn(way, script)
        page = self.read('index.html')
        self.assertIsNone(re.search(r'\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|<style', page))

    def test_contrast(self):
        """WCAG 2.2, 1.4.3 and 1.4.11, of the colours that style.css names, by day and by night."""
        def light(colour):
            def channel(c):
                return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            r, g, b = (channel(int(colour[i:i + 2], 16) / 255) for i in (1, 3, 5))
            return 0.2126 * r + 0.7152 * g + 0.0722 * b

        def contrast(one, other):
            high, low = sorted((light(one), light(other)), reverse=True)
            return (high + 0.05) / (low + 0.05)

        roots = re.findall(r':root \{(.*?)\}', self.read('style.css'), re.S)
        self.assertEqual(len(roots), 2)
        for root in roots:
            named = dict(re.findall(r'--([\w-]+): (#\w{6});', root))
            texts = [(text, ground, 4.5) for text in ('ink', 'soft', 'link', 'good', 'bad')
                     for ground in ('paper', 'field', 'wash', 'bad-wash')]
            for one, other, least in texts + [
                    ('paper', 'ink', 4.5), ('on-alarm', 'alarm', 4.5), ('edge', 'paper', 3),
                    ('edge', 'field', 3), ('focus', 'paper', 3), ('focus', 'field', 3)]:
                with self.subTest(text=one, ground=other):
                    self.assertGreaterEqual(contrast(named[one], named[other]), least)


@unittest.skipUnless(MOTOGRAPH, 'MOTOGRAPH is not set')
class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='motograph-page-')
        cls.addClassCleanup(folder.cleanup)
        feeds = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Feeds)
        threading.Thread(target=feeds.serve_forever, args=(0.05,), daemon=True).start()
        cls.addClassCleanup(feeds.server_close)
        cls.addClassCleanup(feeds.shutdown)
        cls.feeds = 'http://127.0.0.1:%d' % feeds.server_address[1]
        cls.board = Board(folder.name, cls.feeds)
        cls.board.start()
        cls.addClassCleanup(cls.end_board)
        cls.browser = cls.start_browser(folder.name)
        cls.addClassCleanup(cls.browser.quit)
        until('the board serves: ' + cls.board.said(), cls.board.status, 20)
        until('a headline is there', lambda: cls.board.status()['headlines'] > 3)

    @classmethod
    def end_board(cls):
        code = cls.board.stop()
        if code != 0:
            raise AssertionError('the board ended with %d: %s' % (code, cls.board.said()))

    @classmethod
    def start_browser(cls, folder):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which('chromium')
        for word in ('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
                     '--no-first-run', '--disable-background-networking', '--hide-scrollbars',
                     '--user-data-dir=' + os.path.join(folder, 'browser')):
            options.add_argument(word)
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
        browser = webdriver.Chrome(options=options, service=Service(shutil.which('chromedriver')))
        browser.set_page_load_timeout(60)
        return browser

    def setUp(self):
        self.allowed = []  # lines of the console that belong to the test
        self.size(1280, 900)
        self.browser.get(self.board.url + '/')
        self.browser.execute_script('sessionStorage.clear()')
        until('the page is live', lambda: self.text('#wire') == 'Live')
        until('all lists are there', lambda: self.all('#next li') and self.all('#source-list li'))

    def tearDown(self):
        lines = [line['message'] for line in self.browser.get_log('browser')]
        self.assertEqual([line for line in lines
                          if not any(word in line for word in self.allowed)], [])

    def size(self, width, height):
        self.browser.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': width < 600})

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.one(selector).text

    def click(self, element):
        element = self.one(element) if isinstance(element, str) else element
        self.browser.execute_script('arguments[0].scrollIntoView({block: "center"})', element)
        element.click()

    def row(self, items, words):
        """The row of list ITEMS that holds WORDS, or None."""
        return next((row for row in self.all(items + ' > li') if words in row.text), None)

    def give_pin(self, pin=PIN):
        until('the PIN is asked for', lambda: self.one('#pin').is_displayed())
        self.one('#pin input').send_keys(pin + Keys.ENTER)

    def test_what_is_on_air(self):
        """The picture, at half size, and again after two seconds; three requests beside it."""
        def look():  # all at once, since it is exchanged
            return self.browser.execute_script('''
                const at = document.querySelector('#screen img');
                return [at.naturalWidth, at.naturalHeight, at.alt, at.src]''')

        *size, alt, first = until('the picture', look)
        self.assertEqual(size, [320, 180])
        self.assertIn('The screen as it was', alt)
        until('the next picture', lambda: look()[-1] != first)
        names = self.browser.execute_script(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)")
        files = {name for name in names if '/api/' not in name and '/screen.png' not in name}
        self.assertEqual(files, {self.board.url + '/style.css', self.board.url + '/app.js'})

    def test_what_a_feed_says_stays_text(self):
        row = until('the headline', lambda: self.row('#next', HOSTILE))
        self.assertEqual(row.find_element(By.CSS_SELECTOR, '.line').text, HOSTILE)
        self.assertEqual(self.all('main li img, main li b, main li script'), [])
        self.assertIsNone(self.browser.execute_script('return window.hacked'))
        line = self.row('#next', HEBREW).find_element(By.CSS_SELECTOR, '.line')
        self.assertEqual(line.value_of_css_property('direction'), 'rtl')

    def test_breaking_news(self):
        self.allowed = ['/api/flash - Failed to load resource: '
                        'the server responded with a status of 401']
        words = 'Power cut in the old town; trams stand still'
        self.assertLess(self.board.red(), 0.02)
        self.one('#flash textarea').send_keys(words)
        self.click(self.all('#flash .styles label')[1])
        self.click('#flash .alarm')
        self.give_pin('wrong')
        until('a wrong PIN is told', lambda: 'not the one' in self.text('#pin-why'))
        self.give_pin()
        until('what came of it', lambda: self.text('#flash-result').startswith('On air until'))
        row = until('it is in the list', lambda: self.row('#flashes', words))
        self.assertIn('banner', row.text)
        until('it is on the screen', lambda: self.board.red() > 0.1)
        self.click(row.find_element(By.TAG_NAME, 'button'))
        until('it has left the list', lambda: not self.row('#flashes', words))
        until('it has left the screen', lambda: self.board.red() < 0.02)
        self.assertEqual(self.text('#notice-text'), 'Cleared.')

    def test_no_pin_no_change(self):
        self.one('#flash textarea').send_keys('Never sent')
        self.click('#flash .alarm')
        until('the PIN is asked for', lambda: self.one('#pin').is_displayed())
        self.one('#pin input').send_keys(Keys.ESCAPE)
        until('it is given up', lambda: not self.one('#pin').is_displayed())
        self.assertEqual(self.one('#flash textarea').get_attribute('value'), 'Never sent')
        self.assertEqual(self.board.status()['flashes'], [])

    def test_a_message_of_our_own_and_hiding_it(self):
        words = 'Canteen closes at two today'
        self.click('.message summary')
        self.one('#message textarea').send_keys(words)
        self.click('#message .act button')
        self.give_pin()
        until('it airs', lambda: self.text('#message-result').startswith('Airs until'))
        row = until('it is in the rundown', lambda: self.row('#next', words), 15)
        self.click(row.find_element(By.TAG_NAME, 'button'))
        until('we are asked again', lambda: self.text('#sure-text') == words)
        self.click('#sure-yes')
        until('it is gone', lambda: not self.row('#next', words), 15)

    def test_speed_and_pause(self):
        faster = self.one('#speeds button:nth-of-type(2)')
        self.click(faster)
        faster.click()
        self.give_pin()
        until('it runs faster', lambda: 120 in [
            lane['speed_percent'] for lane in self.board.status()['lanes']])
        self.click(until('the way back', lambda: self.one('#speeds .quiet')))
        until('as before', lambda: self.text('#speeds output') == '100 %')
        for wanted, name in ((True, 'Go on'), (False, 'Pause')):
            self.click('#pause')
            until('pause', lambda: self.board.status()['paused'] == wanted)
            until('the button tells', lambda: self.text('#pause') == name)

    def test_a_source_is_tried_saved_and_removed(self):
        self.click('#add')
        self.one('#source [name=url]').send_keys(self.feeds + '/none.xml')
        self.click('#source summary')
        self.click('#source [name=lan]')
        self.click('#try')
        self.give_pin()
        until('the fault is told', lambda: '404' in self.text('#preview-title'), 20)
        url = self.one('#source [name=url]')
        url.clear()
        url.send_keys(self.feeds + '/tide.xml')
        self.assertFalse(self.one('#save').is_displayed())
        self.click('#try')
        until('the preview', lambda: 'The Daily Tide' in self.text('#preview-title'), 20)
        self.assertEqual([row.text for row in self.all('#preview-items li')], FEEDS['/tide.xml'][1])
        self.assertEqual(self.one('#source [name=name]').get_attribute('value'), 'The Daily Tide')
        self.one('#source [name=keep]').send_keys('7')
        self.click('#save')
        mine = (lambda: self.row('#source-list', 'The Daily Tide'))
        until('it answers', lambda: 'Good, 2 headlines' in mine().text, 20)
        until('its headlines air', lambda: self.row('#next', 'Spring tide expected on Sunday'), 20)
        with open(os.path.join(self.board.folder, 'STATE', 'web.conf'), encoding='utf-8') as f:
            self.assertIn('[source "The Daily Tide"]', f.read())
        # It is edited: what it has is there, and what the form does not show stays.
        with open(os.path.join(self.board.folder, 'STATE', 'web.conf'), 'a', encoding='utf-8') as f:
            f.write('lang = de\nheader = X-Key: s3cret\n')
        until('the board knows', lambda: 'lang' in self.board.source('The Daily Tide').get('settings', {}))
        self.browser.execute_script('soon()')

        def edited():
            self.click(mine().find_elements(By.TAG_NAME, 'button')[1])
            there = 'lang' in self.browser.execute_script('return Object.keys(beside.settings)')
            if not there:
                self.click('#editor-close')
            return there
        until('the page knows', edited)
        self.assertEqual(self.one('#source [name=keep]').get_attribute('value'), '7')
        self.assertTrue(self.one('#source [name=lan]').get_property('checked'))
        self.one('#source [name=label]').send_keys('The Daily Tide anew')
        self.click('#try')
        until('it may be saved', lambda: self.one('#save').is_displayed(), 20)
        self.click('#save')
        until('it is saved', lambda: 'label = The Daily Tide anew' in self.board.saved(), 20)
        for line in ('keep = 7', 'lan = yes', 'lang = de', 'header = X-Key: s3cret'):
            self.assertIn(line, self.board.saved())
        self.click(mine().find_elements(By.TAG_NAME, 'button')[2])
        until('we are asked again', lambda: self.one('#sure').is_displayed())
        self.click('#sure-yes')
        until('it is gone', lambda: not mine(), 20)

    def test_a_configuration_that_is_refused(self):
        line = self.board.good.count('\n') + 1
        self.addCleanup(self.board.write, self.board.good)
        self.board.write(self.board.good + 'evry = 5m\n')
        self.click('#reload')
        self.give_pin()
        until('the refusal is told', lambda: 'refused' in self.text('#worries'), 15)
        self.assertIn('motograph.conf:%d' % line, self.text('#refused'))
        self.assertIn('evry', self.text('#refused'))
        self.assertTrue(self.all('#next li'))
        self.board.write(self.board.good)
        self.click('#reload')
        until('it is taken again', lambda: 'refused' not in self.text('main'), 15)

    def test_on_a_phone(self):
        self.browser.execute_script('''
            document.querySelectorAll('details').forEach((part) => { part.open = true })''')
        for width, height in ((390, 844), (360, 640)):
            self.size(width, height)
            self.assertLessEqual(self.browser.execute_script(
                'return document.documentElement.scrollWidth'), width)
            small = self.browser.execute_script('''
                const parts = document.querySelectorAll(
                  'header button, nav a, main button, main input, main select, summary');
                return [...parts].map((part) => /checkbox|radio/.test(part.type)
                    ? part.closest('label') : part)
                  .map((part) => [part.outerHTML, part.getBoundingClientRect()])
                  .filter(([, box]) => box.width && (box.width < 43.9 || box.height < 43.9))''')
            self.assertEqual(small, [])

    def test_with_the_keyboard_alone(self):
        """Tab reaches everything, each stop can be seen, and comes round again."""
        self.browser.execute_script('''
            window.stops = [];
            document.addEventListener('focusin', ({ target }) => {
              const style = getComputedStyle(target.closest('.styles label') || target);
              stops.push([target.id || target.name || target.textContent,
                          style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2]);
            })''')
        self.browser.switch_to.active_element.send_keys(Keys.TAB * 90)
        stops = self.browser.execute_script('return stops')
        names = [name for name, _ in stops]
        self.assertEqual(names[0], 'Skip to what is on air')
        self.assertGreater(names.count(names[0]), 1, 'it does not come round: ' + ' '.join(names))
        self.assertLessEqual({'lock', 'live', 'pause', 'text', 'style', 'minutes', 'Hide', 'add',
                              'Edit', 'reload'}, set(names))
        self.assertEqual([name for name, seen in stops if not seen], [])

    def test_y_what_went_by(self):
        row = until('the headline has gone by', lambda: self.row('#aired', HOSTILE), 30)
        self.assertEqual(row.find_element(By.CSS_SELECTOR, '.line').text, HOSTILE)

    def test_zz_the_board_is_gone_and_back(self):
        self.allowed = ['net::ERR_', 'Failed to load resource']
        self.assertEqual(self.board.stop(), 0)
        try:
            until('that is told', lambda: self.text('#wire').startswith('No answer since'), 15)
            self.assertTrue(self.all('#next li'))
        finally:
            self.board.start()
        until('it serves again', self.board.status, 20)
        self.browser.execute_script("document.getElementById('again-now').click()")
        until('the page is live', lambda: self.text('#wire') == 'Live', 40)


def missing():
    there = webdriver and shutil.which('chromium') and shutil.which('chromedriver')
    return '' if there else 'chromium, chromium-driver or python3-selenium is not installed'


if __name__ == '__main__':
    if missing() and not os.environ.get('MOTOGRAPH_ALL'):
        print('skipped: %s; `toolchain/install test` does' % missing())
        sys.exit(SKIPPED)
    if missing():
        sys.exit(missing())
    unittest.main()
