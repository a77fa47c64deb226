package dev.lintel.filters.transform;

import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects edits as a builder or init-params give them, and checks them together. Not thread-safe. */
final class EditCollector {

    /** Says whether a field may be changed. */
    @FunctionalInterface
    interface NameCheck {
        void check(String option, String name, Problems problems);
    }

    private final NameCheck names;
    private final List<String> remove = new ArrayList<>();
    private final Map<String, String> rename = new LinkedHashMap<>();
    private final Map<String, String> copy = new LinkedHashMap<>();
    private final Map<String, String> set = new LinkedHashMap<>();
    private final Map<String, String> add = new LinkedHashMap<>();

    EditCollector(NameCheck names) {
        this.names = names;
    }

    void remove(List<String> fields) {
        remove.addAll(fields);
    }

    void rename(String from, String to) {
        rename.put(from, to);
    }

    void copy(String from, String to) {
        copy.put(from, to);
    }

    void set(String field, String template) {
        set.put(field, template);
    }

    void add(String field, String template) {
        add.put(field, template);
    }

    void read(OptionReader params) {
        remove(params.value(TransformCatalogue.REMOVE));
        params.value(TransformCatalogue.RENAME).forEach(this::rename);
        params.value(TransformCatalogue.COPY).forEach(this::copy);
        params.value(TransformCatalogue.SET).forEach(this::set);
        params.value(TransformCatalogue.ADD).forEach(this::add);
    }

    boolean isEmpty() {
        return remove.isEmpty() && rename.isEmpty() && copy.isEmpty() && set.isEmpty() && add.isEmpty();
    }

    /** What was collected; of no use if there are problems. */
    FieldEdits checked(Problems problems) {
        remove.forEach(name -> names.check("remove", name, problems));
        List<FieldEdits.Move> renamed = moves("rename", rename, problems);
        List<FieldEdits.Move> copied = moves("copy", copy, problems);
        List<FieldEdits.Written> written = written("set", set, problems);
        List<FieldEdits.Written> added = written("add", add, problems);
        for (String name : set.keySet()) {
            problems.require(!add.containsKey(name), "add." + name, "not shown", "not set and added at once");
        }
        return problems.isEmpty()
                ? new FieldEdits(HeaderSelector.of(remove), renamed, copied, written, added)
                : FieldEdits.NONE;
    }

    private List<FieldEdits.Move> moves(String option, Map<String, String> fields, Problems problems) {
        List<FieldEdits.Move> moves = new ArrayList<>();
        fields.forEach((from, to) -> {
            int before = problems.list().size();
            names.check(option + "." + from, from, problems);
            names.check(option + "." + from, to, problems);
            if (problems.list().size() == before) {
                problems.require(!HeaderSelector.sameFolded(from, to), option + "." + from, to, "another name");
                moves.add(new FieldEdits.Move(from, to));
            }
        });
        return List.copyOf(moves);
    }

    private List<FieldEdits.Written> written(String option, Map<String, String> fields, Problems problems) {
        List<FieldEdits.Written> written = new ArrayList<>();
        fields.forEach((name, template) -> {
            names.check(option + "." + name, name, problems);
            written.add(new FieldEdits.Written(name, Template.parse(option + "." + name, template, problems)));
        });
        return List.copyOf(written);
    }
}
