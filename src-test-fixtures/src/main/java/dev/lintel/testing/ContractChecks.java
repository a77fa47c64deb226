package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testing.ContractApp.Call;
import java.util.List;
import java.util.Locale;

/** What a {@link FilterContract} checks again and again. */
final class ContractChecks {

    private ContractChecks() {}

    static void assertWhole(RawResponse response, int status, String body) {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.complete()).as("complete").isTrue();
        assertThat(response.bodyText()).isEqualTo(body);
        assertThat(names(response)).as("no field twice").doesNotHaveDuplicates();
    }

    static void assertCalls(ContractApp app, String... expected) {
        assertThat(app.calls())
                .extracting(call -> call.servlet() + " " + call.dispatch())
                .containsExactly(expected);
    }

    static void assertSameHeaders(List<Call> calls) {
        assertThat(calls)
                .extracting(Call::headers)
                .hasSize(2)
                .containsOnly(calls.get(0).headers());
    }

    static void assertFailsNaming(String option, ContractApp app) {
        try (app) {
            assertThatThrownBy(app::start).satisfies(failure -> {
                String messages = messages(failure);
                assertThat(messages).contains(option).doesNotContain("value-not-shown");
            });
        }
    }

    static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append(System.lineSeparator());
        }
        return all.toString();
    }

    static List<String> names(RawResponse response) {
        return response.headerLines().stream()
                .map(line -> lower(line.substring(0, line.indexOf(':'))))
                .toList();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
