package dev.lintel.filter;

import dev.lintel.FilterTraits;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import jakarta.servlet.Filter;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes filters of classes that are known by name. */
final class FilterClass {

    private static final String RULE = "a filter class with a public constructor without parameters";

    private FilterClass() {}

    /** Makes filters of a class; tried once. */
    static Supplier<Filter> maker(String className, ClassLoader loader) {
        Constructor<? extends Filter> constructor;
        try {
            constructor = Class.forName(className, false, loader)
                    .asSubclass(Filter.class)
                    .getConstructor();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unusable) {
            throw wrong(className, unusable);
        }
        return () -> {
            try {
                return constructor.newInstance();
            } catch (ReflectiveOperationException | LinkageError unusable) {
                throw wrong(className, unusable);
            }
        };
    }

    private static IllegalArgumentException wrong(String className, Throwable cause) {
        return new IllegalArgumentException("class: " + className + " (expected: " + RULE + ")", cause);
    }

    /** A filter that is not Lintel's, with what it is told; problems are noted. */
    static Filter make(Filter filter, OptionCatalogue catalogue, OptionReader options) {
        if (catalogue.isDescribed()) {
            for (Option<?> option : catalogue.options()) {
                boolean given = options.given(option).isPresent();
                boolean missing =
                        option.isRequired() && !given && !options.problems().mention(option.name());
                options.problems().require(!missing, option.name(), "missing", option.meaning());
            }
            options.noteUnknown();
        }
        Map<String, String> params = new LinkedHashMap<>(options.params());
        return params.isEmpty()
                ? filter
                : filter instanceof FilterTraits traits
                        ? new ToldFilter.WithTraits(filter, traits, params)
                        : new ToldFilter(filter, params);
    }
}
