package dev.lintel.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;

/** A connection of Jetty's. The only class besides {@link ResetProbe} that knows Jetty's server. */
final class JettyConnection implements ClientConnection {

    private final ServletContextRequest request;

    private JettyConnection(ServletContextRequest request) {
        this.request = request;
    }

    static ClientConnection of(ServletRequest request) {
        return new JettyConnection(ServletContextRequest.getServletContextRequest(request));
    }

    @Override
    public void watch(Runnable gone) {
        request.addFailureListener(failure -> gone.run());
        boolean http1 = request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
        if (http1
                && request.getConnectionMetaData().getConnection().getEndPoint() instanceof AbstractEndPoint endPoint) {
            ResetProbe probe = new ResetProbe(endPoint, gone);
            request.addHttpStreamWrapper(probe::guard);
            probe.arm();
        }
    }

    @Override
    public boolean breakOff(AsyncContext async, CallFailure failure) {
        if (isHttp1()) {
            // an answer that lasts until the connection ends is whole after a FIN, never after a RST
            ResetProbe.resetOnClose(
                    request.getConnectionMetaData().getConnection().getEndPoint());
        }
        request.getServletChannel().abort(failure.exception());
        return false;
    }

    private boolean isHttp1() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
    }
}
