package dev.lintel.server;

import dev.lintel.admin.AdminRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Reads what is posted to the admin port: not more than is taken, and not for ever, however slowly it comes. */
final class BoundedBody {

    private BoundedBody() {}

    /**
     * Reads it.
     *
     * @param longest how long it may take; then its connection is closed
     * @return at most one octet more than {@link AdminRequest#MOST_BODY}
     * @throws IOException if it is malformed or does not come
     */
    static byte[] read(Request request, Duration longest, Scheduler scheduler) throws IOException {
        Scheduler.Task late = scheduler.schedule(
                () -> request.getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close(),
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try (InputStream content = Content.Source.asInputStream(request)) {
            return content.readNBytes(AdminRequest.MOST_BODY + 1);
        } finally {
            late.cancel();
        }
    }
}
