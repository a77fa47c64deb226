package dev.lintel.router;

import dev.lintel.Gateway;
import dev.lintel.option.GatewayException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the gateway of a servlet or filter that a container made without one. */
final class GatewaySource {

    /** The context attribute that may hold a {@link Gateway}. */
    static final String ATTRIBUTE = "dev.lintel.gateway";

    private GatewaySource() {}

    /**
     * The gateway made by the class that an init-param names, described by the file that another one names, or held by the context.
     *
     * @param className the init-param {@code gateway}: a class with a public constructor that is a
     *     {@code Supplier<Gateway>}; or null
     * @param file the init-param {@code config}: a file that a {@link GatewayReader} reads; or null
     * @param context where else to look
     */
    static Gateway find(@Nullable String className, @Nullable String file, ServletContext context)
            throws ServletException {
        if (className != null && file != null) {
            throw new ServletException("config: " + file + " beside gateway (expected: one of them)");
        }
        if (file != null) {
            return read(file, context);
        }
        if (className == null) {
            if (context.getAttribute(ATTRIBUTE) instanceof Gateway gateway) {
                return gateway;
            }
            throw new ServletException("gateway: none (expected: an init-param 'gateway' naming a Supplier<Gateway>,"
                    + " an init-param 'config' naming a file, or a Gateway in the context attribute '" + ATTRIBUTE
                    + "')");
        }
        try {
            Object made =
                    Class.forName(className, true, loader()).getConstructor().newInstance();
            if (made instanceof Supplier<?> supplier && supplier.get() instanceof Gateway gateway) {
                return gateway;
            }
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "gateway: " + className + ": " + cause.getMessage() + " (expected: a class that can be made)",
                    cause);
        }
        throw new ServletException("gateway: " + className + " (expected: a Supplier<Gateway>)");
    }

    private static Gateway read(String file, ServletContext context) throws ServletException {
        GatewayReader reader = ServiceLoader.load(GatewayReader.class, loader())
                .findFirst()
                .orElseThrow(() -> new ServletException(
                        "config: " + file + " (expected: gateway-config on the class path, to read it)"));
        try {
            return reader.read(file, context);
        } catch (GatewayException wrong) {
            throw new ServletException(wrong.getMessage(), wrong);
        }
    }

    private static ClassLoader loader() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return application == null ? GatewaySource.class.getClassLoader() : application;
    }
}
