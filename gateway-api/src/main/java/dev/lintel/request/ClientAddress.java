package dev.lintel.request;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as it can be believed.
 *
 * @param text the address in its canonical text, never with a port; what the container gave if that is no address
 * @param address the address, or null if the container gave something else (a Unix socket's path, for example)
 * @param viaTrustedProxy whether the peer of the connection is a trusted proxy, whose forwarded fields are believed
 */
public record ClientAddress(String text, @Nullable IpAddress address, boolean viaTrustedProxy) {

    /** The address as text. */
    @Override
    public String toString() {
        return text;
    }
}
