package dev.lintel.filters.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file on a disk with so much space left. */
final class NarrowChannel implements SeekableByteChannel {

    private final SeekableByteChannel file;
    private int left = 100;
    private boolean truncates = true;

    NarrowChannel(SeekableByteChannel file) {
        this.file = file;
    }

    void leave(int bytes) {
        left = bytes;
    }

    void refuseTruncation() {
        truncates = false;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (left == 0) {
            throw new IOException("No space left on device");
        }
        ByteBuffer part = from.slice();
        part.limit(Math.min(left, part.limit()));
        int written = file.write(part);
        from.position(from.position() + written);
        left -= written;
        return written;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        if (!truncates) {
            throw new IOException("not permitted");
        }
        file.truncate(size);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return file.read(into);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long at) throws IOException {
        file.position(at);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
