#!/usr/bin/env python3
"""The worker against servers that misbehave, and the whole program against good ones.

    PROBE       path of worker_probe: the worker with its messages as JSON lines
    DNS_HANG    path of the library that makes look-ups hang
    MOTOGRAPH   path of the program; its tests are skipped without it

Everything stays on loopback, on free ports, and every process is ended by its id.
"""
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faultserver  # noqa: E402

PROBE = os.environ.get("PROBE", "")
DNS_HANG = os.environ.get("DNS_HANG", "")
MOTOGRAPH = os.environ.get("MOTOGRAPH", "")
ADDRESSES = 60

# A look-up that hangs leaves a thread of libcurl's behind, which is no fault of ours. And
# sanitizers would rather be preloaded first, and wait a second at the end.
HANG = {
    "LD_PRELOAD": DNS_HANG,
    "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0",
    "TSAN_OPTIONS": "atexit_sleep_ms=0:report_thread_leaks=0",
}

server = None
folder = None


def setUpModule():
    global server, folder
    folder = tempfile.TemporaryDirectory(prefix="motograph-wire-")
    server = faultserver.Server(ADDRESSES)
    server.start()


def tearDownModule():
    server.stop()
    folder.cleanup()


def url(path, n=1):
    return f"http://127.0.0.{n}:{server.port}{path}"


def log():
    with urllib.request.urlopen(url("/log"), timeout=5) as answer:
        return json.load(answer)


def requests(path):
    return [r for r in log()["requests"] if r["path"] == path]


def clear_log():
    urllib.request.urlopen(url("/log/clear"), timeout=5).close()


def write(name, text):
    path = os.path.join(folder.name, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Run:
    """What a run of the probe printed, sorted by source."""

    def __init__(self, out, err, code, seconds):
        self.err, self.code, self.seconds = err, code, seconds
        self.lines = [json.loads(line) for line in out.splitlines()]
        self.stopped = next((m for m in self.lines if m["kind"] == "stopped"), None)

    def of(self, source):
        return [m for m in self.lines if m.get("source") == source]

    def kinds(self, source):
        return [m["kind"] for m in self.of(source) if m["kind"] != "headline"]

    def texts(self, source):
        return [m["text"] for m in self.of(source) if m["kind"] == "headline"]

    def log_of(self, name):
        return [line for line in self.err.splitlines() if name in line]


def start(*words, environment=None):
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    env.update(environment or {})
    return subprocess.Popen([PROBE, *map(str, words)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env=env)


def finish(process, limit, began):
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Run(out, err, process.returncode, time.monotonic() - began)


def probe(seconds, *words, options=(), environment=None):
    began = time.monotonic()
    process = start(*options, seconds, *words, environment=environment)
    return finish(process, seconds + 20, began)


def answers(count, *words, options=(), environment=None):
    """Until so many fetches have ended, and a little longer: whether another comes is seen too."""
    began = time.monotonic()
    process = start("--answers", count, *options, 0.5, *words, environment=environment)
    return finish(process, 80, began)


class Ended(unittest.TestCase):
    """Every run ends in time and says nothing of sanitizers."""

    def check_end(self, run):
        self.assertIsNotNone(run.stopped, run.err)
        self.assertTrue(run.stopped["in_time"], run.err)
        self.assertLess(run.stopped["ms"], 1000)
        self.assertEqual(run.code, 0, run.err)
        self.assertNotIn("Sanitizer", run.err)


KEPT = "\x00"  # in the table below: nothing is logged

# path, messages after the headlines, number of headlines, part of the line in the log
FAULTS = [
    ("/good", ["fetched"], 3, KEPT),
    ("/gzip", ["fetched"], 3, KEPT),
    ("/deflate", ["fetched"], 3, KEPT),
    ("/br", ["failed"], 0, "compression cannot be read"),
    ("/cookies", ["fetched"], 3, KEPT),
    ("/odd304", ["fetched"], 3, KEPT),
    ("/always304", ["failed"], 0, '"not modified" in answer to a first request'),
    ("/bomb", ["fetched"], 3, "longer than 8 MiB"),
    ("/endless", ["fetched"], 3, "longer than 8 MiB"),
    ("/slammed", ["failed"], 0, "connection broken off"),
    ("/nothttp", ["failed"], 0, "the answer is not HTTP"),
    ("/cut", ["failed"], 2, "arrived incomplete"),
    ("/longpromise", ["fetched"], 3, KEPT),
    ("/shortpromise", ["fetched"], 1, "has a fault"),
    ("/headers", ["failed"], 0, "more than 64 kB of headers"),
    ("/longheader", ["failed"], 0, ""),
    ("/page", ["failed"], 0, "a web page, not a feed"),
    ("/pageasfeed", ["failed"], 0, "a web page, not a feed"),
    ("/portal", ["failed"], 0, "a web page, not a feed"),
    ("/article", ["fetched"], 1, KEPT),
    ("/offers", ["fetched"], 3, "using the feed it offers"),
    ("/empty", ["failed"], 0, "an empty document"),
    ("/401", ["failed"], 0, "needs a password (HTTP 401)"),
    ("/403", ["failed"], 0, "access forbidden (HTTP 403)"),
    ("/404", ["failed"], 0, "not found (HTTP 404): check the address"),
    ("/410", ["failed"], 0, "gone for good (HTTP 410)"),
    ("/429", ["failed"], 0, "asked too often (HTTP 429)"),
    ("/500", ["failed"], 0, "the server has a fault (HTTP 500)"),
    ("/endless404", ["failed"], 0, "not found (HTTP 404)"),
    ("/loop", ["failed"], 0, "more than 5 redirects"),
    ("/ping", ["failed"], 0, "more than 5 redirects"),
    ("/grows", ["failed"], 0, "more than 5 redirects"),
    ("/same", ["fetched"], 3, KEPT),
    ("/301", ["fetched"], 3, KEPT),
    ("/308", ["fetched"], 3, KEPT),
    ("/endlessredirect", ["fetched"], 3, KEPT),
    ("/tofile", ["failed"], 0, "redirect refused (to file:)"),
    ("/togopher", ["failed"], 0, "redirect refused (to gopher:)"),
    ("/toftp", ["failed"], 0, "redirect refused (to ftp:)"),
    ("/tometadata", ["failed"], 0, "redirect refused (a link-local address)"),
    ("/tozero", ["failed"], 0, "redirect refused (an unspecified address)"),
    ("/tonumber", ["failed"], 0, "redirect refused (a loopback address)"),
    ("/tomapped", ["failed"], 0, "redirect refused (a loopback address)"),
    ("/toneighbour", ["failed"], 0, "redirect refused (a loopback address)"),
    ("/tolocalhost", ["failed"], 0, "redirect refused (a loopback address)"),
    ("/tonowhere", ["failed"], 0, "redirect refused (its target is no URL)"),
]


@unittest.skipUnless(PROBE, "PROBE is not set")
class Faults(Ended):
    def test_each_fault_once(self):
        clear_log()
        words = [url(row[0], n + 1) for n, row in enumerate(FAULTS)]
        run = answers(len(words), *words)
        self.check_end(run)
        for n, (path, kinds, count, text) in enumerate(FAULTS):
            with self.subTest(path):
                self.assertEqual(run.kinds(n), kinds)
                self.assertEqual(len(run.texts(n)), count)
                lines = run.log_of(words[n] + ":")
                self.assertEqual(len(lines), 0 if text == KEPT else 1, lines)
                if text != KEPT:
                    self.assertIn(text, lines[0])
        # Eight bodies at their cap at once would be 64 MiB; here two are.
        self.assertLess(run.stopped["rss_kib"], 400 * 1024)

    def test_an_offered_feed_is_vetted(self):
        """A page may not send us into the local network, and a feed that is gone fails."""
        words = [url("/offersaway", 2), url("/offersgone", 3)]
        run = answers(2, *words)
        self.check_end(run)
        self.assertEqual([run.kinds(n) for n in (0, 1)], [["failed"], ["failed"]], run.err)
        self.assertEqual([run.texts(n) for n in (0, 1)], [[], []])
        self.assertIn("redirect refused", run.err)
        self.assertIn("not found (HTTP 404)", run.err)

    def test_redirects_are_counted(self):
        clear_log()
        run = answers(1, url("/loop"))
        self.check_end(run)
        self.assertEqual(len(requests("/loop")), 6)

    def test_what_a_request_says(self):
        clear_log()
        run = answers(1, url("/good"), environment={"http_proxy": "http://127.0.0.1:1",
                                                    "ALL_PROXY": "http://127.0.0.1:1"})
        self.check_end(run)
        self.assertEqual(run.kinds(0), ["fetched"])
        headers = requests("/good")[0]["headers"]
        self.assertRegex(headers["user-agent"],
                         r"^Motograph/\d+\.\d+\.\d+ \(\+https://github\.com/.*\)$")
        self.assertEqual(headers["accept-encoding"], "gzip, deflate")
        for name in ("cookie", "authorization", "if-none-match", "if-modified-since",
                     "referer"):
            self.assertNotIn(name, headers)

    def test_names_and_links(self):
        run = answers(1, url("/good"), options=["-c", os.devnull])
        first = run.of(0)[0]
        self.assertEqual(first["name"], "Fault Feed")
        self.assertEqual(first["link"], url("/item/1"))
        self.assertEqual(first["index"], 0)
        self.assertNotEqual(first["identity"], 0)
        self.assertLess(abs(first["first_seen"] - time.time()), 60)

    def test_one_connection_to_a_host(self):
        clear_log()
        run = answers(30, *[url(f"/good?{n}", 1) for n in range(30)])
        self.check_end(run)
        self.assertEqual([run.kinds(n) for n in range(30)], [["fetched"]] * 30)
        # One of ours and the one that asks for the log.
        self.assertLessEqual(log()["most_open"]["127.0.0.1"], 2)

    def test_eight_at_once(self):
        clear_log()
        run = answers(16, *[url("/delayed", n) for n in range(10, 26)])
        self.check_end(run)
        self.assertEqual([run.kinds(n) for n in range(16)], [["fetched"]] * 16)
        self.assertEqual(log()["most_at_once"], 8)

    def test_slow_reader_gets_everything(self):
        run = answers(2, url("/many"), url("/good", 2), options=["--slots", 4, "--slow", 2])
        self.check_end(run)
        self.assertEqual(run.texts(0), [f"Many headline {n}" for n in range(1, 501)])
        self.assertEqual(run.kinds(0), ["fetched"])
        self.assertEqual(run.of(0)[-1]["count"], 500)
        self.assertEqual(run.kinds(1), ["fetched"])

    def test_stops_while_the_ring_is_full(self):
        run = probe(1, url("/many"), options=["--slots", 2, "--slow", 300])
        self.check_end(run)


@unittest.skipUnless(PROBE, "PROBE is not set")
class Configured(Ended):
    """One long run with everything that needs time: 42 s."""

    SECTIONS = [  # name, url, further keys
        ("good", "/good", "every = 10s\nlan = yes\nlabel = Good News"),
        ("dated", "/dated", "every = 10s\nlan = yes"),
        ("flaky", "/flaky", "lan = yes"),
        ("silent", "/silent", "lan = yes"),
        ("drip", "/drip", "lan = yes"),
        ("trickle", "/trickle", "lan = yes"),
        ("later", "/503", "lan = yes"),
        ("busy", "/429", "lan = yes"),
        ("closed", "/good", ""),
        ("refused", None, "lan = yes"),
        ("agent", "/good?agent", "lan = yes\nuser-agent = Tester/1\nheader = X-One: 1\n"
                                 "header = X-Two: 2"),
    ]

    @classmethod
    def setUpClass(cls):
        clear_log()
        text = ""
        cls.address = {}
        for n, (name, path, keys) in enumerate(cls.SECTIONS):
            cls.address[name] = f"127.0.0.{n + 1}"
            where = url(path, n + 1) if path else "http://127.0.0.1:1/feed"
            text += f'[source "{name}"]\nurl = {where}\n{keys}\n\n'
        cls.run_ = probe(42, options=["-c", write("wire.conf", text)])
        cls.requests = log()["requests"]

    def index(self, name):
        return [row[0] for row in self.SECTIONS].index(name)

    def asked(self, name):
        return [r for r in self.requests if r["address"] == self.address[name]]

    def lines(self, name):
        return self.run_.log_of(f"wire: {name} (http://")

    def kinds(self, name):
        return self.run_.kinds(self.index(name))

    def test_ends(self):
        self.check_end(self.run_)

    def test_asks_conditionally(self):
        asked = self.asked("good")
        self.assertIn(len(asked), (4, 5))
        self.assertNotIn("if-none-match", asked[0]["headers"])
        for request in asked[1:]:
            self.assertEqual(request["headers"]["if-none-match"], '"v1"')
            self.assertIn("if-modified-since", request["headers"])
        again = ["unchanged"] * (len(asked) - 1)
        self.assertEqual(self.kinds("good"), ["fetched", *again])
        gaps = [b["at"] - a["at"] for a, b in zip(asked, asked[1:])]
        self.assertTrue(all(8.8 < gap < 11.7 for gap in gaps), gaps)
        self.assertEqual(self.lines("good"), [])

    def test_asks_with_a_date_alone(self):
        asked = self.asked("dated")
        self.assertNotIn("if-none-match", asked[1]["headers"])
        self.assertIn("if-modified-since", asked[1]["headers"])
        self.assertEqual(self.kinds("dated")[:2], ["fetched", "unchanged"])

    def test_the_configured_name_wins(self):
        names = {m["name"] for m in self.run_.of(self.index("good")) if "name" in m}
        self.assertEqual(names, {"Good News"})
        names = {m["name"] for m in self.run_.of(self.index("dated")) if "name" in m}
        self.assertEqual(names, {"dated"})

    def test_recovers_and_says_so_once(self):
        asked = self.asked("flaky")
        self.assertEqual(len(asked), 2)
        self.assertTrue(26 < asked[1]["at"] - asked[0]["at"] < 35)
        self.assertEqual(self.kinds("flaky"), ["failed", "fetched"])
        lines = self.lines("flaky")
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("HTTP 503", lines[0])
        self.assertIn("works again", lines[1])

    def test_gives_up_on_silence(self):
        self.assertEqual(self.kinds("silent")[0], "failed")
        self.assertIn("no answer came", self.lines("silent")[0])
        self.assertEqual(len(self.lines("silent")), 1)

    def test_gives_up_on_a_drip(self):
        failed = [m for m in self.run_.of(self.index("drip")) if m["kind"] == "failed"]
        self.assertTrue(13000 < failed[0]["ms"] < 20000, failed)
        self.assertIn("too slow", self.lines("drip")[0])

    def test_gives_up_after_thirty_seconds_and_keeps_what_came(self):
        failed = [m for m in self.run_.of(self.index("trickle")) if m["kind"] == "failed"]
        self.assertTrue(29000 < failed[0]["ms"] < 33000, failed)
        self.assertEqual(len(self.run_.texts(self.index("trickle"))), 3)
        self.assertIn("too slow", self.lines("trickle")[0])

    def test_honours_retry_after(self):
        self.assertEqual(len(self.asked("later")), 1)
        asked = self.asked("busy")
        self.assertEqual(len(asked), 2)
        self.assertTrue(26 < asked[1]["at"] - asked[0]["at"] < 35)
        self.assertEqual(len(self.lines("busy")), 1)

    def test_keeps_out_of_the_local_network(self):
        self.assertEqual(self.asked("closed"), [])
        self.assertIn("address not allowed (a loopback address): if it is meant, write "
                      "lan = yes", self.lines("closed")[0])

    def test_says_a_lasting_failure_once(self):
        self.assertEqual(self.kinds("refused"), ["failed", "failed"])
        self.assertEqual(len(self.lines("refused")), 1)
        self.assertIn("connection refused", self.lines("refused")[0])

    def test_sends_what_the_operator_wrote(self):
        headers = self.asked("agent")[0]["headers"]
        self.assertEqual(headers["user-agent"], "Tester/1")
        self.assertEqual((headers["x-one"], headers["x-two"]), ("1", "2"))


@unittest.skipUnless(PROBE, "PROBE is not set")
class Secrets(Ended):
    """Who sees the operator's password and headers. Only the proxy knows the names."""

    def fetch(self, path):
        clear_log()
        password = write("password", "s3cret\n")
        config = write("proxy.conf", f'[source "p"]\nurl = http://first.test{path}\n'
                                     f"proxy = http://127.0.0.1:{server.port}\n"
                                     f"user = me\npassword-file = {password}\n"
                                     "header = X-Key: k\n")
        run = answers(1, options=["-c", config])
        self.check_end(run)
        self.assertEqual(run.kinds(0), ["fetched"], run.err)
        return log()["requests"]

    def test_stay_at_home(self):
        asked = self.fetch("/elsewhere")
        self.assertEqual([r["host"] for r in asked], ["first.test", "other.test"])
        self.assertEqual(asked[0]["headers"]["authorization"], "Basic bWU6czNjcmV0")
        self.assertEqual(asked[0]["headers"]["x-key"], "k")
        self.assertNotIn("authorization", asked[1]["headers"])
        self.assertNotIn("x-key", asked[1]["headers"])

    def test_go_along_on_the_same_host(self):
        asked = self.fetch("/athome")
        self.assertEqual([r["host"] for r in asked], ["first.test", "first.test"])
        for request in asked:
            self.assertIn("authorization", request["headers"])
            self.assertIn("x-key", request["headers"])

    def test_are_not_logged(self):
        run = answers(1, f"http://me:pass@127.0.0.1:{server.port}/404")
        self.assertIn("not found", run.err)
        self.assertNotIn("pass@", run.err)

    def test_are_in_no_link(self):
        run = answers(1, f"http://me:pass@127.0.0.1:{server.port}/same")
        self.assertEqual(run.of(0)[0]["link"], url("/item/1"))

    def test_no_password_file_no_request(self):
        clear_log()
        config = write("nopass.conf", f'[source "p"]\nurl = {url("/good")}\nlan = yes\n'
                                      "user = me\npassword-file = /nonexistent\n")
        run = answers(1, options=["-c", config])
        self.assertEqual(run.kinds(0), ["failed"])
        self.assertIn("password-file cannot be read", run.err)
        self.assertEqual(log()["requests"], [])


@unittest.skipUnless(PROBE, "PROBE is not set")
class Tls(Ended):
    @classmethod
    def setUpClass(cls):
        cls.cert = os.path.join(folder.name, "cert.pem")
        key = os.path.join(folder.name, "key.pem")
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-keyout", key, "-out", cls.cert, "-subj", "/CN=fault", "-addext",
             "subjectAltName=IP:127.0.0.1"], capture_output=True, check=False)
        if made.returncode:
            raise unittest.SkipTest("openssl cannot make a certificate")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cls.cert, key)
        cls.server = faultserver.Server(2, context)
        cls.server.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def fetch(self, path, n=1, keys=""):
        config = write("tls.conf", f'[source "t"]\nurl = https://127.0.0.{n}:'
                                   f"{self.server.port}{path}\nlan = yes\n{keys}\n")
        run = answers(1, options=["-c", config])
        self.check_end(run)
        return run

    def test_an_unknown_issuer_is_refused(self):
        run = self.fetch("/good")
        self.assertEqual(run.kinds(0), ["failed"])
        self.assertIn("no secure connection (SSL certificate problem: self-signed",
                      run.err)

    def test_a_known_one_is_trusted(self):
        run = self.fetch("/good", keys=f"ca-file = {self.cert}")
        self.assertEqual(run.kinds(0), ["fetched"], run.err)

    def test_the_name_must_fit(self):
        run = self.fetch("/good", n=2, keys=f"ca-file = {self.cert}")
        self.assertEqual(run.kinds(0), ["failed"])
        self.assertIn("no secure connection", run.err)

    def test_no_way_down(self):
        run = self.fetch("/toplain", keys=f"ca-file = {self.cert}")
        self.assertEqual(run.kinds(0), ["failed"])
        self.assertIn("redirect refused", run.err)

    def test_a_bad_ca_file_is_named(self):
        run = self.fetch("/good", keys="ca-file = /nonexistent")
        self.assertIn("ca-file cannot be used", run.err)


@unittest.skipUnless(PROBE, "PROBE is not set")
class Files(Ended):
    FEED = faultserver.feed("Local").decode()

    def test_every_form_and_what_is_none(self):
        path = write("a b.xml", self.FEED)
        fifo = os.path.join(folder.name, "fifo")
        os.mkfifo(fifo)
        words = [path, "file:" + path, "file://" + path.replace(" ", "%20"), fifo,
                 folder.name, "/nonexistent", "gopher://x/", "http:x", "example.org/feed"]
        run = answers(len(words), *words)
        self.check_end(run)
        expected = [["fetched"]] * 3 + [["failed"], ["fetched"]] + [["failed"]] * 4
        self.assertEqual([run.kinds(n) for n in range(len(words))], expected, run.err)
        for text in ("is no regular file", "no such file",
                     "not a kind of address", "not a valid address",
                     "a web address begins with http://"):
            self.assertIn(text, run.err)
        self.assertEqual({m["name"] for m in run.of(0) if "name" in m}, {"Local"})

    def test_changes_are_noticed(self):
        path = write("changing.xml", self.FEED)
        began = time.monotonic()
        process = start(8, path)
        time.sleep(1)
        write("changing.new", faultserver.feed("Second").decode())
        os.rename(os.path.join(folder.name, "changing.new"), path)
        time.sleep(3)
        os.unlink(path)
        run = finish(process, 20, began)
        self.check_end(run)
        self.assertEqual(run.kinds(0), ["fetched", "fetched", "failed"])
        self.assertEqual(run.texts(0)[3], "Second headline 1")
        self.assertEqual(len(run.log_of("no such file")), 1)

    def test_a_crowded_folder_says_so(self):
        drop = os.path.join(folder.name, "crowded")
        os.mkdir(drop)
        for n in range(501):
            write(f"crowded/{n:03}.txt", f"Notice number {n}\n")
        run = answers(1, drop + "/")
        self.check_end(run)
        self.assertEqual(run.texts(0), [f"Notice number {n}" for n in range(500)])
        self.assertEqual({m["name"] for m in run.of(0) if m["kind"] == "headline"},
                         {"crowded"})
        self.assertIn("more than 500 files: the first by name are shown", run.err)

    def test_a_drop_folder(self):
        """A file put there airs, a file removed is withdrawn, junk is named."""
        drop = os.path.join(folder.name, "drop")
        os.mkdir(drop)
        write("drop/notice.txt", "Lift out of order\nCanteen closes at two\n")
        write("drop/feed.xml", faultserver.feed("Dropped").decode())
        write("drop/.hidden.txt", "Not for the screen")
        write("drop/junk.bin", "\x7fELF\x01\x02\x00\x00")
        began = time.monotonic()
        process = start(8, drop)
        time.sleep(1)
        os.unlink(os.path.join(drop, "notice.txt"))
        time.sleep(2.5)
        write("drop/late.txt", "Visitors to gate four")
        run = finish(process, 20, began)
        self.check_end(run)
        self.assertEqual(run.kinds(0), ["fetched"] * 3, run.err)
        texts, counts = run.texts(0), [m["count"] for m in run.of(0) if m["kind"] == "fetched"]
        first, second = texts[:counts[0]], texts[counts[0]:counts[0] + counts[1]]
        self.assertIn("Canteen closes at two", first)
        self.assertIn("Dropped headline 1", first)
        self.assertNotIn("Canteen closes at two", second)
        self.assertIn("Visitors to gate four", texts[-counts[2]:])
        self.assertNotIn("Not for the screen", texts)
        self.assertIn("junk.bin", run.err)

    def test_a_flash_in_a_drop_folder(self):
        """flash-*.txt is breaking news, as old as the file; other names are not."""
        drop = os.path.join(folder.name, "alarm")
        os.mkdir(drop)
        write("alarm/notice.txt", "Canteen closes at two\n")
        write("alarm/flash-dance.xml", faultserver.feed("Dance").decode())
        old = write("alarm/Flash-gate.TXT", "Leave by gate four\nDo not use the lifts\n")
        os.utime(old, (1750000000, 1750000000))
        run = answers(1, drop)
        self.check_end(run)
        flashes = [m for m in run.of(0) if m["kind"] == "headline" and m["flash"]]
        self.assertEqual([m["text"] for m in flashes],
                         ["Leave by gate four", "Do not use the lifts"])
        self.assertEqual({m["first_seen"] for m in flashes}, {1750000000})
        others = [m for m in run.of(0) if m["kind"] == "headline" and not m["flash"]]
        self.assertGreater(len(others), 1)
        self.assertTrue(all(m["first_seen"] > 1760000000 for m in others))

    def test_a_huge_file_is_cut(self):
        path = write("huge.xml", self.FEED.replace("</channel></rss>", ""))
        os.truncate(path, 100 << 20)
        run = answers(1, path)
        self.check_end(run)
        self.assertEqual(len(run.texts(0)), 3)


@unittest.skipUnless(PROBE, "PROBE is not set")
class Stopping(Ended):
    def stop_after(self, seconds, *words, environment=None):
        process = start(*words, environment=environment)
        threading.Timer(seconds, process.send_signal, [signal.SIGTERM]).start()
        began = time.monotonic()
        run = finish(process, 20, began)
        self.check_end(run)
        self.assertLess(run.seconds, seconds + 1)
        return run

    def test_while_servers_are_silent(self):
        self.stop_after(1, 30, *[url("/silent", n) for n in range(1, 10)])

    def test_in_the_middle_of_bodies(self):
        self.stop_after(0.5, 30, *[url("/endless", n) for n in range(1, 10)])

    def test_at_once(self):
        for seconds in (0, 0.001, 0.005, 0.02):
            run = probe(seconds, *[url("/good", n) for n in range(1, 10)])
            self.check_end(run)

    @unittest.skipUnless(DNS_HANG, "DNS_HANG is not set")
    def test_while_look_ups_hang(self):
        run = self.stop_after(
            2.5, 30, "http://first.test/", "http://second.test/", url("/good"),
            environment=HANG)
        self.assertEqual(run.kinds(2), ["fetched"])

    @unittest.skipUnless(DNS_HANG, "DNS_HANG is not set")
    def test_a_look_up_that_hangs_is_given_up(self):
        words = [f"http://h{n}.test/" for n in range(12)] + [url("/good")]
        run = probe(23, *words, environment=HANG)
        self.check_end(run)
        self.assertEqual(run.kinds(12), ["fetched"])
        failed = [n for n in range(12) if run.kinds(n)]
        # Eight in the first ten seconds; after that one at a time.
        self.assertIn(len(failed), (8, 9), run.err)
        self.assertIn("no answer when looking up its host name", run.err)


@unittest.skipUnless(MOTOGRAPH and os.path.exists(MOTOGRAPH), "MOTOGRAPH is not set")
class Program(unittest.TestCase):
    def motograph(self, seconds, *words, environment=None, stop_after=None):
        stats = os.path.join(folder.name, "stats.json")
        env = {**os.environ, **(environment or {})}
        command = [MOTOGRAPH, "run", "--headless", "--seconds", str(seconds), "--stats",
                   stats]
        began = time.monotonic()
        process = subprocess.Popen([*command, *words], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=env)
        if stop_after:
            threading.Timer(stop_after, process.send_signal, [signal.SIGTERM]).start()
        try:
            out, err = process.communicate(timeout=seconds + 20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        with open(stats, encoding="utf-8") as file:
            return process.returncode, out, err, json.load(file), time.monotonic() - began

    def test_headlines_come_to_the_screen(self):
        code, out, err, stats, _ = self.motograph(4, url("/good"), url("/404", 2))
        self.assertEqual(code, 0, err)
        airs = [line.split("\t") for line in out.splitlines()]
        self.assertTrue(airs, err)
        self.assertEqual({tuple(line[1:2]) for line in airs}, {("Fault Feed",)})
        self.assertTrue(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", airs[0][0]))
        self.assertEqual(stats["sources"], {"ok": 1, "failed": 1})
        self.assertGreater(stats["headlines_aired"], 0)
        self.assertIn("not found (HTTP 404)", err)

    def test_no_headline_is_a_failure(self):
        code, _, err, stats, _ = self.motograph(2, url("/page"))
        self.assertEqual(code, 1, err)
        self.assertEqual(stats["headlines_aired"], 0)
        self.assertNotIn("Welcome", err)

    def test_a_portal_never_airs(self):
        _, out, _, _, _ = self.motograph(2, url("/page"), url("/pageasfeed", 2),
                                         url("/portal", 3))
        self.assertEqual(out, "")

    @unittest.skipUnless(DNS_HANG, "DNS_HANG is not set")
    def test_look_ups_that_hang_do_not_hold_it(self):
        code, out, err, _, seconds = self.motograph(
            20, "http://first.test/", url("/good"), stop_after=4,
            environment=HANG)
        self.assertEqual(code, 0, err)
        self.assertIn("Fault Feed headline", out)
        self.assertLess(seconds, 5.5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
