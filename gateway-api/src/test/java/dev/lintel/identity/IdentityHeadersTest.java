package dev.lintel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityHeadersTest {

    @Test
    void selectsBothInEverySpelling() {
        assertThat(IdentityHeaders.DEFAULT.selector().matches("x_user.id")).isTrue();
        assertThat(IdentityHeaders.DEFAULT.selector().matches("XUSERROLE")).isTrue();
        assertThat(new IdentityHeaders("Remote-User", "Remote-Groups")
                        .selector()
                        .matches("X-User-ID"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'',     X-Role",
        "X-User, ''",
        "X User, X-Role",
        "X-User, X-Role:",
        "-,      X-Role",
        "X-*,    X-Role",
        "X-User, X-Role*",
        "X-User, X-User",
        "X-User, x_user"
    })
    void refusesNamesThatAreNoneOrTheSame(String userId, String userRole) {
        assertThatThrownBy(() -> new IdentityHeaders(userId, userRole)).isInstanceOf(IllegalArgumentException.class);
    }
}
