package dev.lintel.proxy;

import static java.lang.invoke.MethodType.methodType;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a {@code Content-Type} as it is. By themselves containers take it apart and write it anew: without the quotes of its
 * charset, in another order or case, with a charset that nobody named (Jetty ee11), or without one that this JVM does not know
 * (Tomcat). No container has a way in its servlet API around that; one handle for each, to what is below.
 */
final class VerbatimType {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private static final String FIELD = "Content-Type";

    private static final ClassValue<VerbatimType> KNOWN = new ClassValue<>() {
        @Override
        protected VerbatimType computeValue(Class<?> response) {
            return new VerbatimType(response);
        }
    };

    /** Takes a container's own response and the value; null where no way is known. */
    private final @Nullable MethodHandle writer;

    private VerbatimType(Class<?> response) {
        MethodHandle found = null;
        try {
            found = find(response);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.debug("{} writes types in its own way", response, unknown);
        }
        writer = found == null ? null : found.asType(methodType(void.class, Object.class, String.class));
    }

    /** Writes it into a response that is a container's own and has changed it; what wraps that keeps its say. */
    static void keep(HttpServletResponse response, String value) {
        if (value.equals(response.getContentType())
                && !response.getClass().getName().startsWith("org.eclipse.")) {
            return;
        }
        MethodHandle writer = KNOWN.get(response.getClass()).writer;
        if (writer == null || response.isCommitted()) {
            return;
        }
        try {
            writer.invokeExact((Object) response, value);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable MethodHandle find(Class<?> response) throws ReflectiveOperationException {
        String name = response.getName();
        if (name.startsWith("org.apache.catalina.connector.")) {
            return tomcat(response);
        }
        if (name.startsWith("org.eclipse.jetty.ee")) {
            return jetty(response);
        }
        return name.startsWith("io.undertow.servlet.spec.") ? undertow(response) : null;
    }

    /** What Tomcat takes apart it writes over the field later, so it must forget that it knows. */
    private static MethodHandle tomcat(Class<?> facade) throws ReflectiveOperationException {
        Field field = facade.getDeclaredField("response");
        field.setAccessible(true);
        MethodHandle inner = MethodHandles.publicLookup().unreflectGetter(field);
        MethodHandle coyote = then(inner, "getCoyoteResponse");
        Class<?> type = coyote.type().returnType();
        MethodHandle place = MethodHandles.insertArguments(
                then(identity(type), "getMimeHeaders", "addValue", String.class), 1, FIELD);
        MethodHandle write =
                MethodHandles.filterArguments(method(place.type().returnType(), "setString", String.class), 0, place);
        MethodHandle forget = MethodHandles.dropArguments(
                MethodHandles.insertArguments(method(type, "setContentType", String.class), 1, (Object) null),
                1,
                String.class);
        return MethodHandles.filterArguments(MethodHandles.foldArguments(write, forget), 0, coyote);
    }

    private static MethodHandle jetty(Class<?> response) throws ReflectiveOperationException {
        ClassLoader loader = response.getClassLoader();
        Class<?> wrapper = Class.forName("org.eclipse.jetty.server.Response$Wrapper", false, loader);
        MethodHandle core = then(identity(response), "getResponse");
        MethodHandle below = MethodHandles.filterReturnValue(
                core.asType(methodType(wrapper, response)), method(wrapper, "getWrapped"));
        MethodHandle put = then(below, "getHeaders", "put", String.class, String.class);
        return MethodHandles.insertArguments(put, 1, FIELD);
    }

    private static MethodHandle undertow(Class<?> response) throws ReflectiveOperationException {
        Class<?> name = Class.forName("io.undertow.util.HttpString", false, response.getClassLoader());
        MethodHandle exchange = then(identity(response), "getExchange");
        MethodHandle put = then(exchange, "getResponseHeaders", "put", name, String.class);
        return MethodHandles.insertArguments(
                put, 1, name.getConstructor(String.class).newInstance(FIELD));
    }

    private static MethodHandle identity(Class<?> type) {
        return MethodHandles.identity(type);
    }

    private static MethodHandle method(Class<?> type, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        return MethodHandles.publicLookup().unreflect(type.getMethod(name, parameters));
    }

    /** That handle, and a getter of what it returns. */
    private static MethodHandle then(MethodHandle first, String getter) throws ReflectiveOperationException {
        return MethodHandles.filterReturnValue(first, method(first.type().returnType(), getter));
    }

    /** The same, and a method of what that returns, with arguments of its own. */
    private static MethodHandle then(MethodHandle first, String getter, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        MethodHandle place = then(first, getter);
        return MethodHandles.filterArguments(method(place.type().returnType(), name, parameters), 0, place);
    }
}
