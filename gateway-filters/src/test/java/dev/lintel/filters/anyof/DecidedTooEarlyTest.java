package dev.lintel.filters.anyof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter decides whose keys come when it has just decided without them. */
class DecidedTooEarlyTest {

    private static final Rejection REFUSAL = Rejection.client(401, "unknown-key", "Nobody knows this key.");

    @ParameterizedTest
    @CsvSource({"JETTY_EE10, true, 200", "JETTY_EE10, false, 401", "TOMCAT_10, true, 200", "TOMCAT_10, false, 401"})
    void decidesAgainWhenThereIsNothingToWaitForAnyMore(Container container, boolean keysCome, int status) {
        try (WebApp app = WebApp.on(container)
                .filter("keys", new KeysThatCome(keysCome))
                .serve("/*", (request, response) -> response.getWriter().print("hello"))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).status())
                    .isEqualTo(status);
        }
    }

    /** Has keys, or does not, once asked whether there is a reason to wait for them; there is none. */
    private static final class KeysThatCome extends AuthenticatingFilter {

        private final boolean come;
        private volatile boolean there;

        KeysThatCome(boolean come) {
            super(true);
            this.come = come;
        }

        @Override
        public Verdict decide(Exchange exchange, HttpServletRequest request) {
            return there ? new Known() : new Unknown(this);
        }

        @Override
        public Rejection challenge() {
            return REFUSAL;
        }

        @Override
        public String credentialField() {
            return "X-Key";
        }

        @Override
        protected void configure(OptionReader options) {
            // none
        }
    }

    private record Known() implements Verdict.Accepted {
        @Override
        public Caller caller() {
            return new Caller("test", "alice", null, List.of(), List.of(), Map.of(), "key");
        }

        @Override
        public void apply(Exchange exchange, HttpServletRequest request) {
            // nothing to write
        }
    }

    private record Unknown(KeysThatCome filter) implements Verdict.Undecided {
        @Override
        public @Nullable CompletableFuture<?> renewal() {
            filter.there = filter.come;
            return null;
        }

        @Override
        public Duration atMost() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Verdict.Refused otherwise() {
            return Verdict.Refused.of(REFUSAL);
        }
    }
}
