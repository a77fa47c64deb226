package dev.lintel.head;

import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/** HTTP/1.1 as Jetty serves it, with usual heads read in one pass. Thread-safe. */
public final class OnePassConnectionFactory extends OneReaderConnectionFactory {

    /**
     * Makes a factory.
     *
     * @param configuration what connections keep to; its limits hold for heads read in one pass as well
     * @throws IllegalArgumentException if it is not {@code STRICT}, has no limit of a head's size, or takes values for others that differ in
     *     case, since usual heads would be read in another way then
     */
    public OnePassConnectionFactory(HttpConfiguration configuration) {
        super(configuration);
        if (configuration.getHttpCompliance() != HttpCompliance.STRICT
                || configuration.getRequestHeaderSize() <= 0
                || !configuration.isHeaderCacheCaseSensitive()) {
            throw new IllegalArgumentException("configuration: "
                    + configuration.getHttpCompliance().getName()
                    + ", requestHeaderSize " + configuration.getRequestHeaderSize() + ", headerCacheCaseSensitive "
                    + configuration.isHeaderCacheCaseSensitive()
                    + " (expected: STRICT, a size above 0, true)");
        }
    }

    @Override
    OneReader reading(Connector connector, EndPoint endPoint) {
        return new OnePassConnection(getHttpConfiguration(), connector, endPoint);
    }

    private static final class OnePassConnection extends OneReader {

        OnePassConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpParser newHttpParser(HttpCompliance compliance) {
            HttpParser usual = super.newHttpParser(compliance);
            HttpConfiguration configuration = getHttpConfiguration();
            HttpParser parser = new OnePassParser(
                    (HttpParser.RequestHandler) usual.getHandler(), configuration.getRequestHeaderSize(), compliance);
            parser.setHeaderCacheSize(configuration.getHeaderCacheSize());
            parser.setHeaderCacheCaseSensitive(configuration.isHeaderCacheCaseSensitive());
            return parser;
        }
    }
}
