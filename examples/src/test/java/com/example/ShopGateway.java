package com.example;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.upstream.Upstream;
import java.util.function.Supplier;

/** The gateway of a {@code web.xml}, as the page on applications shows it. */
public final class ShopGateway implements Supplier<Gateway> {
    @Override
    public Gateway get() {
        return Gateway.builder()
                .filter(RequestIdFilter.create())
                .upstream(Upstream.named("orders").target("http://localhost:9001"))
                .route(Route.named("orders").path("/orders/**").to("orders"))
                .build();
    }
}
