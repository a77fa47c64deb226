package dev.lintel.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The answers of a {@link TestIssuer} under each of its faults. */
final class IssuerAnswers {

    private static final String TYPE = "Content-Type: application/json";
    private static final int HUGE = 10 * 1024 * 1024;
    private static final int DRIP_NANOS = 25_000_000;

    private IssuerAnswers() {}

    static Answer json(String document) {
        return Answer.ok(document, TYPE);
    }

    /**
     * The answer under that fault.
     *
     * @param now tells whether the fault goes on
     */
    static Answer under(IssuerFault fault, Supplier<IssuerFault> now, String document, String moved) {
        return switch (fault) {
            case NONE -> json(document);
            case REFUSE -> Answer.reset();
            case ERROR -> Answer.of(500, "");
            case HANG ->
                out -> {
                    out.holdUntil(() -> now.get() != IssuerFault.HANG);
                    json(document).write(out);
                };
            case SLOW -> out -> drip(out, document.getBytes(StandardCharsets.US_ASCII), now);
            case HUGE -> json(document.substring(0, document.length() - 1) + " ".repeat(HUGE) + "}");
            case ENDLESS -> IssuerAnswers::endless;
            case HTML -> Answer.ok("<!doctype html><title>Welcome</title>", "Content-Type: text/html");
            case GARBAGE -> json(document.substring(0, document.length() / 2));
            case REDIRECT -> Answer.of(302, "", "Location: " + moved);
        };
    }

    private static void drip(AnswerWriter out, byte[] document, Supplier<IssuerFault> now)
            throws IOException, InterruptedException {
        out.head(200, TYPE, "Content-Length: " + document.length);
        for (byte octet : document) {
            long next = System.nanoTime() + DRIP_NANOS;
            out.holdUntil(() -> now.get() != IssuerFault.SLOW || System.nanoTime() - next >= 0);
            out.write(new byte[] {octet});
        }
    }

    private static void endless(AnswerWriter out) throws IOException {
        out.head(200, TYPE, "Transfer-Encoding: chunked").chunk("{\"keys\":[");
        String blanks = " ".repeat(8192);
        while (true) {
            out.chunk(blanks);
        }
    }
}
