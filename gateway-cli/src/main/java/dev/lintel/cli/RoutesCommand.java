package dev.lintel.cli;

import dev.lintel.FilterTraits;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.Described;
import jakarta.servlet.Filter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The routes of a file as a table. */
@Command(name = "routes", description = "Prints the routes of FILE: what each matches, its filters, where it leads.")
final class RoutesCommand implements Runnable {

    @Mixin
    private FileArgument file = new FileArgument();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        print(file.usable(spec.commandLine().getErr()).gateway(), out);
        out.flush();
    }

    static void print(Gateway gateway, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ROUTE", "MATCH", "FILTERS", "LEADS TO"));
        if (!gateway.filters().isEmpty()) {
            rows.add(List.of("(every request)", "", filters(gateway.filters()), ""));
        }
        for (Route route : gateway.routes()) {
            rows.add(List.of(
                    route.name(),
                    MatchText.match(route.matcher()),
                    filters(route.filters()),
                    MatchText.destination(route)));
        }
        int[] widths = new int[3];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.append(row.get(3)).toString().stripTrailing());
        }
    }

    private static String filters(List<Filter> filters) {
        return filters.stream().map(RoutesCommand::name).collect(Collectors.joining(" > "));
    }

    private static String name(Filter filter) {
        return filter instanceof Described described && filter instanceof FilterTraits
                ? described.catalogue().name()
                : filter.getClass().getSimpleName();
    }
}
