package dev.lintel.testing;

/**
 * Makes the TLS sockets of the JDK tell an end without {@code close_notify} from an orderly one, for the whole JVM. Only
 * what uses {@code SSLSocket} is affected, not what uses {@code SSLEngine} (Jetty, {@code java.net.http}). Without
 * effect if a TLS socket was used before the first fixture.
 */
final class CloseNotify {

    static {
        System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
    }

    private CloseNotify() {}

    static void require() {
        // The class has been initialised.
    }
}
