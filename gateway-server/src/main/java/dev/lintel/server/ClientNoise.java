package dev.lintel.server;

import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Jetty from writing a warning for every malformed Host and for every client that goes away: a client could fill the log
 * with text of its choice. Such a request has its one line in the access log, and what filters throw is logged by the router.
 */
final class ClientNoise {

    private static final String[] NAMES = {
        "org.eclipse.jetty.util.HostPort",
        "org.eclipse.jetty.http.HttpParser",
        "org.eclipse.jetty.ee10.servlet.ServletChannel"
    };

    private ClientNoise() {}

    /** Has errors alone logged, unless somebody wants to see everything; does nothing where levels are set elsewhere. */
    static void keepToErrors() {
        for (String name : NAMES) {
            Logger logger = LoggerFactory.getLogger(name);
            if (logger.isWarnEnabled() && !logger.isDebugEnabled()) {
                setToError(logger);
            }
        }
    }

    /* SLF4J cannot set levels. Jetty's own loggers and Logback's can, by methods that look the same. */
    private static void setToError(Logger logger) {
        for (Method method : logger.getClass().getMethods()) {
            if (method.getName().equals("setLevel") && method.getParameterCount() == 1) {
                try {
                    method.invoke(
                            logger,
                            method.getParameterTypes()[0].getField("ERROR").get(null));
                } catch (ReflectiveOperationException | RuntimeException unlike) {
                    logger.debug("level: not set", unlike);
                }
                return;
            }
        }
    }
}
