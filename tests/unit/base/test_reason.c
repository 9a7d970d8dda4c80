/* Which disk it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/reason.h"

static const char *told(const char *path, int error)
{
    static char out[REASON_BYTES];
    errno = error;
    assert_ptr_equal(reason_tell(path, out), out);
    assert_int_equal(errno, error);
    return out;
}

static void a_disk_is_named(void **state)
{
    (void)state;
    /* The kernel's own: its name, place and kind are the same everywhere. */
    assert_string_equal(told("/proc", ENOSPC),
                        "No space left on device (proc, mounted on /proc)");
    assert_string_equal(told("/proc/nothing-there", EROFS),
                        "Read-only file system (proc, mounted on /proc)");
    assert_non_null(strstr(told("/", EIO), "mounted on /"));
    assert_non_null(strstr(told("here", ENOSPC), "mounted on /"));
}

static void other_faults_are_not_the_disk(void **state)
{
    (void)state;
    assert_string_equal(told("/proc", EACCES), "Permission denied");
    assert_string_equal(told("/no/such/folder", ENOSPC), "No space left on device");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_is_named),
        cmocka_unit_test(other_faults_are_not_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
