package dev.lintel.proxy;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Tomcat has no public way to. When a body cannot be read, Tomcat calls {@code sendError} itself, which has everything that
 * is written afterwards thrown away and an error page with a stack trace sent in its place.
 */
final class TomcatResponse {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private static final ClassValue<TomcatResponse> KNOWN = new ClassValue<>() {
        @Override
        protected TomcatResponse computeValue(Class<?> facade) {
            return new TomcatResponse(facade);
        }
    };

    private @Nullable MethodHandle inner;
    private @Nullable MethodHandle setSuspended;
    private @Nullable MethodHandle resetError;

    private TomcatResponse(Class<?> facade) {
        try {
            Field field = facade.getDeclaredField("response");
            field.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> type = field.getType();
            inner = lookup.unreflectGetter(field).asType(MethodType.methodType(Object.class, Object.class));
            setSuspended = lookup.findVirtual(type, "setSuspended", MethodType.methodType(void.class, boolean.class))
                    .asType(MethodType.methodType(void.class, Object.class, boolean.class));
            resetError = lookup.findVirtual(type, "resetError", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.debug("{} has no error that could be taken back", facade, unknown);
        }
    }

    /**
     * Lets a response that is not committed be written again.
     *
     * @throws IllegalStateException if the request is over, as the response's own methods do
     */
    static void takeErrorBack(ServletResponse response) {
        ServletResponse innermost = innermost(response);
        KNOWN.get(innermost.getClass()).takeBack(innermost);
    }

    /**
     * Prepares an answer that has begun for being broken off by the container. Nothing more of it is sent: an application's
     * error page would stand behind what there is of it, which could look whole then. And an HTTP/1 connection ends with a
     * reset: an answer that lasts until the connection ends is whole after a FIN, never after a RST. On HTTP/2 the stream is
     * reset anyway.
     */
    static void cutShort(ServletResponse response) {
        try {
            Object inner = field(innermost(response), "response");
            if (inner == null) {
                return;
            }
            Object buffer = requireNonNull(field(inner, "outputBuffer"), "outputBuffer");
            Field closed = buffer.getClass().getDeclaredField("closed");
            closed.setAccessible(true);
            closed.setBoolean(buffer, true);
            resetOnClose(inner);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.warn("error page: not kept out, an answer cut short may look whole to its client", unknown);
        }
    }

    private static void resetOnClose(Object inner) {
        try {
            Object processor = requireNonNull(field(call(inner, "getCoyoteResponse"), "hook"), "hook");
            Method wrapper = method(processor.getClass(), "getSocketWrapper");
            Object socket = wrapper == null ? null : call(wrapper.invoke(processor), "getSocket");
            Object channel = socket == null ? null : call(socket, "getIOChannel");
            if (channel instanceof SocketChannel tcp
                    && processor.getClass().getName().startsWith("org.apache.coyote.http11.")) {
                tcp.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (ReflectiveOperationException | RuntimeException | IOException unknown) {
            LOG.debug("connection: ends with FIN", unknown);
        }
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        Method method = method(target.getClass(), name);
        if (method == null) {
            throw new NoSuchMethodException(name);
        }
        return method.invoke(target);
    }

    private static @Nullable Method method(Class<?> type, String name) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 0 && !method.isBridge()) {
                    method.setAccessible(true);
                    return method;
                }
            }
        }
        return null;
    }

    private static @Nullable Object field(Object target, String name) throws ReflectiveOperationException {
        Field field = target.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(target);
    }

    private static ServletResponse innermost(ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        return innermost;
    }

    private void takeBack(ServletResponse facade) {
        MethodHandle toInner = inner;
        MethodHandle suspended = setSuspended;
        MethodHandle error = resetError;
        if (toInner == null || suspended == null || error == null) {
            return;
        }
        try {
            Object response = toInner.invokeExact((Object) facade);
            if (response == null) {
                throw new IllegalStateException(
                        "response: taken back by Tomcat (expected: of a request that is not over)");
            }
            suspended.invokeExact(response, false);
            error.invokeExact(response);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
