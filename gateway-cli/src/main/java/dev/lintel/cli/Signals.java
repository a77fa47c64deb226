package dev.lintel.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals to this process. Not to be had on every system, nor in every JVM; one that was ignored when the process began stays so. */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Has an action run, on a thread of its own, whenever a signal comes, in the place of what the JVM does.
     *
     * @param name such as {@code HUP}
     */
    static void handle(String name, Runnable action) {
        try {
            // by reflection, since compilers warn of the type and no other tells of signals
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.getName().equals("equals")
                                ? (Object) (proxy == arguments[0])
                                : method.getName().equals("hashCode") ? (Object) 1 : "at SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        } catch (ReflectiveOperationException | LinkageError missing) {
            LOG.info("SIG{} is not listened for: {}", name, missing.toString());
        }
    }
}
