package dev.lintel.server;

import dev.lintel.request.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Knows requests to the admin port that pages in a browser on this machine may have made, which anybody may have written: those with
 * {@code Origin} and, on loopback, those whose {@code Host} is a name that somebody else may have given this machine. Thread-safe.
 */
final class BrowserPages {

    private final String adminHost;
    private final boolean onLoopback;

    /**
     * For a port.
     *
     * @param adminHost what it listens on, by which it may be called as well
     */
    BrowserPages(String adminHost) {
        this.adminHost = adminHost;
        this.onLoopback = isLoopback(adminHost);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // told when it is listened on
            return false;
        }
    }

    /** Whether a page may have made it. */
    boolean mayHaveMade(Request request) {
        return request.getHeaders().contains(HttpHeader.ORIGIN) || !isOurs(Request.getServerName(request));
    }

    /**
     * A name that resolves to this machine today may be anybody's (DNS rebinding); an address or ours is not. Where others than
     * this machine reach the port anyway, they may call it as they like.
     */
    private boolean isOurs(String host) {
        if (!onLoopback) {
            return true;
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost") || bare.equalsIgnoreCase(adminHost) || IpAddress.parse(bare) != null;
    }
}
