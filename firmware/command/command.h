/* The commands of the program, one file each: command_NAME in NAME.c. They are main's own
 * wing: they may use every floor, and no floor knows them. Each gets the words after the
 * command's name in ARGV[1..] (ARGV[0] is the name itself), prints its own usage errors with
 * the cure, and returns the exit status of the contract: 0 done, 1 it failed, 2 usage. */
#ifndef MOTOGRAPH_COMMAND_COMMAND_H
#define MOTOGRAPH_COMMAND_COMMAND_H

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

int command_run(int argc, char **argv);
int command_parse(int argc, char **argv);
int command_render(int argc, char **argv);
int command_rundown(int argc, char **argv);
int command_check(int argc, char **argv);
int command_bench(int argc, char **argv);
int command_help(int argc, char **argv);

#endif
