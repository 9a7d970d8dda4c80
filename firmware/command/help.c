/* `motograph help`: an overview, one page for each command, and the configuration as a file
 * to begin with. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/spelling.h"
#include "command/command.h"

static const char overview[] =
    "Motograph " MOTOGRAPH_VERSION ": headlines from any source, across any screen.\n"
    "\n"
    "  motograph [run] [-c FILE] [URL|FILE|FOLDER]...   show headlines\n"
    "  motograph parse FILE|-                           print the headlines of a "
    "document\n"
    "  motograph render --text T --size PX -o OUT.png   draw one line of text\n"
    "  motograph rundown [-c FILE] [URL|FILE]...        print what would air, and what "
    "not\n"
    "  motograph check [-c FILE] [--online]             find faults in the "
    "configuration\n"
    "  motograph bench ring|parse|desk|text|frame            measure this machine\n"
    "  motograph help [COMMAND|config]                  explain a command, or every "
    "option\n"
    "  motograph --version\n"
    "\n"
    "Try: motograph https://example.org/feed.xml\n"
    "The configuration is " CONFIG_PATH "; `motograph help config` prints one to "
    "begin\n"
    "with. Exit: 0 done, 1 it failed, 2 wrong usage or a faulty configuration.\n";

static const struct {
    const char *name, *text;
} pages[] = {
    {"run",
     "motograph [run] [OPTION]... [URL|FILE|FOLDER]...\n"
     "\n"
     "Shows headlines. Sources named here replace the configured ones; without any, "
     "samples\n"
     "are shown. Ends with Esc, q, closing the window, SIGTERM or SIGINT.\n"
     "\n"
     "  -c FILE               the configuration (default " CONFIG_PATH ")\n"
     "  --window [WxH]        in a window: the default on a desktop\n"
     "  --fullscreen          on the whole screen: the default without a desktop\n"
     "  --headless [WxH]      no screen: draws 1920x1080, or WxH, in memory at 60 Hz\n"
     "  --seconds N           ends after N seconds\n"
     "  --frames N            ends after N frames; with --headless as fast as it can\n"
     "  --screenshot OUT.png  writes the last frame\n"
     "  --at TIME             holds wall time at TIME (2026-11-23T12:00:00Z), for "
     "pictures\n"
     "  --stats OUT.json      writes what was measured, however the run ends\n"
     "\n"
     "Exit: 0 done; 1 no source delivered a headline in a bounded run, or it failed; 2 "
     "wrong\n"
     "usage, or the file of -c cannot be read. Faults of the configuration are logged "
     "and\n"
     "never stop the picture.\n"},
    {"parse",
     "motograph parse [OPTION]... FILE|-\n"
     "\n"
     "Prints the headlines of a feed, a page or plain text as JSON Lines: first\n"
     "{\"feed\":{\"title\",\"kind\"}}, then one object for each headline. - is standard "
     "input.\n"
     "\n"
     "  --content-type CT     what the server called it, such as text/html; "
     "charset=big5\n"
     "  --base URL            where it came from: links in it count from there\n"
     "\n"
     "Exit: 0 recognised, even if empty; 1 not, with the reason; 2 wrong usage.\n"},
    {"render", "motograph render --text T --size PX [--font-dir DIR] -o OUT.png\n"
               "\n"
               "Draws one line of text, white on black, as wide as it is and 2 em.\n"
               "\n"
               "  --text T              the text, UTF-8\n"
               "  --size PX             the em in pixels\n"
               "  --font-dir DIR        takes all fonts but the built-in one from DIR\n"
               "  -o OUT.png            the picture\n"
               "\n"
               "Exit: 0 done; 1 it failed; 2 wrong usage.\n"},
    {"rundown",
     "motograph rundown [-c FILE] [--at TIME] [--json] [URL|FILE]...\n"
     "\n"
     "The dry run: fetches the sources once and prints, without a picture, what each "
     "lane\n"
     "would air in one lap and when, and every other headline with why it is hidden:\n"
     "\n"
     "  duplicate   told by a better source (weight, then order), or by a newer "
     "headline\n"
     "  old         older than max-age, and not among its source's newest few\n"
     "  filter      an include or exclude rule, or no lane airs it\n"
     "  cap         its source has enough others (keep), or the lap has no time for it\n"
     "  expired     its own time is up\n"
     "  hidden      by hand\n"
     "  withdrawn   the cache has it, but its source no longer does\n"
     "  future      with --at: the cache has it, but only since a later time\n"
     "\n"
     "  -c FILE     the configuration (default " CONFIG_PATH ")\n"
     "  --at TIME   as if it were TIME (2026-11-23T12:00:00Z); undated headlines are "
     "seen "
     "then\n"
     "  --json      JSON Lines instead of a table\n"
     "\n"
     "Exit: 0 done; 1 no source delivered a headline; 2 wrong usage, no source, or the "
     "file\n"
     "of -c cannot be read.\n"},
    {"check",
     "motograph check [-c FILE] [--online]\n"
     "\n"
     "Reads the configuration and prints every fault on a line of its own:\n"
     "FILE:LINE: what is wrong; what is allowed; what was probably meant.\n"
     "Lines that begin with \"fonts:\" are no faults: they tell which scripts the\n"
     "installed fonts draw, and which package would add the others.\n"
     "\n"
     "  -c FILE               the configuration (default " CONFIG_PATH ")\n"
     "\n"
     "  --online              also fetches each source once, as `run` would, and tells "
     "how it\n"
     "                        does: status, format, encoding, headlines, age of the "
     "newest,\n"
     "                        redirects; what fails is a fault. Two minutes at most\n"
     "\n"
     "What the web page has saved (web.conf in the state folder) is checked as well.\n"
     "\n"
     "Exit: 0 no fault; 2 faults, or the file cannot be read.\n"},
    {"bench",
     "motograph bench ring|parse|desk|text|frame [--json]\n"
     "motograph bench parse [--json] [FILE]\n"
     "\n"
     "Measures one part of the program on this machine.\n"
     "\n"
     "  ring                  messages between two threads\n"
     "  parse                 feeds; FILE instead of its own document, no cap on "
     "items\n"
     "  desk                  a hundred sources of five hundred headlines\n"
     "  text                  layout and drawing of text\n"
     "  frame                 whole frames in memory\n"
     "  --json                one JSON object instead of text\n"
     "\n"
     "Exit: 0 done; 1 it failed; 2 wrong usage.\n"},
    {"help", "motograph help [COMMAND|config]\n"
             "\n"
             "Explains a command. `motograph help config` prints a configuration file "
             "with every\n"
             "option, its meaning and its default; to begin with it:\n"
             "\n"
             "  motograph help config > motograph.conf\n"},
};

int command_help(int argc, char **argv)
{
    if (argc < 2) {
        fputs(overview, stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "config") == 0) {
        config_print(stdout);
        return EXIT_DONE;
    }
    struct spelling near = {NULL, 0};
    spelling_try(&near, argv[1], strlen(argv[1]), "config");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(argv[1], pages[i].name) == 0) {
            fputs(pages[i].text, stdout);
            return EXIT_DONE;
        }
        spelling_try(&near, argv[1], strlen(argv[1]), pages[i].name);
    }
    fprintf(stderr,
            "motograph: no help on \"%s\"; there is run, parse, render, rundown, check, "
            "bench, "
            "help, config%s%s%s\n",
            argv[1], near.word ? "; did you mean " : "", near.word ? near.word : "",
            near.word ? "?" : "");
    return EXIT_USAGE;
}
