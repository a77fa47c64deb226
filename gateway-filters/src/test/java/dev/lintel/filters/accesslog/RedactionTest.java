package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction = new Redaction(Query.REDACTED, AccessLogCatalogue.REDACT.otherwise());

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, a=1&b=2",
        "token=s3cret, token=***",
        "a=1&token=s3cret&b=2, a=1&token=***&b=2",
        "TOKEN=s3cret&Access-Token=s3cret&accessToken=s3cret, TOKEN=***&Access-Token=***&accessToken=***",
        "api_key=s3cret&apikey=s3cret&key=s3cret&password=s3cret&secret=s3cret&code=s3cret,"
                + "api_key=***&apikey=***&key=***&password=***&secret=***&code=***",
        "%74oken=s3cret&to%6Ben=s3cret, %74oken=***&to%6Ben=***",
        "token[]=s3cret&token%5B0%5D=s3cret, token[]=***&token%5B0%5D=***",
        "a=1;token=s3cret, a=1;token=***",
        "token=s3cret;s3cret=1&b=2, token=***&b=2",
        "token=s3cret=s3cret==&b, token=***&b",
        "token=, token=***",
        "token, token",
        "token&a=token=1, token&a=token=1",
        "tokens=1&mytoken=2&keyword=3, tokens=1&mytoken=2&keyword=3",
        "&&=&token=s3cret&, &&=&token=***&",
        "%=1&%7=2&%zz=3&token%=s3cret, %=1&%7=2&%zz=3&token%=***",
        "x-api-key=s3cret&Authorization=s3cret&subscription_key=s3cret,"
                + "x-api-key=***&Authorization=***&subscription_key=***",
        "next=/a?token=s3cret&a=1#token=s3cret, next=/a?token=***&a=1#token=***",
        "X-Amz-Signature=s3cret&X-Amz-Date=1, X-Amz-Signature=***&X-Amz-Date=1"
    })
    void masksTheValuesOfSecretParameters(String raw, String logged) {
        assertThat(redaction.query(raw)).isEqualTo(logged);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a;jsessionid=s3cret, /a;jsessionid=***",
        "/a;x=1;JSESSIONID=s3cret/b;y=2, /a;x=1;JSESSIONID=***/b;y=2",
        "/token=1, /token=1"
    })
    void masksPathParametersToo(String raw, String logged) {
        assertThat(redaction.path(raw)).isEqualTo(logged);
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example/a?code=s3cret&b=1, https://x.example/a?code=***&b=1, https://x.example/a",
        "https://x.example/a, https://x.example/a, https://x.example/a",
        "https://x.example/a#id_token=s3cret&b, https://x.example/a#id_token=***&b, https://x.example/a",
        "https://x.example/a;jsessionid=s3cret?b, https://x.example/a;jsessionid=***?b, https://x.example/a;jsessionid=***"
    })
    void treatsAReferrersQueryLikeTheRequests(String raw, String redacted, String none) {
        assertThat(redaction.url(raw)).isEqualTo(redacted);
        assertThat(new Redaction(Query.NONE, AccessLogCatalogue.REDACT.otherwise()).url(raw))
                .isEqualTo(none);
        assertThat(new Redaction(Query.FULL, List.of("code")).url(raw)).isEqualTo(raw);
    }

    @Test
    void leavesQueriesAsTheyAreOrOutIfTold() {
        assertThat(new Redaction(Query.FULL, List.of("token")).query("token=a")).isEqualTo("token=a");
        assertThat(new Redaction(Query.NONE, List.of("token")).query("a=1")).isNull();
        assertThat(redaction.query(null)).isNull();
        assertThat(redaction.query("")).isEmpty();
    }

    @Test
    void masksWhatTheFiltersAroundARequestKnowAsWell() {
        Set<String> ours = Set.of("X-Ticket", "ticket");
        Redaction knowing = redaction.knowing(ours);
        assertThat(knowing.query("ticket=a&x_ticket=b&token=c&d=e")).isEqualTo("ticket=***&x_ticket=***&token=***&d=e");
        assertThat(redaction.knowing(ours)).isSameAs(knowing);
        assertThat(redaction.knowing(Set.of("other")).query("ticket=a&other=b")).isEqualTo("ticket=a&other=***");
        assertThat(redaction.knowing(Set.of())).isSameAs(redaction);
        assertThat(new Redaction(Query.FULL, List.of()).knowing(ours).query("ticket=a"))
                .isEqualTo("ticket=a");
    }

    @Test
    void masksTheNamesGivenInstead() {
        Redaction own = new Redaction(Query.REDACTED, List.of("Session-Ticket"));
        assertThat(own.query("session_ticket=a&token=b")).isEqualTo("session_ticket=***&token=b");
    }
}
