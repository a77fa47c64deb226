package dev.lintel.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings maps in maps to one level, with dots in names, and takes parts out of that. */
final class OptionTree {

    private OptionTree() {}

    /** Texts and lists of texts, by full names; a list that holds maps becomes {@code name[0].part}. */
    static Map<String, Object> flat(Map<String, ?> tree) {
        Map<String, Object> values = new LinkedHashMap<>();
        tree.forEach((name, value) -> put(name, value, values));
        return values;
    }

    private static void put(String name, @Nullable Object value, Map<String, Object> values) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((part, of) -> put(name + "." + part, of, values));
            if (map.isEmpty()) {
                // so that a part without options is there all the same
                values.put(name + ".", "");
            }
        } else if (value instanceof List<?> list) {
            boolean nested = list.stream().anyMatch(item -> item instanceof Map || item instanceof List);
            if (nested) {
                for (int i = 0; i < list.size(); i++) {
                    put(name + "[" + i + "]", list.get(i), values);
                }
            } else {
                List<String> texts = new ArrayList<>();
                list.forEach(item -> texts.add(text(item)));
                values.put(name, List.copyOf(texts));
            }
        } else {
            values.put(name, text(value));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** What is given under a name and a dot, without these. */
    static Map<String, Object> under(String name, Map<String, Object> values) {
        Map<String, Object> part = new LinkedHashMap<>();
        values.forEach((option, value) -> {
            if (option.startsWith(name + ".") && option.length() > name.length() + 1) {
                part.put(option.substring(name.length() + 1), value);
            }
        });
        return part;
    }

    /** Whether something is given under a name and a dot, be it nothing but the name of an empty part. */
    static boolean has(String name, Map<String, Object> values) {
        return values.keySet().stream().anyMatch(option -> option.startsWith(name + "."));
    }

    /** The parts under a name and a dot, by what comes up to their own dot. */
    static List<String> parts(String name, Map<String, Object> values) {
        return values.keySet().stream()
                .filter(option -> option.startsWith(name + ".") && option.length() > name.length() + 1)
                .map(option -> first(option.substring(name.length() + 1)))
                .distinct()
                .toList();
    }

    /** How many items of a list of maps are given as {@code name[0]}, and so on, from the first without a gap. */
    static List<Integer> items(String name, Map<String, Object> values) {
        TreeMap<Integer, Boolean> items = new TreeMap<>();
        for (String option : values.keySet()) {
            int close = option.indexOf(']', name.length());
            if (option.startsWith(name + "[") && close > 0) {
                WholeNumbers.parse(option.substring(name.length() + 1, close))
                        .filter(index -> index >= 0 && index < 100_000)
                        .ifPresent(index -> items.put(index.intValue(), true));
            }
        }
        return List.copyOf(items.keySet());
    }

    static String first(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
