"""A virtual screen of one's own, for those who look and those who measure."""
import os
import subprocess


def open_screen(size, *name):
    """One of SIZE ("1920x1080") on a free number, or that of NAME (":7"); the process and its name.
    It does not begin anew when its last client goes: whoever came just then would find no screen."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", *name, "-displayfd", str(write), "-screen", "0", size + "x24",
                               "-nolisten", "tcp", "-noreset"],
                              pass_fds=[write], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        return server, ":" + number.readline().strip()


def lend_screen(test, size, *name):
    """The same, ended with TEST; skips it where there is no Xvfb."""
    try:
        server, name = open_screen(size, *name)
    except FileNotFoundError:
        test.skipTest("Xvfb is not installed")
    test.addCleanup(server.wait)
    test.addCleanup(server.terminate)
    return server, name
