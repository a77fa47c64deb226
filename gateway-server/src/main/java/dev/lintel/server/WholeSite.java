package dev.lintel.server;

import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.http.pathmap.MatchedResource;

/** Gives every request to the servlet at the root, also one about no path, such as {@code OPTIONS *}. */
final class WholeSite extends ServletHandler {

    WholeSite() {
        // the gateway reads the raw path and refuses what is ambiguous
        setDecodeAmbiguousURIs(true);
    }

    @Override
    public MatchedResource<MappedServlet> getMatchedServlet(String target) {
        return super.getMatchedServlet(target.startsWith("/") ? target : "/");
    }
}
