package dev.lintel.filters.accesslog;

import java.io.IOException;
import java.nio.file.Path;

/** When a log file is put aside, and under which name. Confined to the writer's thread. */
interface Rotation {

    /** Never: whoever runs the machine sees to it. */
    Rotation NONE = new Rotation() {
        @Override
        public boolean isDue(long size, int more) {
            return false;
        }

        @Override
        public void putAside(Path file) {}
    };

    /**
     * Whether the file is to be put aside before more is written.
     *
     * @param size its size in bytes
     * @param more how many bytes are about to be written
     */
    boolean isDue(long size, int more);

    /** Renames the file and removes those that are too many. */
    void putAside(Path file) throws IOException;
}
