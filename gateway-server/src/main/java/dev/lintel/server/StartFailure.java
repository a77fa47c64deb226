package dev.lintel.server;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import jakarta.servlet.ServletException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** Tells in one sentence why a server did not start. */
final class StartFailure {

    private StartFailure() {}

    /**
     * Starts a server.
     *
     * @param portOption the name of the option that its port comes from
     * @throws GatewayException if it does not start for a reason that its user can change
     */
    static void telling(String portOption, int port, Server server) {
        try {
            server.start();
        } catch (Exception failed) {
            throw of(portOption, port, failed);
        }
    }

    /** Why one did not start. */
    static GatewayException of(String portOption, int port, Exception failed) {
        GatewayException told = find(failed, GatewayException.class);
        return told != null ? told : new GatewayException("server", List.of(problem(portOption, port, failed)));
    }

    private static Problem problem(String portOption, int port, Exception failed) {
        BindException bind = find(failed, BindException.class);
        if (bind != null) {
            boolean address = String.valueOf(bind.getMessage()).contains("assign requested address");
            return address
                    ? new Problem(
                            portOption.equals("adminPort") ? "adminHost" : "host",
                            "not an address here",
                            "an address of this machine")
                    : new Problem(portOption, Integer.toString(port), "a free port; in use");
        }
        if (find(failed, UnresolvedAddressException.class) != null) {
            return new Problem(
                    portOption.equals("adminPort") ? "adminHost" : "host", "unknown", "an address of this machine");
        }
        SocketException denied = find(failed, SocketException.class);
        if (denied != null) {
            return new Problem(portOption, Integer.toString(port), "a port that this user may listen on");
        }
        ServletException refused = find(failed, ServletException.class);
        Throwable reason = refused == null ? failed : refused;
        return new Problem("gateway", String.valueOf(reason.getMessage()), "a gateway that can be started");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failed, Class<T> type) {
        Throwable cause = failed;
        // causes have been known to form a circle
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            for (Throwable other : cause.getSuppressed()) {
                if (type.isInstance(other)) {
                    return type.cast(other);
                }
            }
            cause = cause.getCause();
        }
        return null;
    }
}
