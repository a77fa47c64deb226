package dev.lintel.server;

import dev.lintel.https.LiveTls;

/**
 * What HTTPS needs.
 *
 * @param live certificates and what goes with them
 * @param http2 whether HTTP/2 is offered by ALPN
 * @param sniCheck whether the certificate must be valid for the request's host
 */
record TlsOptions(LiveTls live, boolean http2, boolean sniCheck) {}
