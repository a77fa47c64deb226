package dev.lintel.config.rule;

import dev.lintel.config.rule.Expression.Call;
import dev.lintel.request.AddressBlock;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.HostPattern;
import dev.lintel.request.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Matchers that must all hold, put into the form of one route. */
final class Conjunction {

    private final RuleNotes notes;
    private @Nullable HostPattern host;
    private @Nullable String path;
    private Set<String> methods = new LinkedHashSet<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private List<AddressBlock> clients = new ArrayList<>();

    private Conjunction(RuleNotes notes) {
        this.notes = notes;
    }

    /** The matchers as one; null if anything was noted. */
    static @Nullable Conjunction of(List<Call> calls, RuleNotes notes) {
        Conjunction all = new Conjunction(notes);
        calls.forEach(all::add);
        return notes.any() ? null : all;
    }

    RuleMatch toMatch() {
        return new RuleMatch(
                host == null ? null : host.toString(),
                path == null ? "/**" : path,
                methods,
                headers,
                query,
                clients.stream().map(AddressBlock::toString).toList());
    }

    /** Takes another one in that differs by its methods or by its addresses alone; tells whether it did. */
    boolean join(Conjunction other) {
        boolean sameRest = java.util.Objects.equals(host, other.host)
                && java.util.Objects.equals(path, other.path)
                && headers.equals(other.headers)
                && query.equals(other.query);
        boolean sameMethods = methods.equals(other.methods);
        boolean sameClients = clients.equals(other.clients);
        if (!sameRest || !sameMethods && !sameClients) {
            return false;
        }
        // none means all
        if (!sameMethods) {
            boolean every = methods.isEmpty() || other.methods.isEmpty();
            methods.addAll(other.methods);
            methods = every ? new LinkedHashSet<>() : methods;
        }
        if (!sameClients) {
            boolean every = clients.isEmpty() || other.clients.isEmpty();
            clients.addAll(other.clients);
            clients = every ? new ArrayList<>() : clients;
        }
        return true;
    }

    private void add(Call call) {
        try {
            switch (call.matcher()) {
                case HOST -> addHost(call, HostPattern.parse(call.text(0)));
                case PATH -> addPath(call, checked(call.text(0)));
                case PATH_PREFIX -> addPath(call, prefix(call.text(0)));
                case METHOD -> addMethod(call, call.text(0).toUpperCase(Locale.ROOT));
                case HEADER -> addField(call, headers, FieldCondition.Kind.HEADER);
                case QUERY -> addField(call, query, FieldCondition.Kind.QUERY);
                case CLIENT_IP -> addClient(call, AddressBlock.parse(call.text(0)));
            }
        } catch (IllegalArgumentException malformed) {
            String message = String.valueOf(malformed.getMessage());
            int expected = message.lastIndexOf(" (expected: ");
            Expression.Value value = call.values().get(0);
            notes.error(
                    value.index(),
                    Math.max(1, value.text().length()),
                    call.matcher().word() + ": " + value.text(),
                    expected < 0 ? null : message.substring(expected + 12, message.length() - 1));
        }
    }

    private void addHost(Call call, HostPattern more) {
        HostPattern before = host;
        if (before == null || before.equals(more) || before.kind() != HostPattern.Kind.EXACT && covers(before, more)) {
            host = more;
        } else if (!covers(more, before)) {
            never(call, before + " and " + more);
        }
    }

    private static boolean covers(HostPattern wide, HostPattern narrow) {
        return wide.kind() == HostPattern.Kind.WILDCARD && wide.matches(narrow.name());
    }

    private void addPath(Call call, String more) {
        String before = path;
        if (before == null || before.equals(more) || covers(before, more)) {
            path = more;
        } else if (!covers(more, before)) {
            never(call, before + " and " + more);
        }
    }

    private static boolean covers(String wide, String narrow) {
        if (!wide.endsWith("/**")) {
            return false;
        }
        String prefix = wide.substring(0, wide.length() - 3);
        return narrow.equals(prefix) || narrow.startsWith(prefix + "/");
    }

    private void addMethod(Call call, String more) {
        if (!HeaderSyntax.isName(more)) {
            throw new IllegalArgumentException("method: " + more + " (expected: a method such as GET)");
        }
        if (!methods.isEmpty() && !methods.contains(more)) {
            never(call, String.join(", ", methods) + " and " + more);
        }
        methods = new LinkedHashSet<>(List.of(more));
    }

    private void addField(Call call, Map<String, String> fields, FieldCondition.Kind kind) {
        String name = kind == FieldCondition.Kind.HEADER ? call.text(0).toLowerCase(Locale.ROOT) : call.text(0);
        // Query(`a`) of Traefik asks for a parameter without a value
        String value = call.values().size() > 1 ? call.text(1) : "";
        FieldCondition condition = new FieldCondition(kind, name, value);
        String before = fields.putIfAbsent(condition.name(), value);
        if (before != null && !before.equals(value)) {
            never(call, call.text(0) + " with two values");
        }
    }

    private void addClient(Call call, AddressBlock more) {
        if (clients.isEmpty()) {
            clients.add(more);
            return;
        }
        AddressBlock before = clients.get(0);
        if (!before.overlaps(more)) {
            never(call, before + " and " + more);
        }
        clients = new ArrayList<>(List.of(before.bits() > more.bits() ? before : more));
    }

    private void never(Call call, String what) {
        notes.error(call.index(), call.length(), "never holds: " + what, "matchers that can hold together");
    }

    private static String checked(String pattern) {
        return PathPattern.parse(pattern).text();
    }

    private static String prefix(String text) {
        if (text.isEmpty() || text.charAt(0) != '/') {
            throw new IllegalArgumentException("path: " + text + " (expected: a path that begins with /)");
        }
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        PathPattern pattern = PathPattern.parse(bare + "/**");
        return pattern.text();
    }
}
