package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.request.HeaderSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderOwnershipTest {

    private static final HeaderSelector OWNED = Gateway.builder()
            .filter(new MarkedFilter(Stage.REQUEST_ID, "X-Request-ID"))
            .filter((request, response, chain) -> chain.doFilter(request, response))
            .route(Route.named("a")
                    .path("/a")
                    .filter(new MarkedFilter(Stage.AUTHENTICATION, "X-Consumer-ID", "X-Claim-*"))
                    .answer(200, "", ""))
            .route(Route.named("b").path("/b").answer(200, "", ""))
            .build()
            .ownedHeaders();

    /** G01: what one route's filter may write is nobody else's on any route. */
    @ParameterizedTest
    @CsvSource({
        "X-Request-ID,    true",
        "x_request_id,    true",
        "X-Consumer-ID,   true",
        "XConsumerID,     true",
        "X-Claim-Email,   true",
        "X-User-ID,       true",
        "x.user.role,     true",
        "X-Other,         false",
        "Authorization,   false"
    })
    void isTheUnionOverAllRoutes(String name, boolean owned) {
        assertThat(OWNED.matches(name)).isEqualTo(owned);
    }

    @Test
    void followsTheNamesOfTheIdentityHeaders() {
        HeaderSelector owned = Gateway.builder()
                .identityHeaders(new IdentityHeaders("Remote-User", "Remote-Groups"))
                .otherwise(Destination.hostApplication())
                .build()
                .ownedHeaders();
        assertThat(owned.matches("remote_user") && owned.matches("REMOTE-GROUPS"))
                .isTrue();
        assertThat(owned.matches("X-User-ID")).isFalse();
    }

    @Test
    void letsNoFilterThatChangesRequestsWriteTheIdentity() {
        IdentityHeaders identity = new IdentityHeaders("Remote-User", "Remote-Groups");
        assertThatThrownBy(() -> Gateway.builder()
                        .identityHeaders(identity)
                        .filter(new MarkedFilter(Stage.TRANSFORM, "remote_groups"))
                        .route(Route.named("a")
                                .path("/a")
                                .filter(new MarkedFilter(Stage.AUTHENTICATION, "Remote-User"))
                                .filter(new MarkedFilter(Stage.TRANSFORM, "RemoteUser"))
                                .answer(200, "", ""))
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Problem::name)
                                .containsExactly("filters", "routes.a.filter"));
    }
}
