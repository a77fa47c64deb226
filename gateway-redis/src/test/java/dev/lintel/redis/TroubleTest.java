package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TroubleTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("of one server", refuses(), "it answers WRONGPASS", true),
                Arguments.of("of one that is not there", nobody(), "no connection", false),
                Arguments.of("of a cluster that refuses", beside(refuses(), refuses()), "it answers WRONGPASS", true),
                Arguments.of("of which one is there", beside(nobody(), refuses()), "it answers WRONGPASS", true),
                Arguments.of("of which none is there", beside(nobody(), nobody()), "no connection", false),
                Arguments.of(
                        "whose certificate nobody trusts",
                        beside(at("a", new SSLHandshakeException("unable to find valid certification path"))),
                        "TLS handshake fails",
                        true),
                Arguments.of(
                        "of one that ends the connection in a TLS handshake",
                        at("a", with(new ClosedChannelException(), new SSLHandshakeException("Connection closed"))),
                        "no connection",
                        false),
                Arguments.of("late", at("a", new TimeoutException()), "no answer in time", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void tellsARefusalFromNobodyThere(String name, Throwable failure, String words, boolean refusesUs) {
        for (Throwable told : new Throwable[] {failure, new CompletionException(failure)}) {
            assertThat(Trouble.of(told).words()).isEqualTo(words);
            assertThat(Trouble.of(told).refusesUs()).isEqualTo(refusesUs);
        }
    }

    private static Throwable refuses() {
        return at("a", new RedisCommandExecutionException("WRONGPASS invalid username-password pair"));
    }

    private static Throwable nobody() {
        return at("b", new ConnectException("Connection refused"));
    }

    private static Throwable at(String server, Throwable cause) {
        return new RedisConnectionException("Unable to connect to " + server, cause);
    }

    private static Throwable beside(Throwable... each) {
        return with(new RedisConnectionException("Cannot retrieve cluster partitions"), each);
    }

    private static Throwable with(Throwable failure, Throwable... beside) {
        for (Throwable one : beside) {
            failure.addSuppressed(one);
        }
        return failure;
    }
}
