package dev.lintel.proxy;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How to write a buffer to a container's output stream: by its {@code write(ByteBuffer)} where it has one, which takes the
 * client's buffer as it is (standard only since Servlet 6.1, but there in Jetty, Tomcat and Undertow), else through an array.
 */
final class StreamWriting {

    private static final ClassValue<StreamWriting> KNOWN = new ClassValue<>() {
        @Override
        protected StreamWriting computeValue(Class<?> type) {
            return new StreamWriting(find(type), type.getName().startsWith("org.eclipse.jetty."));
        }
    };

    private final @Nullable MethodHandle write;
    private final boolean sendsAtOnce;

    private StreamWriting(@Nullable MethodHandle write, boolean sendsAtOnce) {
        this.write = write;
        this.sendsAtOnce = write != null && sendsAtOnce;
    }

    /** How to write to this stream. */
    static StreamWriting of(ServletOutputStream stream) {
        return KNOWN.get(stream.getClass());
    }

    /** Whether what is written needs no flush to be sent: Jetty does not gather buffers. */
    boolean sendsAtOnce() {
        return sendsAtOnce;
    }

    /** Writes all of a buffer; the stream must be ready, and the buffer must stay untouched until it is again. */
    void write(ServletOutputStream stream, ByteBuffer bytes) throws IOException {
        if (write == null) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            stream.write(copy);
            return;
        }
        try {
            write.invokeExact(stream, bytes);
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IOException(impossible);
        }
    }

    private static @Nullable MethodHandle find(Class<?> type) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(type, "write", MethodType.methodType(void.class, ByteBuffer.class))
                    .asType(MethodType.methodType(void.class, ServletOutputStream.class, ByteBuffer.class));
        } catch (NoSuchMethodException | IllegalAccessException none) {
            return null;
        }
    }
}
