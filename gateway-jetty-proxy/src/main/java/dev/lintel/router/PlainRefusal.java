package dev.lintel.router;

import dev.lintel.reject.Rejection;
import dev.lintel.reject.RejectionWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses described requests: as the gateway does if Lintel's own writers do it, else with the status and the fields of the rejection
 * alone, since what another writer does besides is not known.
 *
 * @param served refuses the requests that are served
 */
record PlainRefusal(RejectionWriter served) implements RejectionWriter {

    @Override
    public void write(
            HttpServletRequest request, HttpServletResponse response, Rejection rejection, @Nullable String requestId)
            throws IOException {
        if (served.getClass().getPackage().equals(RejectionWriter.class.getPackage())) {
            served.write(request, response, rejection, requestId);
            return;
        }
        response.setStatus(rejection.status());
        for (Rejection.Field field : rejection.headers()) {
            response.addHeader(field.name(), field.value());
        }
    }
}
