package dev.lintel.conformance.monolith;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** Takes files: at most 64 KiB each. */
public final class UploadServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final int MOST_BYTES = 64 << 10;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            request.getParts();
        } catch (IllegalStateException tooLarge) {
            response.setStatus(413);
            Text.write(response, "too large");
            return;
        }
        for (Part part : request.getParts()) {
            CRC32 sum = new CRC32();
            try (InputStream content = part.getInputStream()) {
                sum.update(content.readAllBytes());
            }
            Text.write(
                    response,
                    part.getName() + " " + part.getSubmittedFileName() + " " + part.getContentType() + " "
                            + part.getSize() + " " + sum.getValue() + " " + part.getHeader("X-Part"));
        }
        Text.write(response, Text.parameters(request));
    }
}
