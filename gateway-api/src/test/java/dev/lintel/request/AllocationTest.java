package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the promise "allocates nothing" of what runs for every header field of every request. */
class AllocationTest {

    private static final HeaderSelector SELECTOR = HeaderSelector.of("X-User-ID", "X-User-Role", "X-Internal-*");
    private static final PathPattern PATTERN = PathPattern.parse("/api/{id}/**");
    private static final RequestPath PATH = RequestPath.parse("/api/7/a/b");
    private static final int CALLS = 20_000;

    @ParameterizedTest
    @MethodSource("checks")
    void allocatesNothing(BooleanSupplier check) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean);
        run(check);
        long before = allocated();
        int held = run(check);
        long bytes = allocated() - before;
        assertThat(held).isEqualTo(CALLS);
        // one object a call would be 16 bytes a call; reading the counter itself may cost a little
        assertThat(bytes).isLessThan(CALLS);
    }

    static Stream<Named<BooleanSupplier>> checks() {
        return Stream.of(
                Named.of("selects", () -> SELECTOR.matches("x_user.ID")),
                Named.of("selects by prefix", () -> SELECTOR.matches("X-Internal-Token")),
                Named.of("selects not", () -> !SELECTOR.matches("Accept-Encoding")),
                Named.of("same folded", () -> HeaderSelector.sameFolded("X-User-ID", "x_user_id")),
                Named.of("name", () -> HeaderSyntax.isName("Content-Type")),
                Named.of("value", () -> HeaderSyntax.isValue("text/html; charset=utf-8")),
                Named.of("plain item", () -> HeaderSyntax.isPlainItem("alice")),
                Named.of("connection options", () -> ConnectionOptions.areAllowed("keep-alive, TE")),
                Named.of("path pattern", () -> PATTERN.matches(PATH)));
    }

    private static int run(BooleanSupplier check) {
        int held = 0;
        for (int i = 0; i < CALLS; i++) {
            held += check.getAsBoolean() ? 1 : 0;
        }
        return held;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
