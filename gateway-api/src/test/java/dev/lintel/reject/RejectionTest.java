package dev.lintel.reject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.reject.Rejection.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionTest {

    @Test
    void growsByCopies() {
        Rejection plain = Rejection.client(429, "limit", "Too much.");
        Rejection full = plain.withHeader("Retry-After", "1")
                .withHeader("RateLimit", "\"a\";r=0")
                .withViolatedPolicies(List.of("a"))
                .closingConnection();
        assertThat(plain.headers()).isEmpty();
        assertThat(plain.closesConnection()).isFalse();
        assertThat(full.headers())
                .containsExactly(
                        new Rejection.Field("Retry-After", "1"), new Rejection.Field("RateLimit", "\"a\";r=0"));
        assertThat(full.violatedPolicies()).containsExactly("a");
        assertThat(full.closesConnection()).isTrue();
        assertThat(full.rule()).isEqualTo("limit");
    }

    @Test
    void tellsWhoseFaultItIs() {
        assertThat(Rejection.client(400, "r", "d").origin()).isEqualTo(Origin.CLIENT);
        assertThat(Rejection.gateway(500, "r", "d").origin()).isEqualTo(Origin.GATEWAY);
        assertThat(Rejection.upstream(502, "r", "d").origin()).isEqualTo(Origin.UPSTREAM);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 200, 302, 399, 600, 999})
    void refusesAStatusThatIsNoError(int status) {
        assertThatThrownBy(() -> Rejection.client(status, "r", "d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: " + status + " (expected: 400 to 599)");
    }

    @ParameterizedTest
    @CsvSource({
        "X A,  a",
        "'',   a",
        "X:,   a",
        "X,    'a\r\nSet-Cookie: b'",
        "X,    'a\nb'",
        "X,    'a\0'",
        "X,    'a\u007f'",
        "X,    '\u2028'"
    })
    void refusesAHeaderFieldThatCouldSplitTheAnswer(String name, String value) {
        assertThatThrownBy(() -> Rejection.client(401, "r", "d").withHeader(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void keepsCopiesOfItsLists() {
        List<String> policies = new ArrayList<>(List.of("a"));
        Rejection rejection = Rejection.client(429, "r", "d").withViolatedPolicies(policies);
        policies.clear();
        assertThat(rejection.violatedPolicies()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "401, Unauthorized",
        "402, Payment Required",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "406, Not Acceptable",
        "407, Proxy Authentication Required",
        "408, Request Timeout",
        "409, Conflict",
        "410, Gone",
        "411, Length Required",
        "412, Precondition Failed",
        "413, Content Too Large",
        "414, URI Too Long",
        "415, Unsupported Media Type",
        "416, Range Not Satisfiable",
        "417, Expectation Failed",
        "421, Misdirected Request",
        "422, Unprocessable Content",
        "426, Upgrade Required",
        "428, Precondition Required",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "499, Client Error",
        "500, Internal Server Error",
        "501, Not Implemented",
        "502, Bad Gateway",
        "503, Service Unavailable",
        "504, Gateway Timeout",
        "505, HTTP Version Not Supported",
        "511, Network Authentication Required",
        "599, Server Error"
    })
    void namesTheStatusLikeTheStandards(int status, String title) {
        assertThat(Rejection.client(status, "r", "d").title()).isEqualTo(title);
    }

    @Test
    void writesProblemDetailsThatNothingCanBreakOutOf() {
        Rejection rejection = Rejection.client(429, "limit", "say \"hi\"\n</script>\u2028")
                .withViolatedPolicies(List.of("per-user", "b\"c"));
        assertThat(ProblemJsonWriter.body(rejection, "id\"1"))
                .isEqualTo("{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                        + "\"title\":\"Too Many Requests\",\"status\":429,"
                        + "\"detail\":\"say \\\"hi\\\"\\u000a</script>\\u2028\",\"rule\":\"limit\","
                        + "\"instance\":\"urn:request-id:id\\\"1\",\"requestId\":\"id\\\"1\","
                        + "\"violated-policies\":[\"per-user\",\"b\\\"c\"]}");
        assertThat(ProblemJsonWriter.body(Rejection.client(404, "no-route", "No."), null))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"No.\","
                        + "\"rule\":\"no-route\"}");
    }
}
