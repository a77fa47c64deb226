package dev.lintel.config.bind;

import dev.lintel.config.tree.ScalarNode;
import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes objects of classes that the file names. */
final class Classes {

    private Classes() {}

    /** Makes objects of a class, a new one each time; tried once. Empty if it cannot be used, which is noted. */
    static <T> Optional<Supplier<T>> make(ScalarNode name, Class<T> type, String option, Scope scope) {
        try {
            Constructor<? extends T> constructor = Class.forName(name.text(), false, scope.loader())
                    .asSubclass(type)
                    .getConstructor();
            constructor.newInstance();
            return Optional.of(() -> {
                try {
                    return constructor.newInstance();
                } catch (ReflectiveOperationException failed) {
                    throw new IllegalStateException(option + ": " + name.shown() + " (expected: to be made)", failed);
                }
            });
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unusable) {
            scope.error(
                    "bad-class",
                    name,
                    option + ": " + name.shown(),
                    "a class that is a " + type.getSimpleName() + ", with a public constructor without parameters");
            return Optional.empty();
        }
    }
}
