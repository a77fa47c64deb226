package dev.lintel.conformance.frames;

import java.util.List;
import java.util.stream.Stream;

/** All rows of frames, in the order of RFC 9113 and then of RFC 7541. */
public final class FrameRows {

    private static final List<FrameRow> ALL = Stream.of(ConnectionFrames.all(), MessageFrames.all())
            .flatMap(List::stream)
            .toList();

    private FrameRows() {}

    /** The rows. */
    public static List<FrameRow> all() {
        return ALL;
    }
}
