package dev.lintel.reject;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that was refused. The one place that writes error responses; a rejection never goes through
 * {@code sendError}, whose page belongs to the container. Implementations are thread-safe.
 */
@FunctionalInterface
public interface RejectionWriter {

    /**
     * Writes the whole answer. Called only while the response is not committed; what others put into the response's
     * buffer has been dropped by then, header fields set earlier have not.
     *
     * @param request the request being refused
     * @param response where the answer goes
     * @param rejection what to say
     * @param requestId the request's id, or null if it has none
     * @throws IOException if the client is gone
     */
    void write(
            HttpServletRequest request, HttpServletResponse response, Rejection rejection, @Nullable String requestId)
            throws IOException;

    /**
     * Whether writing may hold the thread: true unless an implementation knows that its answer is short and that it says nothing of
     * its length, which the container knows better. Servers that read on few threads hand requests over to others then.
     */
    default boolean mayWait() {
        return true;
    }

    /** The default: gRPC calls are refused by {@code grpc-status}, everything else with {@link #problemJson()}. */
    static RejectionWriter standard() {
        return grpcOr(problemJson());
    }

    /** {@code application/problem+json} of RFC 9457. */
    static RejectionWriter problemJson() {
        return ProblemJsonWriter.INSTANCE;
    }

    /**
     * Refuses gRPC calls (HTTP/2 with {@code application/grpc}) in the way of gRPC: status 200 and the outcome in
     * {@code grpc-status}.
     *
     * @param otherwise refuses everything else
     */
    static RejectionWriter grpcOr(RejectionWriter otherwise) {
        return new GrpcWriter(otherwise);
    }
}
