package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionOptionsTest {

    @ParameterizedTest(name = "C16 G05 G06 {0}")
    @ValueSource(
            strings = {
                "X-User-ID",
                "x-user-id",
                "close, X-User-ID",
                "X-User-ID, close",
                "close,\tX-User-ID",
                "close,X-USER-ID,te",
                "keep-alive, X_User_ID",
                "X-Request-ID, X-Forwarded-For, Authorization, Cookie, Content-Type",
                "host",
                "content-length",
                "transfer-encoding",
                "authorization",
                "x-request-id",
                "cookie",
                "keep-alive-x",
                "clos",
                "close close",
                "close;q=1",
                "\"close\"",
                "upgrade/x",
                "te\0",
                "\u00a0close"
            })
    void refusesToLetAClientChooseWhatIsRemoved(String value) {
        assertThat(ConnectionOptions.areAllowed(value)).isFalse();
        assertThat(new FieldChecks("HTTP/1.1", false).value("Connection", value))
                .isIn("connection-option", "header-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "close",
                "Close",
                "keep-alive",
                "Keep-Alive, Upgrade",
                " close\t,\tte ",
                "close,,te",
                "Upgrade, HTTP2-Settings"
            })
    void admitsWhatConcernsTheConnection(String value) {
        assertThat(new FieldChecks("HTTP/1.1", false).value("connection", value))
                .isNull();
    }

    @Test
    void findsTheOneAmongAThousand() {
        String many = "close,".repeat(1000);
        assertThat(ConnectionOptions.areAllowed(many)).isTrue();
        assertThat(ConnectionOptions.areAllowed(many + "x-user-id")).isFalse();
    }

    @Test
    void checksEveryLine() {
        FieldChecks checks = new FieldChecks("HTTP/1.1", false);
        for (String line : List.of("close", "keep-alive")) {
            assertThat(checks.value("Connection", line)).isNull();
        }
        assertThat(checks.value("Connection", "X-User-ID")).isEqualTo("connection-option");
    }
}
