/* Addresses by class, and who may go where. */
#include "wire/vet.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct {
    const char *text;
    enum vet_class class;
} addresses[] = {
    {"0.0.0.0", VET_UNSPECIFIED},
    {"0.1.2.3", VET_UNSPECIFIED},
    {"1.1.1.1", VET_PUBLIC},
    {"9.255.255.255", VET_PUBLIC},
    {"10.0.0.0", VET_PRIVATE},
    {"10.255.255.255", VET_PRIVATE},
    {"11.0.0.0", VET_PUBLIC},
    {"100.63.255.255", VET_PUBLIC},
    {"100.64.0.1", VET_PRIVATE},
    {"100.127.255.255", VET_PRIVATE},
    {"100.128.0.0", VET_PUBLIC},
    {"126.255.255.255", VET_PUBLIC},
    {"127.0.0.1", VET_LOOPBACK},
    {"127.255.255.255", VET_LOOPBACK},
    {"128.0.0.0", VET_PUBLIC},
    {"169.253.255.255", VET_PUBLIC},
    {"169.254.169.254", VET_LINK_LOCAL},
    {"169.255.0.0", VET_PUBLIC},
    {"172.15.255.255", VET_PUBLIC},
    {"172.16.0.0", VET_PRIVATE},
    {"172.31.255.255", VET_PRIVATE},
    {"172.32.0.0", VET_PUBLIC},
    {"192.0.0.1", VET_PRIVATE},
    {"192.0.1.1", VET_PUBLIC},
    {"192.167.255.255", VET_PUBLIC},
    {"192.168.0.1", VET_PRIVATE},
    {"192.169.0.0", VET_PUBLIC},
    {"223.255.255.255", VET_PUBLIC},
    {"224.0.0.1", VET_MULTICAST},
    {"239.255.255.250", VET_MULTICAST},
    {"240.0.0.0", VET_RESERVED},
    {"255.255.255.255", VET_RESERVED},
    {"::", VET_UNSPECIFIED},
    {"::1", VET_LOOPBACK},
    {"::2", VET_UNSPECIFIED}, /* ::0.0.0.2 */
    {"::127.0.0.1", VET_LOOPBACK},
    {"::8.8.8.8", VET_PUBLIC},
    {"::ffff:127.0.0.1", VET_LOOPBACK},
    {"::ffff:10.1.2.3", VET_PRIVATE},
    {"::ffff:169.254.169.254", VET_LINK_LOCAL},
    {"::ffff:0.0.0.0", VET_UNSPECIFIED},
    {"::ffff:8.8.8.8", VET_PUBLIC},
    {"64:ff9b::7f00:1", VET_LOOPBACK},
    {"64:ff9b::808:808", VET_PUBLIC},
    {"64:ff9b:1::808:808", VET_PRIVATE},
    {"64:ff9b:2::1", VET_PUBLIC},
    {"2002:7f00:1::1", VET_LOOPBACK},
    {"2002:c0a8:101::1", VET_PRIVATE},
    {"2002:808:808::1", VET_PUBLIC},
    {"2001:0:1:2:3:4:5:6", VET_RESERVED},
    {"2001:1::1", VET_PUBLIC},
    {"2606:4700::1111", VET_PUBLIC},
    {"fbff::1", VET_PUBLIC},
    {"fc00::1", VET_PRIVATE},
    {"fdff:ffff::1", VET_PRIVATE},
    {"fe7f::1", VET_PUBLIC},
    {"fe80::1", VET_LINK_LOCAL},
    {"febf::1", VET_LINK_LOCAL},
    {"fec0::1", VET_PRIVATE},
    {"ff02::1", VET_MULTICAST},
};

static enum vet_class of_socket_address(const char *text)
{
    struct sockaddr_storage any = {0};
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1) {
        memcpy(&any, &in, sizeof in);
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
        memcpy(&any, &in6, sizeof in6);
    }
    return vet_address((struct sockaddr *)&any);
}

static void every_address_has_its_class(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        enum vet_class literal = VET_RESERVED;
        assert_true(vet_literal(addresses[i].text, &literal));
        if (literal != addresses[i].class ||
            of_socket_address(addresses[i].text) != addresses[i].class) {
            fail_msg("%s: %s", addresses[i].text, vet_name(literal));
        }
    }
}

static void other_families_are_reserved(void **state)
{
    (void)state;
    struct sockaddr address = {.sa_family = AF_UNIX};
    assert_int_equal(vet_address(&address), VET_RESERVED);
}

static void literals_in_urls(void **state)
{
    (void)state;
    static const char *const not_literal[] = {
        "",  "localhost", "example.org", "1.2.3",
        "[", "1.2.3.4.5", "fe80::1::2",  "1111:2222:3333:4444:5555:6666:7777:8888:9999:"};
    enum vet_class class;
    assert_true(vet_literal("[::1]", &class) && class == VET_LOOPBACK);
    assert_true(vet_literal("[fe80::1%25eth0]", &class) && class == VET_LINK_LOCAL);
    assert_true(vet_literal("fe80::1%eth0", &class) && class == VET_LINK_LOCAL);
    for (size_t i = 0; i < sizeof not_literal / sizeof *not_literal; i++) {
        assert_false(vet_literal(not_literal[i], &class));
    }
}

static void trust_decides(void **state)
{
    (void)state;
    static const struct {
        enum vet_class class;
        bool open, lan, all;
    } table[] = {
        {VET_PUBLIC, true, true, true},      {VET_PRIVATE, false, true, true},
        {VET_LOOPBACK, false, true, true},   {VET_LINK_LOCAL, false, false, true},
        {VET_MULTICAST, false, false, true}, {VET_UNSPECIFIED, false, false, true},
        {VET_RESERVED, false, false, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(vet_allows(VET_TRUST_PUBLIC, table[i].class), table[i].open);
        assert_int_equal(vet_allows(VET_TRUST_LAN, table[i].class), table[i].lan);
        assert_int_equal(vet_allows(VET_TRUST_ALL, table[i].class), table[i].all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_address_has_its_class),
        cmocka_unit_test(other_families_are_reserved),
        cmocka_unit_test(literals_in_urls),
        cmocka_unit_test(trust_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
