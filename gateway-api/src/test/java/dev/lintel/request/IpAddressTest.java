package dev.lintel.request;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1.2.3.4,                  1.2.3.4",
        "0.0.0.0,                  0.0.0.0",
        "255.255.255.255,          255.255.255.255",
        "::ffff:10.0.0.1,          10.0.0.1",
        "::FFFF:a00:1,             10.0.0.1",
        "0:0:0:0:0:ffff:a00:1,     10.0.0.1",
        "::ffff:10.0.0.1%eth0,     10.0.0.1",
        "::,                       ::",
        "::1,                      ::1",
        "1::,                      1::",
        "fe80::1%eth0,             fe80::1",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "2001:db8::1:1:1:1:1,      2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1,     2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::,          1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,          0:2:3:4:5:6:7:8",
        "1:0:0:4:0:0:0:8,          1:0:0:4::8",
        "1:2:3:4:5:6:1.2.3.4,      1:2:3:4:5:6:102:304",
        "::1.2.3.4,                ::102:304",
        "64:ff9b::1.2.3.4,         64:ff9b::102:304"
    })
    void readsAndWritesTheCanonicalForm(String text, String canonical) {
        IpAddress address = requireNonNull(IpAddress.parse(text));
        assertThat(address).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.256",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.0x4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.-4",
                "+1.2.3.4",
                "1.2.3.99999999999",
                "1.2.3.4%eth0",
                "1.2.3.4:80",
                "1.2.3.4/8",
                "\u0661.2.3.4",
                "\uff11.2.3.4",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2",
                "1::2::3",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "::-1",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.256",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1:2:3:4:5:6:1.2.3.4",
                "[::1]",
                "::1/64",
                ":: 1",
                "\uff41::",
                "localhost",
                "%eth0"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Test
    void agreesWithThePlatformOnEveryAddress() throws UnknownHostException {
        Random random = new Random(4291);
        for (int round = 0; round < 200_000; round++) {
            byte[] octets = octets(random);
            InetAddress platform = InetAddress.getByAddress(octets);
            IpAddress address = requireNonNull(IpAddress.parse(platform.getHostAddress()));
            byte[] wide = ByteBuffer.allocate(16)
                    .putLong(address.high())
                    .putLong(address.low())
                    .array();
            assertThat(InetAddress.getByAddress(wide)).isEqualTo(platform);
            assertThat(address.isV4()).isEqualTo(platform.getAddress().length == 4);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString())).isEqualTo(platform);
        }
    }

    @Test
    void neverThrowsOnAnyText() {
        Random random = new Random(5952);
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i > 0; i--) {
                text.append("01fF:::..%[]/ xg\u0661".charAt(random.nextInt(17)));
            }
            IpAddress address = IpAddress.parse(text.toString());
            if (address != null) {
                assertThat(IpAddress.parse(address.toString())).as("%s", text).isEqualTo(address);
            }
        }
    }

    @Test
    void keepsLeadingBits() {
        Random random = new Random(64);
        for (int round = 0; round < 20_000; round++) {
            IpAddress address = new IpAddress(random.nextLong(), random.nextLong());
            int bits = random.nextInt(129);
            BigInteger mask = BigInteger.ONE.shiftLeft(128 - bits).subtract(BigInteger.ONE);
            assertThat(number(address.prefix(bits))).isEqualTo(number(address).andNot(mask));
        }
        IpAddress v4 = requireNonNull(IpAddress.parse("10.1.2.3"));
        assertThat(v4.prefix(8)).hasToString("10.0.0.0");
        assertThat(v4.prefix(0)).hasToString("0.0.0.0");
        assertThat(v4.prefix(32)).isEqualTo(v4);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(
                1,
                ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array());
    }

    /** Random octets with many zeros, so that every form of compression comes up. */
    private static byte[] octets(Random random) {
        byte[] octets = new byte[random.nextInt(4) == 0 ? 4 : 16];
        random.nextBytes(octets);
        for (int i = 0; i + 1 < octets.length; i += 2) {
            if (random.nextBoolean()) {
                octets[i] = 0;
                octets[i + 1] = random.nextBoolean() ? 0 : octets[i + 1];
            }
        }
        if (octets.length == 16 && random.nextInt(8) == 0) {
            java.util.Arrays.fill(octets, 0, 10, (byte) 0);
            octets[10] = (byte) 0xff;
            octets[11] = (byte) 0xff;
        }
        return octets;
    }
}
