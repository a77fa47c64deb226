package dev.lintel.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;

/** A connection of Tomcat's, which ends every completed answer as whole unless it was told of an error. */
enum TomcatConnection implements ClientConnection {
    INSTANCE;

    /** Tomcat has put its own error in the answer's place by then, or closes the connection. */
    @Override
    public boolean outlivesBody() {
        return false;
    }

    @Override
    public void takeErrorBack(ServletResponse response) {
        TomcatResponse.takeErrorBack(response);
    }

    /*
     * A timeout that nobody handles makes the answer an error, and for one that is committed Tomcat can only
     * close the connection. An exception out of a dispatch would do the same, but only through whatever is mapped to it.
     */
    @Override
    public boolean breakOff(AsyncContext async, CallFailure failure) {
        TomcatResponse.cutShort(async.getResponse());
        async.setTimeout(1);
        return true;
    }

    /*
     * Reading the last chunk has Tomcat run the connection's next event there and then, below its own callback, as if the
     * request were over: a client that has closed its side would lose its answer, one that has sent its next request could
     * get that one's answer first.
     */
    @Override
    public boolean mayReadChunksInCallbacks() {
        return false;
    }

    @Override
    public boolean mayWaitAtEnd() {
        return true;
    }

    /*
     * Once it goes on Tomcat makes the next request of the same objects: so longer than Tomcat lets anybody wait for a client before a
     * write fails, which is its connectionTimeout: a minute, or 20 seconds by the server.xml that comes with it.
     */
    @Override
    public long mostMillisForEnd() {
        return 300_000;
    }
}
