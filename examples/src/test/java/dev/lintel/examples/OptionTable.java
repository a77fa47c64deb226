package dev.lintel.examples;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import dev.lintel.option.ScalarType;
import dev.lintel.option.Units;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what something can be told as a table of Markdown. */
final class OptionTable {

    private OptionTable() {}

    static String of(OptionCatalogue catalogue) {
        StringBuilder table = new StringBuilder("| option | type | default | meaning |\n|---|---|---|---|\n");
        rows("", catalogue, table);
        return table.toString();
    }

    private static void rows(String prefix, OptionCatalogue catalogue, StringBuilder table) {
        for (Option<?> option : catalogue.options()) {
            String name = prefix + option.name();
            table.append(row(name(name, option), option));
            if (option.type() instanceof OptionType.Group group) {
                rows(name + ".", group.catalogue(), table);
            }
            if (option.type() instanceof OptionType.ListOrNamed<?, ?> both
                    && both.named().item() instanceof OptionType.Group group) {
                rows(name + ".<" + both.named().what() + ">.", group.catalogue(), table);
            }
        }
        Option<?> others = catalogue.others();
        if (others != null) {
            table.append(row("`" + prefix + "<" + others.name() + ">.…`", others));
        }
    }

    private static String row(String name, Option<?> option) {
        return "| " + name + " | " + type(option) + " | " + otherwise(option) + " | " + cell(option.meaning()) + " |\n";
    }

    private static String name(String name, Option<?> option) {
        String full = option.type() instanceof OptionType.Named<?> named ? name + ".<" + named.what() + ">" : name;
        List<String> methods = option.builderMethods();
        if (methods.equals(List.of(option.name())) || methods.isEmpty()) {
            return "`" + full + "`";
        }
        return "`" + full + "`; in code "
                + methods.stream().map(method -> "`" + method + "`").collect(Collectors.joining(", "));
    }

    private static String type(Option<?> option) {
        String range = option.type() instanceof ScalarType<?> scalar ? range(scalar) : "";
        return cell(option.type().word() + range + (option.isSecret() ? ", secret" : ""));
    }

    private static String range(ScalarType<?> type) {
        if (type instanceof ScalarType.Whole whole) {
            boolean any = whole.least() == Integer.MIN_VALUE;
            return any ? "" : ", " + whole.least() + " to " + whole.most();
        }
        if (type instanceof ScalarType.Time time) {
            String range = time.most().equals(Option.LONGEST)
                    ? time.least().isZero() ? "" : ", " + Units.text(time.least()) + " or more"
                    : ", " + Units.text(time.least()) + " to " + Units.text(time.most());
            return range + (time.orZero() ? " or 0" : "");
        }
        if (type instanceof ScalarType.Size size) {
            String range = size.most() == Long.MAX_VALUE
                    ? size.least() == 0 ? "" : ", " + Units.text(size.least()) + " or more"
                    : ", " + Units.text(size.least()) + " to " + Units.text(size.most());
            return range + (size.orZero() ? " or 0" : "");
        }
        return "";
    }

    private static String otherwise(Option<?> option) {
        if (option.isRequired()) {
            return "required";
        }
        String text = option.defaultText();
        return cell(option.isDefaultInWords() || text.isEmpty() ? text : "`" + text + "`");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
