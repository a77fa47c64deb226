package dev.lintel.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is logged, to the standard error stream, from its start to its close, when it is written there after all. Of one test at a time, since
 * there is one such stream.
 */
public final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    private CapturedLog() {
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    /** Begins to capture. */
    public static CapturedLog start() {
        return new CapturedLog();
    }

    /** The lines so far. */
    public List<String> lines() {
        return captured.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Ends it, and writes to the stream what was captured. */
    @Override
    public void close() {
        System.setErr(before);
        before.print(captured.toString(StandardCharsets.UTF_8));
        before.flush();
    }
}
