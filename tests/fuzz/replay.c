/* Runs each file of the folders named on the command line through the target once: a fuzz
 * target as an ordinary test, without libFuzzer. Each input lies in memory of exactly its size,
 * so that a sanitizer sees a read past its end. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "check.h"

enum { INPUT_BYTES = 16 << 20, PATH_BYTES = 4096 };

static int run_file(const char *path)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &status) != 0 || status.st_size > INPUT_BYTES) {
        fprintf(stderr, "replay: %s cannot be read\n", path);
        return -1;
    }
    size_t size = (size_t)status.st_size;
    uint8_t *data = malloc(size ? size : 1);
    if (!data || fread(data, 1, size, file) != size) {
        fprintf(stderr, "replay: %s cannot be read\n", path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    fprintf(stderr, "replay: %s\n", path);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static int run_folder(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char path[PATH_BYTES];
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            int ran = run_file(path);
            if (ran < 0) {
                count = -1;
                break;
            }
            count += ran;
        }
    }
    if (directory) {
        closedir(directory);
    }
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        int ran = run_folder(argv[i]);
        if (ran <= 0) {
            fprintf(stderr, "replay: %s: nothing to replay\n", argv[i]);
            return EXIT_FAILURE;
        }
        count += ran;
    }
    printf("replay: %d inputs, no finding\n", count);
    return count ? EXIT_SUCCESS : EXIT_FAILURE;
}
