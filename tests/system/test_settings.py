#!/usr/bin/python3
"""What a board takes from the text files of its card (toolchain/boot/settings): good files, half-good
ones and hostile ones, and what is made of them read by those who will read it on the board: the
program, wpa_supplicant, systemd-networkd, OpenSSL, sshd, where they are installed. The binary is
named by $MOTOGRAPH."""
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

MOTOGRAPH = os.environ.get('MOTOGRAPH', 'build/motograph')
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOOT = os.path.join(TOP, 'toolchain/boot')
# What a run may write; all else would be somebody's way out.
WRITTEN = re.compile(
    r'(run/motograph/(notes|run\.env|(defaults|motograph)\.conf|pin|wpa_supplicant\.conf|authorized_keys'
    r'|ca-certificates\.crt|settled|messages/\d{3}\.txt)|run/systemd/network/50-motograph-(cable|wifi)'
    r'\.network|etc/(hostname|localtime)|data/settings/pin)$')


class SettingsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.card, self.root = self.folder.name + '/card', self.folder.name + '/root'
        for path in (self.card, self.root + '/etc/ssl/certs', self.root + '/data',
                     self.root + '/usr/lib/locale/de_DE.utf8'):
            os.makedirs(path)
        self.bundle = self.root + '/etc/ssl/certs/ca-certificates.crt'
        open(self.bundle, 'w').close()

    def tearDown(self):
        self.folder.cleanup()

    def tree(self):
        return {os.path.relpath(os.path.join(at, name), self.root)
                for at, _, names in os.walk(self.root) for name in names}

    def settings(self, **files):
        """Puts the files on the card (network='...' is network.txt), runs the script, and returns
        the notes."""
        before = self.tree()
        for name, text in files.items():
            name = {'conf': 'motograph.conf', 'ca': 'ca.pem', 'ssh': 'ssh-key.pub'}.get(
                name, name + '.txt')
            with open(os.path.join(self.card, name), 'wb') as f:
                f.write(text.encode() if isinstance(text, str) else text)
        done = subprocess.run([BOOT + '/settings', self.card, self.root], timeout=60, cwd='/',
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual((done.returncode, done.stdout), (0, b''))
        for path in self.tree() - before:
            self.assertRegex(path, WRITTEN)
        notes = self.read('run/motograph/notes')
        for line in notes.splitlines():
            self.assertRegex(line, r'^[^\x00-\x1f:]+:\d+: [^\x00-\x1f\x7f]+$')
            self.assertLess(len(line), 400)
        return notes

    def read(self, path):
        with open(os.path.join(self.root, path), encoding='utf-8') as f:
            return f.read()

    def exists(self, path):
        return os.path.lexists(os.path.join(self.root, path))

    def mode(self, path):
        return stat.S_IMODE(os.stat(os.path.join(self.root, path)).st_mode)

    def messages(self):
        at = os.path.join(self.root, 'run/motograph/messages')
        return [self.read(os.path.join(at, name)) for name in sorted(os.listdir(at))]

    def motograph(self, *words):
        """Runs the program as on the board, but below the folder of this test."""
        path = os.path.join(self.folder.name, 'defaults.conf')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(self.read('run/motograph/defaults.conf').replace('/run/', self.root + '/run/'))
        env = dict(os.environ, MOTOGRAPH_DEFAULTS=path, STATE_DIRECTORY=self.folder.name)
        run_env = self.read('run/motograph/run.env')
        named = re.search('MOTOGRAPH_RUN=(.*)', run_env)
        return subprocess.run([MOTOGRAPH, words[0], *named.group(1).replace('/run/', self.root + '/run/').split(),
                               *words[1:]]
                              if named else [MOTOGRAPH, *words],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env,
                              timeout=60, encoding='utf-8')

    # --- Good files --------------------------------------------------------------------------

    def test_the_files_of_the_image_say_nothing_until_somebody_writes(self):
        shutil.copytree(BOOT + '/card', self.card, dirs_exist_ok=True)
        self.assertEqual(self.settings(), '')
        self.assertEqual(self.motograph('check').returncode, 0)
        self.assertEqual(self.messages(), [])
        cable = self.read('run/systemd/network/50-motograph-cable.network')
        self.assertIn('DHCP=yes', cable)
        # The kernel's names count (net.ifnames=0), and not all of a USB port begin with eth.
        self.assertIn('Name=en* eth* usb*\n', cable)
        # And all that they suggest may be had, with another PIN.
        for name in os.listdir(self.card):
            if name not in ('README.txt', 'messages.txt', 'pin.txt'):
                with open(os.path.join(self.card, name), 'r+', encoding='utf-8') as f:
                    text = re.sub('^#(?=[a-z[])', '', f.read(), flags=re.M)
                    f.seek(0)
                    f.truncate()
                    f.write(text)
        os.mkdir(self.root + '/usr/lib/locale/en_GB.utf8')
        self.assertEqual(self.settings(pin='abcd'), '')
        done = self.motograph('check')
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn('ssid=4d79204e6574776f726b\n', self.read('run/motograph/wpa_supplicant.conf'))

    def test_all_that_can_be_said_is_done(self):
        notes = self.settings(
            conf='[source "A"]\nurl = https://a.test/\n', messages='One\nTwo & <three>\n',
            network='wifi = Büro\npassword = geheim123\ncountry = de\naddress=10.9.8.7/24\n'
                    'gateway=10.9.8.1\ndns=10.9.8.2, fe80::1\nproxy=http://u:p%40@proxy.test:8080\n',
            board='hostname = Lobby-1\ntimezone = Europe/Berlin\nlocale = de-DE\n', pin='4711\n')
        self.assertEqual(notes, '')
        self.assertEqual(self.read('run/motograph/run.env'),
                         'MOTOGRAPH_RUN=-c /run/motograph/motograph.conf\nLANG=de_DE.UTF-8\n')
        self.assertEqual(self.read('run/motograph/defaults.conf').split('\n', 1)[1], '''[web]
listen = 0.0.0.0:1928
pin-file = /run/motograph/pin
[source "*"]
proxy = http://u:p%40@proxy.test:8080
[source "Notices"]
url = /run/motograph/messages
keep = 200
max-age = 3650d
''')
        self.assertEqual(self.read('run/motograph/wpa_supplicant.conf'), '''country=DE
network={
scan_ssid=1
ssid=42c3bc726f
key_mgmt=WPA-PSK WPA-PSK-SHA256 SAE
ieee80211w=1
psk="geheim123"
}
''')
        self.assertEqual(self.read('run/systemd/network/50-motograph-wifi.network'), '''[Match]
Type=wlan
[Link]
RequiredForOnline=no
[Network]
DNS=10.9.8.2
DNS=fe80::1
Address=10.9.8.7/24
[Route]
Gateway=10.9.8.1
Metric=600
''')
        self.assertIn('DHCP=yes', self.read('run/systemd/network/50-motograph-cable.network'))
        self.assertEqual(self.read('etc/hostname'), 'lobby-1\n')
        self.assertEqual(os.readlink(self.root + '/etc/localtime'),
                         '/usr/share/zoneinfo/Europe/Berlin')
        self.assertEqual(self.read('run/motograph/pin'), '4711\n')
        self.assertFalse(self.exists('data/settings/pin'))
        self.assertEqual(self.messages(), ['One\n', 'Two & <three>\n'])
        for secret in ('pin', 'wpa_supplicant.conf', 'defaults.conf'):
            self.assertEqual(self.mode('run/motograph/' + secret) & 0o137, 0, secret)
        for seen in ('notes', 'run.env', 'messages/001.txt'):
            self.assertEqual(self.mode('run/motograph/' + seen), 0o644, seen)

    def test_whatever_an_editor_makes_of_a_file(self):
        text = '# Büro\r\nwifi = "  Büro 2  "\r\npassword = pass word\r\ncountry = DE'
        want = None
        for made in (text.encode(), b'\xef\xbb\xbf' + text.encode(), text.encode('utf-16'),
                     b'\xfe\xff' + text.encode('utf-16-be'), text.encode('cp1252'),
                     text.replace('\r\n', '\r').encode(), text.replace('\r', '').encode(),
                     text.replace('wifi = ', '\tWiFi\t=\t ').encode()):
            self.assertEqual(self.settings(network=made), '')
            got = self.read('run/motograph/wpa_supplicant.conf')
            self.assertIn('ssid=' + '  Büro 2  '.encode().hex() + '\n', got)
            self.assertIn('psk="pass word"\n', got)
            self.assertEqual(got, want or got)
            want = got

    def test_a_configuration_in_another_code_counts(self):
        text = '[source "Büro"]\r\nurl = https://a.test/\r\n'
        for made in (text.encode('utf-16'), text.encode('cp1252')):
            self.assertEqual(self.settings(conf=made), '')
            self.assertEqual(self.read('run/motograph/motograph.conf'),
                             '[source "Büro"]\nurl = https://a.test/\n')
            self.assertEqual(self.mode('run/motograph/motograph.conf') & 0o137, 0)
        with open(self.card + '/motograph.conf', 'wb'):
            pass
        self.assertEqual(self.motograph('check').returncode, 0)

    def test_a_message_like_markup_airs(self):
        self.settings(messages='<3 welcome to all of you\n{Room 5} is free today\n')
        said = self.motograph('run', '--headless', '--frames', '400').stdout
        self.assertIn('\t<3 welcome to all of you', said)
        self.assertIn('\t{Room 5} is free today', said)

    def test_every_message_is_a_headline(self):
        lines = ['Message %d, said by the house itself' % i for i in range(30)]
        lines[7] = 'Ä' * 150 + ' "quoted" $(reboot); `id` <b>&amp; \\n %s %d'
        long = 'word ' * 60
        notes = self.settings(messages='\r\n'.join(lines + ['', '; no', '# no', long]))
        self.assertEqual(notes.count('\n'), 1)
        self.assertIn('messages.txt:34: the message is too long', notes)
        written = self.messages()
        self.assertEqual([m.rstrip('\n') for m in written[:30]], lines)
        self.assertEqual(len(written[30]), 201)
        done = self.motograph('rundown', '--json')
        self.assertEqual(done.returncode, 0, done.stdout)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        airs = [one['headline']['headline'] for one in told
                if one['state'] == 'airs' and one['lane'] == 'crawl']
        self.assertEqual(airs, lines + [written[30].rstrip('\n')])

    def test_the_pin_that_the_board_makes_up_stays_and_is_shown(self):
        self.settings()
        pin = self.read('run/motograph/pin')
        self.assertRegex(pin, r'^\d{6}\n$')
        self.assertIn('MOTOGRAPH_BOARD_PIN=/run/motograph/pin\n', self.read('run/motograph/run.env'))
        self.assertEqual(self.mode('data/settings/pin'), 0o600)
        self.settings()
        self.assertEqual(self.read('run/motograph/pin'), pin)
        with open(self.root + '/data/settings/pin', 'w') as f:
            f.write('x$(id)')
        self.settings()
        self.assertRegex(self.read('run/motograph/pin'), r'^\d{6}\n$')
        notes = self.settings(pin='123')
        self.assertIn('pin.txt:1: the PIN is too short', notes)
        self.assertNotIn('123', notes)
        self.assertRegex(self.read('run/motograph/pin'), r'^\d{6}\n$')
        self.assertIn('pin.txt:2: a second', self.settings(pin='1234\n5678'))

    # --- What is wrong -----------------------------------------------------------------------

    def test_each_fault_has_its_line_and_the_rest_counts(self):
        cases = [ # line of network.txt, what is said of it
            ('ssid = x', 'unknown key "ssid"', 'did you mean "wifi"?'),
            ('wifi password = x', 'no key stands before the =', 'did you mean "wifi"?'),
            ('password: geheim9=x', 'no key stands before the ='),
            ('no equals sign', "line without '='"),
            ('address = 192.168.1.50', 'allowed: an IPv4', 'did you mean "192.168.1.50/24"?'),
            ('address = 192.168.1.500/24', 'address cannot be'),
            ('address = 192.168.1.5/33', 'a prefix'),
            ('address = 127.0.0.1/8', 'address cannot be'),
            ('address = 010.1.1.1/8', 'address cannot be'),
            ('gateway = fritz.box', 'gateway cannot be'),
            ('gateway = 10.0.0.1', 'gateway without an address'),
            ('dns = 1.1.1.1 nope', 'dns cannot be'),
            ('dns = 1.1.1.1 2.2.2.2 3.3.3.3 4.4.4.4 5.5.5.5', '1 to 4'),
            ('proxy = proxy.test:8080', 'http://'),
            ('proxy = http://p.test/\x22x y', 'character'),
            ('country = Germany', 'DE or US'),
            ('country = XQ', 'DE or US'),
            ('password = short', 'password cannot be'),
            ('password = both "and#here', 'both'),
            ('wifi = ' + 'x' * 33, 'at most 32'),
        ]
        for line, *said in cases:
            notes = self.settings(network='\n%s\nwifi = net\nfoo\n' % line)
            first = [note for note in notes.splitlines() if note.startswith('network.txt:2: ')]
            self.assertEqual(len(first), 1, notes)
            for words in said:
                self.assertIn(words, first[0])
            self.assertIn('network.txt:4: line without', notes)
            if not line.startswith('wifi ='):
                self.assertIn('ssid=6e6574\n', self.read('run/motograph/wpa_supplicant.conf'))
            self.assertNotIn('short', notes.replace('so short', ''))
            self.assertNotIn('geheim', notes)
        notes = self.settings(network='address = 10.0.0.5/24\ngateway = 10.0.1.1\n')
        self.assertIn('network.txt:2: gateway 10.0.1.1 is outside', notes)
        self.assertNotIn('Gateway', self.read('run/systemd/network/50-motograph-cable.network'))
        notes = self.settings(network='wifi = a\nwifi = b\n')
        self.assertIn('network.txt:2: wifi for the second time', notes)
        notes = self.settings(
            network='', board='hostname = -x\nhostname = a b\ntimezone = berlin\nlocale = de\n'
                              'timezone = Mars/Base\nlocal = x\n')
        self.assertIn('board.txt:1: hostname cannot be "-x"', notes)
        self.assertIn('did you mean "Europe/Berlin"?', notes)
        self.assertIn('did you mean "de_DE"?', notes)
        self.assertIn('did you mean "locale"?', notes)
        self.assertIn('timezone cannot be', self.settings(board='timezone = leapseconds'))
        self.assertIn('fr_FR is not on this board', self.settings(board='locale = fr_FR'))
        self.assertFalse(self.exists('etc/hostname') or self.exists('etc/localtime'))

    def test_nobody_gets_out_of_his_value(self):
        bad = ['../../../etc/passwd', '/etc/passwd', 'x/../../y', '$(touch %s/owned)' % self.root,
               '`touch %s/owned`' % self.root, '"; touch %s/owned; "' % self.root,
               'a\\nb', '*', '%s%n%d', '-e', 'x\x00y', 'x\x1b[2Jy', 'a\u2028b', 'x' * 5000, '!! a|b&c',
               '}\nnetwork={', 'http://x.test/\x07[web]', '${IFS}', '1/1', '="']
        keys = {'network': ['wifi', 'password', 'country', 'address', 'gateway', 'dns', 'proxy'],
                'board': ['hostname', 'timezone', 'locale']}
        judged = set()
        for value in bad:
            files = {name: ''.join('%s = %s\n' % (key, value) for key in have)
                     for name, have in keys.items()}
            files.update(messages=value, pin=value, ssh=value, ca=value)
            self.settings(**files)
            self.assertFalse(os.path.exists(self.root + '/owned'))
            self.assertFalse(os.path.lexists(self.root + '/etc/localtime'))
            defaults = self.read('run/motograph/defaults.conf')
            if defaults not in judged:
                judged.add(defaults)
                done = self.motograph('check')
                self.assertEqual(done.returncode, 0, (value, done.stdout))
            self.assertEqual(
                [line for line in defaults.splitlines() if line[0] == '['],
                ['[web]'] + ['[source "*"]'] * ('proxy =' in defaults) +
                ['[source "Notices"]'] * (len(self.messages()) > 0))
            for line in self.read('run/motograph/run.env').splitlines():
                self.assertRegex(line, r'^(MOTOGRAPH_BOARD_PIN=/run/motograph/pin)$')
            if self.exists('run/motograph/wpa_supplicant.conf'):
                lines = self.read('run/motograph/wpa_supplicant.conf').splitlines()
                self.assertRegex(lines[2], '^ssid=([0-9a-f]{2}){1,32}$')
                self.assertEqual(lines.count('network={'), 1)
                self.assertLessEqual(len(lines), 7)
                self.assertEqual(lines[-1], '}')
            for name in ('cable', 'wifi'):
                path = 'run/systemd/network/50-motograph-%s.network' % name
                for line in self.read(path).splitlines() if self.exists(path) else []:
                    self.assertRegex(line, r'^(\[[A-Za-z0-9]+\]|[A-Za-z0-9]+=[A-Za-z0-9*: .-]+)$')

    def test_too_much_is_not_read(self):
        much = b'wifi = x\n' * 120000
        notes = self.settings(conf=much, network=much, board=much, messages=much, pin=much,
                              ca=much, ssh=much)
        self.assertEqual(notes.count(' is too large'), 7, notes)
        self.assertNotIn('MOTOGRAPH_RUN', self.read('run/motograph/run.env'))
        notes = self.settings(conf='', network='x\n' * 500, board='', pin='', ca='', ssh='',
                              messages='m\n' * 500)
        self.assertIn(':0: %d more faults' % (200 + 1 + 1 - 40), notes)
        self.assertEqual(len(notes.splitlines()), 41)
        self.assertEqual(len(self.messages()), 200)
        block = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'
        notes = self.settings(ca=block * 4000, network='', messages='')
        self.assertIn('ca.pem:3: the certificate', notes)
        self.assertIn(':0: 12 more faults', notes)

    def test_what_is_no_file_and_what_is_not_there(self):
        os.symlink('/etc/passwd', self.card + '/messages.txt')
        os.mkdir(self.card + '/network.txt')
        os.mkfifo(self.card + '/pin.txt')
        os.mkdir(self.card + '/motograph.conf')
        notes = self.settings()
        self.assertEqual(notes.count('is no file'), 4, notes)
        self.assertEqual(self.messages(), [])
        self.assertEqual(self.motograph('check').returncode, 0)
        shutil.rmtree(self.card)
        self.assertIn("none of the board's files", self.settings())
        os.mkdir(self.card)
        open(self.card + '/motograph.conf.txt', 'w').close()
        self.assertIn('motograph.conf.txt:0: is not read: an editor has put .txt', self.settings())

    def test_a_fault_in_the_defaults_has_its_place(self):
        self.settings(conf='[desk]\nlap = 5\n')
        with open(self.root + '/run/motograph/defaults.conf', 'a', encoding='utf-8') as f:
            f.write('[wbe]\n')
        done = self.motograph('check')
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stdout, r'defaults\.conf:5: unknown section \[wbe\]')
        self.assertRegex(done.stdout, r'motograph\.conf:2: lap cannot be "5"')
        done = subprocess.run([MOTOGRAPH, 'check'], stdout=subprocess.PIPE, timeout=60,
                              env=dict(os.environ, MOTOGRAPH_DEFAULTS='/nowhere'), encoding='utf-8')
        self.assertEqual(done.returncode, 2)
        self.assertIn('/nowhere:0: cannot be read', done.stdout)

    # --- Those who read it ---------------------------------------------------------------------

    def need(self, *programs):
        for program in programs:
            if not shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin:/lib/systemd'):
                self.skipTest(program + ' is not installed')

    def in_a_net_of_its_own(self, script):
        """As root of a namespace with two ends of a cable, eth7 and p7."""
        words = ['unshare', '-mn', 'sh', '-c', 'mount --make-rprivate / && ip link add eth7 type veth '
                 'peer name p7 && ip link set lo up && ip link set p7 up || exit 77\n' + script]
        if os.geteuid() != 0:
            self.skipTest('only root may make a network')
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                              encoding='utf-8',
                              env=dict(os.environ, PATH=os.environ['PATH'] + ':/usr/sbin:/sbin'))
        if done.returncode == 77:
            self.skipTest('no network can be made here: ' + done.stdout)
        return done.stdout

    def test_wpa_supplicant_takes_what_is_written(self):
        self.need('wpa_supplicant', 'unshare', 'ip')
        for wifi, password in (('Büro "2" #1', 'p"a$(x)\\s'), ('a', ' 12345678# '), ('}', ''),
                               ('hex', '0123456789abcdef' * 4), ('é' * 16, 'pässwörter')):
            self.assertEqual(self.settings(network='wifi = "%s"\npassword = "%s"\ncountry = DE' % (
                wifi, password)), '')
            told = self.in_a_net_of_its_own(
                'timeout 0.7 wpa_supplicant -dd -K -D wired -i eth7 -c %s/run/motograph/'
                'wpa_supplicant.conf' % self.root)
            self.assertNotIn('Line ', told)
            self.assertIn("country='DE'", told)
            self.assertIn('ssid - hexdump_ascii(len=%d)' % len(wifi.encode()), told)
            if password and len(password) < 64:
                self.assertIn('PSK (ASCII passphrase) - hexdump_ascii(len=%d)' % len(
                    password.encode()), told)

    def test_networkd_sets_the_address(self):
        self.need('systemd-networkd', 'unshare', 'ip')
        self.settings(network='address = 10.9.8.7/24\ngateway = 10.9.8.1\ndns = 10.9.8.2')
        told = self.in_a_net_of_its_own(
            'mkdir -p {0}/systemd/netif/links && chown -R systemd-network {0}/systemd/netif\n'
            'mount --rbind {0} /run && mount -t sysfs -o ro sysfs /sys || exit 77\n'
            'timeout 20 /lib/systemd/systemd-networkd 2>&1 &\n'
            'for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do\n'
            'sleep 0.3; ip route | grep -q default && break; done\n'
            'ip -4 addr show eth7; ip route; kill $!; wait'.format(self.root + '/run'))
        self.assertIn('inet 10.9.8.7/24', told)
        self.assertIn('default via 10.9.8.1 dev eth7 proto static metric 100', told)
        for word in ('Unknown', 'Failed to parse', 'ignoring assignment', 'Invalid'):
            self.assertNotIn(word, told)

    def test_certificates_of_the_house(self):
        self.need('openssl')
        made = []
        for name in 'ab':
            subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
                            'ec_paramgen_curve:P-256', '-nodes', '-keyout', self.folder.name + '/key',
                            '-subj', '/CN=' + name, '-out', self.folder.name + '/' + name],
                           check=True, stderr=subprocess.DEVNULL, timeout=30)
            with open(self.folder.name + '/' + name, encoding='ascii') as f:
                made.append(f.read())
        with open(self.bundle, 'w', encoding='ascii') as f:
            f.write(made[0])
        lines = made[1].splitlines()
        cut = '\n'.join(lines[:3] + lines[-1:])
        notes = self.settings(ca=('subject=b\n' + made[1] + cut + '\n').replace('\n', '\r\n'))
        self.assertEqual(notes, 'ca.pem:%d: the certificate is damaged, and is left out; '
                                'allowed: PEM\n' % (len(lines) + 2))
        self.assertIn('ca-file = /run/motograph/ca-certificates.crt',
                      self.read('run/motograph/defaults.conf'))
        for name in 'ab':
            subprocess.run(['openssl', 'verify', '-CAfile', self.root +
                            '/run/motograph/ca-certificates.crt', self.folder.name + '/' + name],
                           check=True, stdout=subprocess.DEVNULL, timeout=30)
        with open(self.folder.name + '/key', encoding='ascii') as f:
            self.assertIn('a private key', self.settings(ca=f.read()))
        self.assertFalse(self.exists('run/motograph/ca-certificates.crt'))
        # Nothing but comments is no mistake, whatever the editor; a certificate of another form is one.
        for nothing in (b'# later\r\n\r\n', b'  # later\n', '# later\n'.encode('utf-16')):
            self.assertEqual(self.settings(ca=nothing), '')
        self.assertIn('no certificate in it', self.settings(ca=b'\x30\x82\x01\x0a\x02\x82\x01\x01\x00'))

    def test_keys_for_ssh(self):
        self.need('ssh-keygen')
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'me $(id)', '-f',
                        self.folder.name + '/key'], check=True, timeout=30)
        with open(self.folder.name + '/key.pub', encoding='utf-8') as f:
            key = f.read()
        notes = self.settings(ssh='# mine\r\n' + key + 'command="id" ' + key + key[:60] + '\n')
        self.assertEqual([line.split(' ')[0] for line in notes.splitlines()],
                         ['ssh-key.pub:3:', 'ssh-key.pub:4:'])
        self.assertEqual(self.read('run/motograph/authorized_keys'),
                         ' '.join(key.split(' ')[:2]) + '\n')
        self.settings(ssh='')
        self.assertFalse(self.exists('run/motograph/authorized_keys'))

    def test_sshd_takes_its_configuration(self):
        self.need('sshd', 'ssh-keygen')
        key = self.folder.name + '/host'
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key], check=True,
                       timeout=30)
        with open(BOOT + '/sshd_config', encoding='utf-8') as f:
            text = f.read().replace('/data/settings/ssh_host_key', key)
        with open(self.folder.name + '/sshd_config', 'w', encoding='utf-8') as f:
            f.write(text)
        os.makedirs('/run/sshd', exist_ok=True)
        done = subprocess.run([shutil.which('sshd', path='/usr/sbin'), '-T', '-f',
                               self.folder.name + '/sshd_config'], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=30, encoding='utf-8')
        self.assertEqual(done.returncode, 0, done.stdout)
        for line in ('passwordauthentication no', 'kbdinteractiveauthentication no',
                     'permitrootlogin without-password'):
            self.assertIn(line, done.stdout)

    def test_the_units_are_right(self):
        self.need('systemd-analyze')
        units = self.folder.name + '/units'
        os.makedirs(units + '/motograph.service.d')
        for name in ('motograph-settings.service', 'motograph-wifi@.service', 'motograph-ssh.service'):
            with open(os.path.join(BOOT, name), encoding='utf-8') as f:
                text = re.sub(r'^(Exec\w+=-?)(/usr/lib/motograph|/usr/sbin)/[\w-]+', r'\1/bin/true',
                              f.read(), flags=re.M)
            name = name.replace('@', '@wlan0')
            with open(os.path.join(units, name), 'w', encoding='utf-8') as f:
                f.write(text)
        with open(os.path.join(TOP, 'toolchain/service/motograph.service'), encoding='utf-8') as f:
            text = f.read().replace('/usr/bin/motograph', '/bin/true')
        with open(units + '/motograph.service', 'w', encoding='utf-8') as f:
            f.write(text)
        with open(BOOT + '/motograph-card.conf', encoding='utf-8') as f:
            text = f.read().replace('/usr/bin/motograph', '/bin/true')
        with open(units + '/motograph.service.d/card.conf', 'w', encoding='utf-8') as f:
            f.write(text)
        done = subprocess.run(['systemd-analyze', 'verify', '--man=no',
                               *[os.path.join(units, n) for n in sorted(os.listdir(units))
                                 if n.endswith('.service')]],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                              encoding='utf-8', env=dict(os.environ, SYSTEMD_COLORS='0'))
        self.assertEqual((done.returncode, done.stdout), (0, ''))

    def test_the_scripts_are_clean(self):
        self.need('shellcheck')
        done = subprocess.run(['shellcheck', BOOT + '/settings', BOOT + '/settings-wait'],
                              stdout=subprocess.PIPE, timeout=60, encoding='utf-8')
        self.assertEqual(done.stdout, '')


if __name__ == '__main__':
    unittest.main(verbosity=1 if len(sys.argv) == 1 else 2)
