package dev.lintel.request;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices Spring's {@code ForwardedHeaderFilter} in front. It believes everybody, so that the address that is then taken for the
 * peer's is what any client says; there is no knowing the real one behind it. Told once.
 */
final class SpringForwarding {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);

    /** The requests it makes; named, so that Spring is not needed to know them. */
    private static final String WRAPPERS = "org.springframework.web.filter.ForwardedHeaderFilter$";

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private SpringForwarding() {}

    static void warnIfInFront(HttpServletRequest request) {
        if (!(request instanceof ServletRequestWrapper) || TOLD.get() || !isInFront(request)) {
            return;
        }
        if (TOLD.compareAndSet(false, true)) {
            LOG.warn(
                    "ForwardedHeaderFilter: in front of Lintel (expected: behind it or absent, since it makes a client's address"
                            + " whatever the client says; set server.forward-headers-strategy=none, or give Lintel's filter the lower"
                            + " order, and name your balancers in trustedProxies)");
        }
    }

    private static boolean isInFront(ServletRequest outermost) {
        ServletRequest request = outermost;
        while (request instanceof ServletRequestWrapper wrapper) {
            if (wrapper.getClass().getName().startsWith(WRAPPERS)) {
                return true;
            }
            request = wrapper.getRequest();
        }
        return false;
    }
}
