package dev.lintel.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Makes what speaks HTTP/2, within bounds. Jetty adds its own: 128 resets, pings, settings, priorities, empty frames and the
 * like in a second; 64 settings; a list of header fields as long as a head may be.
 */
final class Http2Listening {

    private Http2Listening() {}

    /** HTTP/2 chosen by ALPN. */
    static ConnectionFactory overTls(HttpConfiguration http, ServerOptions.Limits limits) {
        HTTP2ServerConnectionFactory factory = new ByAlpn(http);
        bound(factory, limits);
        return factory;
    }

    /** HTTP/2 in clear text by prior knowledge (RFC 9113 section 3.3). */
    static ConnectionFactory inClearText(HttpConfiguration http, ServerOptions.Limits limits) {
        HTTP2CServerConnectionFactory factory = new ByPreface(http);
        bound(factory, limits);
        return factory;
    }

    private static void bound(AbstractHTTP2ServerConnectionFactory factory, ServerOptions.Limits limits) {
        factory.setMaxConcurrentStreams(limits.streams());
        // nothing is tunnelled (RFC 8441)
        factory.setConnectProtocolEnabled(false);
    }

    private static final class ByAlpn extends HTTP2ServerConnectionFactory {

        ByAlpn(HttpConfiguration http) {
            super(http);
        }

        @Override
        protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
            return new HTTPServerSessionListener(endPoint) {
                @Override
                public void onHeaders(Stream stream, HeadersFrame frame) {
                    if (!frame.isEndStream()) {
                        failUnended(this, stream);
                    }
                    super.onHeaders(stream, frame);
                }
            };
        }
    }

    /**
     * Begins with the preface, never with {@code Upgrade: h2c}: that way is gone from RFC 9113, and has been used to get past
     * proxies that pass it on.
     */
    private static final class ByPreface extends HTTP2CServerConnectionFactory {

        ByPreface(HttpConfiguration http) {
            super(http);
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            return request.getMethod().equals("PRI")
                    ? super.upgradeConnection(connector, endPoint, request, response)
                    : null;
        }

        @Override
        protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
            return new HTTPServerSessionListener(endPoint) {
                @Override
                public void onHeaders(Stream stream, HeadersFrame frame) {
                    if (!frame.isEndStream()) {
                        failUnended(this, stream);
                    }
                    super.onHeaders(stream, frame);
                }
            };
        }
    }

    /** Jetty ends the connection on trailers that do not end a stream, but lets who reads it believe that it ended well. */
    private static void failUnended(Stream.Listener listener, Stream stream) {
        listener.onFailure(
                stream,
                ErrorCode.PROTOCOL_ERROR.code,
                "invalid_trailers",
                new EofException("trailers without end"),
                Callback.NOOP);
    }
}
