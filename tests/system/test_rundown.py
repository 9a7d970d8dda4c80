#!/usr/bin/python3
"""`motograph rundown` and `check` as an editor runs them, on files. The binary is named by
$MOTOGRAPH."""
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import unittest

MOTOGRAPH = os.path.abspath(os.environ.get('MOTOGRAPH', 'build/motograph'))
AT = '2026-11-24T12:00:00Z'


def feed(title, *items):
    """Items are (id, headline, date or None, category)."""
    text = '<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title>' % title
    for ident, headline, date, category in items:
        text += '<item><title>%s</title><guid isPermaLink="false">%s</guid>' % (headline, ident)
        if date:
            text += '<pubDate>2026-11-%sZ</pubDate>' % date
        text += '<category>%s</category></item>' % category
    return text + '</channel></rss>'


ALPHA = feed('Alpha', ('a1', 'Storm hits northern coast', '24T10:00:00', 'News'),
             ('a2', 'Buy our new sofa today', '24T09:00:00', 'Ads'),
             ('a3', 'Council meets', '24T08:00:00', 'News'),
             ('a4', 'Bridge opens early', '24T07:00:00', 'News'),
             ('a5', 'Last month in review', '13T12:00:00', 'News'),
             ('a6', 'Review of the year', '12T12:00:00', 'News'))
BETA = feed('Beta', ('b1', 'STORM HITS THE NORTHERN COAST', '24T11:00:00', 'News'),
            ('b2', 'Tide at nine', None, 'Sea'))
CONF = """[source "Alpha"]
url = alpha.xml
keep = 3
exclude = word:sofa
[source "Beta"]
url = beta.xml
[desk]
keep-newest = 2
[lane "one"]
area = 0 0 100 50
motion = flip
hold = 10s
[lane "sea"]
area = 0 50 100 50
sources = Beta
categories = sea
"""


class Folder(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class RundownTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.write('alpha.xml', ALPHA)
        self.write('beta.xml', BETA)
        self.write('m.conf', CONF)

    def write(self, name, text):
        with open(os.path.join(self.dir, name), 'w', encoding='utf-8') as f:
            f.write(text)

    def run_it(self, *words, cache=''):
        return subprocess.run([MOTOGRAPH, *words], cwd=self.dir, timeout=60,
                              encoding='utf-8', env=dict(os.environ, CACHE_DIRECTORY=cache),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)

    def lines(self, *words):
        done = self.run_it('rundown', '--json', '--at', AT, *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_airs_in_lanes_and_tells_why_not(self):
        lines = self.lines('-c', 'm.conf')
        aired = [(x['lane'], x['at'], x['headline']['id'])
                 for x in lines if x['state'] == 'airs']
        self.assertEqual(aired, [
            ('one', '2026-11-24T12:00:00Z', 'a1'), ('one', '2026-11-24T12:00:10Z', 'b2'),
            ('one', '2026-11-24T12:00:20Z', 'a3'), ('one', '2026-11-24T12:00:30Z', 'a4'),
            ('sea', '2026-11-24T12:00:00Z', 'b2')])
        hidden = {x['headline']['id']: {k: x[k] for k in x if k not in ('headline', 'state')}
                  for x in lines if x['state'] == 'hidden'}
        self.assertEqual(hidden, {
            'a2': {'reason': 'filter', 'rule': 'word:sofa'}, 'a5': {'reason': 'old'},
            'a6': {'reason': 'old'}, 'b1': {'reason': 'duplicate', 'of': 'a1'}})
        self.assertEqual(lines[0]['headline'], {
            'source': 'Alpha', 'headline': 'Storm hits northern coast', 'id': 'a1',
            'published': '2026-11-24T10:00:00Z', 'categories': ['News']})

    def test_files_stand_for_the_configured_sources(self):
        lines = self.lines('beta.xml')
        self.assertEqual({x['headline']['id'] for x in lines}, {'b1', 'b2'})
        self.assertEqual({x['state'] for x in lines}, {'airs'})
        self.assertEqual({x['lane'] for x in lines}, {'card', 'crawl'})

    def test_the_cap(self):
        self.write('m.conf', CONF.replace('keep = 3', 'keep = 1'))
        hidden = {x['headline']['id']: x['reason']
                  for x in self.lines('-c', 'm.conf') if x['state'] == 'hidden'}
        self.assertEqual(hidden, {'a2': 'filter', 'a3': 'cap', 'a4': 'cap', 'a5': 'old',
                                  'a6': 'old', 'b1': 'duplicate'})

    def test_what_the_lap_has_no_time_for(self):
        self.write('m.conf', CONF.replace('[desk]', '[desk]\nlap = 10s'))
        lines = self.lines('-c', 'm.conf')
        self.assertEqual([x['headline']['id'] for x in lines
                          if x['state'] == 'airs' and x['lane'] == 'one'], ['a1', 'b2'])
        self.assertEqual([x['reason'] for x in lines if x['headline']['id'] == 'a3'], ['cap'])

    def test_what_no_lane_airs(self):
        self.write('m.conf', CONF.replace('motion = flip', 'motion = flip\nsources = Beta'))
        told = [x for x in self.lines('-c', 'm.conf') if x['headline']['id'] == 'a1']
        self.assertEqual([(x['reason'], x['rule']) for x in told],
                         [('filter', '[lane] sources, categories')])

    def test_a_table_for_people(self):
        done = self.run_it('rundown', '-c', 'm.conf', '--at', AT)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('lane "one" (UTC)\n  12:00:00 ', done.stdout)
        self.assertIn('\nhidden\n', done.stdout)
        self.assertRegex(done.stdout,
                         r'filter +Alpha +Buy our new sofa today  \[word:sofa\]')

    def test_a_rule_that_hides_everything_is_named(self):
        self.write('m.conf', CONF.replace('[desk]', 'exclude = regex:t\n[desk]'))
        done = self.run_it('rundown', '-c', 'm.conf', '--at', AT)
        self.assertIn('Beta: the rule "regex:t" hides all of its 2 headlines', done.stderr)

    def test_what_the_cache_remembers(self):
        """Of a board that has run: what its source took back, and what it did not have an hour
        ago. The cache stays as it is."""
        server = http.server.ThreadingHTTPServer(
            ('127.0.0.1', 0), lambda *a: Folder(*a, directory=self.dir))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        cache = tempfile.mkdtemp(dir=self.dir)
        items = [('c%d' % n, 'Notice number %d of the harbour' % n, None, 'Sea') for n in range(4)]
        self.write('web.xml', feed('Web', *items))
        self.write('web.conf', '[source "Web"]\nlan = yes\nurl = http://127.0.0.1:%d/web.xml\n'
                   % server.server_address[1])
        ran = self.run_it('--headless', '640x360', '--seconds', '1', '-c', 'web.conf', cache=cache)
        self.assertEqual(ran.returncode, 0, ran.stderr)

        def held():
            texts = {}
            for name in os.listdir(cache):
                with open(os.path.join(cache, name), 'rb') as f:
                    texts[name] = f.read()
            return texts
        before = held()
        self.assertTrue(before)
        self.write('web.xml', feed('Web', *items[1:], ('c9', 'A new one', None, 'Sea')))

        def told(*words):
            done = self.run_it('rundown', '--json', '-c', 'web.conf', *words, cache=cache)
            self.assertEqual(done.returncode, 0, done.stderr)
            return {x['headline']['id']: x.get('reason', 'airs')
                    for x in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(told(), {'c0': 'withdrawn', 'c1': 'airs', 'c2': 'airs', 'c3': 'airs',
                                  'c9': 'airs'})
        self.assertEqual(told('--at', '2024-02-01T00:00:00Z'), {'c0': 'future', 'c1': 'future', 'c2': 'future',
                                            'c3': 'future', 'c9': 'airs'})
        self.assertEqual(held(), before)

    def test_faults(self):
        self.assertEqual(self.run_it('rundown', '-c', 'none.conf').returncode, 2)
        self.assertEqual(self.run_it('rundown', '--at', 'noon', 'beta.xml').returncode, 2)
        self.assertEqual(self.run_it('rundown', '--wrong').returncode, 2)
        self.assertEqual(self.run_it('rundown', 'none.xml').returncode, 1)
        self.assertIn('duplicate', self.run_it('help', 'rundown').stdout)
        self.write('m.conf', CONF.replace('word:sofa', 'regex:so(fa'))
        done = self.run_it('check', '-c', 'm.conf')
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stdout, r'(?m)^m\.conf:4: regex: .*; allowed: ')
        # The rest goes on.
        self.assertEqual([x['headline']['id'] for x in self.lines('-c', 'm.conf')
                          if x['state'] == 'airs' and x['lane'] == 'one'],
                         ['a1', 'b2', 'a2', 'a3'])


if __name__ == '__main__':
    unittest.main()
