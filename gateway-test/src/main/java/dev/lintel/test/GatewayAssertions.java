package dev.lintel.test;

import dev.lintel.Gateway;

/**
 * Where assertions on gateways begin. Nothing is sent and nothing started: what a gateway would do is asked of the code that serves ({@link
 * dev.lintel.router.Explainer}).
 *
 * <pre>{@code
 * assertThat(gateway).get("/api/orders/1").bearer(tokens.alice())
 *     .routesTo("orders").withUpstreamPath("/orders/1").hasUpstreamHeader("X-User-ID", "alice");
 * assertThat(gateway).get("/api/orders/1").isRefusedWith(401);
 * }</pre>
 */
public final class GatewayAssertions {

    private GatewayAssertions() {}

    /** Begins assertions on a gateway. */
    public static GatewayAssert assertThat(Gateway gateway) {
        return new GatewayAssert(gateway);
    }
}
