package dev.lintel.proxy;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Tomcat's own error back. When a body cannot be read, Tomcat calls {@code sendError} itself, which has everything that
 * is written afterwards thrown away and an error page with a stack trace sent in its place. There is no public way to it.
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

    /** Lets a response that is not committed be written again. */
    static void takeErrorBack(ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        KNOWN.get(innermost.getClass()).takeBack(innermost);
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
            suspended.invokeExact(response, false);
            error.invokeExact(response);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
