package dev.lintel.server;

import java.security.KeyStore;

/**
 * What HTTPS needs.
 *
 * @param keyStore private keys with their certificate chains
 * @param keyPassword the password of the keys in it
 * @param http2 whether HTTP/2 is offered by ALPN
 * @param sniCheck whether the certificate must be valid for the request's host
 */
record TlsOptions(KeyStore keyStore, String keyPassword, boolean http2, boolean sniCheck) {

    /** Says nothing of the keys. */
    @Override
    public String toString() {
        return "TLS" + (http2 ? " with HTTP/2" : "");
    }
}
