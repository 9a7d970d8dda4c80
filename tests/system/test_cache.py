#!/usr/bin/env python3
"""The cache: what a board shows that starts without network, and what it does not lose.

    PROBE         path of worker_probe
    CACHE_PROBE   path of cache_probe
    MOTOGRAPH     path of the program
"""
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faultserver  # noqa: E402

PROBE = os.environ.get("PROBE", "")
CACHE_PROBE = os.environ.get("CACHE_PROBE", "")
MOTOGRAPH = os.environ.get("MOTOGRAPH", "")


class Feed(http.server.BaseHTTPRequestHandler):
    """A real server with one feed; its title and whether it answers are the server's."""

    def do_GET(self):
        tag = f'"{self.server.title}"'
        self.server.asked.append(self.headers.get("If-None-Match"))
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = faultserver.feed(self.server.title)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def serve(title, port=0):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Feed)
    server.title, server.asked = title, []
    server.thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    server.thread.start()
    return server


def stop(server):
    server.shutdown()
    server.thread.join()
    server.server_close()


@unittest.skipUnless(PROBE and CACHE_PROBE and MOTOGRAPH, "PROBE, CACHE_PROBE, MOTOGRAPH not set")
class Cache(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="motograph-cache-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.env = dict(os.environ, CACHE_DIRECTORY=self.folder)

    def probe(self, seconds, url, code=0):
        run = subprocess.run([PROBE, str(seconds), url], capture_output=True, text=True,
                             env=self.env, timeout=30)
        self.assertEqual(run.returncode, code, run.stderr)
        return [json.loads(line) for line in run.stdout.splitlines()], run.stderr

    @staticmethod
    def texts(messages, cached):
        return [m["text"] for m in messages if m["kind"] == "headline" and m["cached"] == cached]

    @staticmethod
    def kinds(messages):
        return [m["kind"] for m in messages if m["kind"] not in ("headline", "stopped")]

    def test_a_start_without_network(self):
        server = serve("Morning")
        url = f"http://127.0.0.1:{server.server_port}/feed"
        first, _ = self.probe(1, url)
        self.assertEqual(self.kinds(first), ["fetched"])
        stop(server)
        time.sleep(1.1)  # so that a new date would differ
        second, err = self.probe(1, url)
        self.assertEqual(self.kinds(second), ["cached", "failed"])
        self.assertEqual(self.texts(second, True), self.texts(first, False))
        self.assertEqual(self.texts(second, False), [])
        for key in ("first_seen", "identity", "name", "link"):
            self.assertEqual([m[key] for m in second if m["kind"] == "headline"],
                             [m[key] for m in first if m["kind"] == "headline"], key)
        self.assertNotIn("cache", err)

    def test_a_start_with_network_asks_whether_it_changed(self):
        server = serve("Noon")
        self.addCleanup(stop, server)
        url = f"http://127.0.0.1:{server.server_port}/feed"
        first, _ = self.probe(1, url)
        files = {name: os.stat(os.path.join(self.folder, name)).st_mtime_ns
                 for name in os.listdir(self.folder) if name != "crashes"}
        self.assertEqual(len(files), 1)
        second, _ = self.probe(1, url)
        self.assertEqual(self.kinds(second), ["cached", "unchanged"])
        self.assertEqual(server.asked, [None, '"Noon"'])
        server.title = "Evening"
        third, _ = self.probe(1, url)
        self.assertEqual(self.kinds(third), ["cached", "fetched"])
        self.assertEqual(self.texts(third, True), self.texts(first, False))
        self.assertEqual(len(self.texts(third, False)), 3)
        self.assertIn("Evening", self.texts(third, False)[0])
        for name, written in files.items():  # what did not change was not written again
            self.assertEqual(os.stat(os.path.join(self.folder, name)).st_mtime_ns, written)

    def test_a_run_from_the_cache_alone_has_heard_of_no_source(self):
        server = serve("Night")
        url = f"http://127.0.0.1:{server.server_port}/feed"
        command = [MOTOGRAPH, "--headless", "640x360", "--seconds", "1", url]
        run = subprocess.run(command, capture_output=True, text=True, env=self.env, timeout=30)
        self.assertEqual(run.returncode, 0, run.stderr)
        run = subprocess.run(command, capture_output=True, text=True, env=self.env, timeout=30)
        self.assertEqual(server.asked, [None, '"Night"'])
        self.assertEqual(run.returncode, 0, run.stderr)  # the source says it is still so
        stop(server)
        run = subprocess.run(command, capture_output=True, text=True, env=self.env, timeout=30)
        self.assertIn("Night headline 1", run.stdout)
        self.assertEqual(run.returncode, 1, run.stderr)

    def test_a_read_only_folder_is_read(self):
        server = serve("Fixed")
        self.addCleanup(stop, server)
        url = f"http://127.0.0.1:{server.server_port}/feed"
        self.probe(1, url)
        for name in os.listdir(self.folder):
            os.chmod(os.path.join(self.folder, name), 0o400)
        os.chmod(self.folder, 0o500)
        server.title = "Moved"
        messages, err = self.probe(1, url)
        self.assertEqual(self.kinds(messages), ["cached", "fetched"])
        if os.getuid():
            self.assertIn("Permission denied: what was saved before stays", err)
        os.chmod(self.folder, 0o700)

    def test_crashes_in_the_first_minute(self):
        server = serve("Poison")
        url = f"http://127.0.0.1:{server.server_port}/feed"
        self.probe(1, url)
        stop(server)
        for _ in range(3):
            process = subprocess.Popen([PROBE, "20", url], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True, env=self.env)
            self.assertIn("Poison", process.stdout.readline())
            process.send_signal(signal.SIGSEGV)
            process.stdout.read()
            process.stdout.close()
            self.assertNotEqual(process.wait(20), 0)
        messages, err = self.probe(1, url)
        self.assertEqual(self.kinds(messages), ["failed"])
        self.assertIn("put aside", err)
        self.assertEqual(len(os.listdir(os.path.join(self.folder, "quarantine"))), 1)

    def test_killed_while_it_saves(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kill_cache")
        run = subprocess.run([script, CACHE_PROBE, "25"], capture_output=True, text=True,
                             env=self.env, timeout=120)
        self.assertEqual(run.returncode, 0, run.stderr)


if __name__ == "__main__":
    unittest.main()
