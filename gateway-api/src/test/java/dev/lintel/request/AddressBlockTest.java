package dev.lintel.request;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest(name = "G16 {0} {1} {2}")
    @CsvSource({
        "10.0.0.0/8,         10.255.255.255,    true",
        "10.0.0.0/8,         11.0.0.0,          false",
        "10.0.0.0/8,         9.255.255.255,     false",
        "10.0.0.0/8,         ::ffff:10.0.0.1,   true",
        "10.0.0.0/8,         ::ffff:a00:1%eth0, true",
        "10.0.0.0/8,         ::10.0.0.1,        false",
        "::ffff:10.0.0.0/8,  10.1.1.1,          true",
        "10.0.0.1,           10.0.0.1,          true",
        "10.0.0.1,           10.0.0.2,          false",
        "10.0.0.1/32,        10.0.0.1,          true",
        "192.0.2.128/25,     192.0.2.127,       false",
        "0.0.0.0/0,          203.0.113.1,       true",
        "0.0.0.0/0,          ::1,               false",
        "::/0,               2001:db8::1,       true",
        "::/0,               127.0.0.1,         false",
        "::/0,               ::ffff:127.0.0.1,  false",
        "2001:db8::/32,      2001:db8:ffff::1,  true",
        "2001:db8::/32,      2001:db9::,        false",
        "fe80::/10,          fe80::1%eth0,      true",
        "::1,                ::1,               true",
        "::1/128,            ::2,               false",
        "2001:db8::/65,      2001:db8::7fff:1:1:1, true",
        "2001:db8::/65,      2001:db8::8000:0:0:1, false"
    })
    void containsItsAddresses(String block, String address, boolean contained) {
        assertThat(AddressBlock.parse(block).contains(requireNonNull(IpAddress.parse(address))))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0.0/0008",
                "10.0.0.0/8 ",
                "10.0.0.0/255.0.0.0",
                "::/129",
                "::1/64",
                "localhost",
                "example.com/8",
                "10.0.0/8",
                "*",
                "10.*",
                "10.0.0.0/\u0668"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address block: " + text + " (expected: an address, or a network such as 10.0.0.0/8)");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "10.0.0.1, 10.0.0.1/32", "2001:DB8::/32, 2001:db8::/32", "::1, ::1/128"})
    void isWrittenInCidrNotation(String text, String written) {
        assertThat(AddressBlock.parse(text)).hasToString(written).isEqualTo(AddressBlock.parse(written));
    }
}
