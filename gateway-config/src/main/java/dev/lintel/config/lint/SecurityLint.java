package dev.lintel.config.lint;

import dev.lintel.Gateway;
import dev.lintel.config.bind.Binding;
import dev.lintel.config.bind.BoundFilter;
import dev.lintel.config.bind.BoundRoute;
import dev.lintel.config.bind.Place;
import dev.lintel.config.report.Findings;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.request.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for holes: everything that is allowed and that an attacker would be glad of. */
public final class SecurityLint {

    private final Binding binding;
    private final Notes notes;

    private SecurityLint(Binding binding, Notes notes) {
        this.binding = binding;
        this.notes = notes;
    }

    /**
     * Notes what it finds as warnings, or as errors if the file asks for that. Looks at what there is, also if other parts of the file
     * are wrong.
     *
     * @param binding what the file came to
     * @param root its content
     * @param findings where it is noted
     */
    public static void check(Binding binding, MapNode root, Findings findings) {
        SecurityLint lint = new SecurityLint(binding, Notes.of(root, findings));
        lint.credentials();
        lint.filters();
        lint.proxies(root);
        lint.upstreams();
        lint.stores();
        lint.adminPort(root);
        lint.hosts(root);
        lint.secrets();
        Gateway gateway = binding.gateway();
        if (gateway != null) {
            new Reachability(binding, lint.notes).check(gateway.routes());
            lint.warnings(gateway, root);
        }
    }

    private void credentials() {
        boolean all = binding.filters().stream().anyMatch(Credentials::required);
        for (BoundRoute route : binding.routes()) {
            List<BoundFilter> asking =
                    route.filters().stream().filter(Credentials::asks).toList();
            String subject = "route '" + route.id() + "'";
            if (route.open() && !asking.isEmpty()) {
                notes.note(
                        Lints.AUTH_NONE_WITH_CREDENTIAL,
                        asking.get(0).name(),
                        subject + " says auth: none and has " + asking.get(0).kind(),
                        "one of the two");
            }
            boolean leadsOn = route.map().get("answer") == null && route.map().get("redirect") == null;
            if (all || route.open() || !leadsOn || asking.stream().anyMatch(Credentials::required)) {
                continue;
            }
            if (asking.isEmpty() && !hasUnknown(route)) {
                notes.note(
                        Lints.ROUTE_WITHOUT_CREDENTIAL,
                        route.at(),
                        subject + " asks for no credential",
                        "a filter such as jwt or apiKey, or auth: none");
            } else if (!asking.isEmpty()) {
                notes.note(
                        Lints.OPTIONAL_CREDENTIAL,
                        asking.get(0).name(),
                        subject + " lets requests without a credential pass",
                        "optional: false, or auth: none");
            }
        }
    }

    /** A filter of the user's own may be what asks for the credential; one that could not be made, too. */
    private boolean hasUnknown(BoundRoute route) {
        List<BoundFilter> both = new ArrayList<>(binding.filters());
        both.addAll(route.filters());
        return both.stream().anyMatch(filter -> filter.filter() == null || Credentials.isUnknown(filter))
                || route.map().get("filters") instanceof ListNode list
                        && list.items().size() > route.filters().size();
    }

    private void filters() {
        FilterLint lint = new FilterLint(notes, binding.gateway());
        binding.filters().forEach(lint::check);
        binding.routes().forEach(route -> route.filters().forEach(lint::check));
    }

    private void proxies(MapNode root) {
        Node server = root.get("server");
        trusted(root.get("trustedProxies"));
        trusted(server instanceof MapNode map ? map.get("trustedProxies") : null);
    }

    private void trusted(@Nullable Node blocks) {
        List<Node> items =
                blocks instanceof ListNode list ? list.items() : blocks == null ? List.of() : List.of(blocks);
        for (Node item : items) {
            if (item instanceof ScalarNode text && isEverybody(text.text())) {
                notes.note(
                        Lints.TRUST_ALL_PROXIES,
                        text,
                        "everybody is a trusted proxy: clients choose the address that limits and logs know them by",
                        "the addresses of your balancers");
            }
        }
    }

    /** Whether a block is all of the net, or so large a part of it that nobody can own it. */
    private static boolean isEverybody(String block) {
        try {
            // networks of one's own are smaller: 10.0.0.0/8, fc00::/7
            int bits = AddressBlock.parse(block).bits();
            return bits < (block.indexOf(':') < 0 ? 8 : 7);
        } catch (IllegalArgumentException told) {
            return false;
        }
    }

    private void upstreams() {
        binding.upstreams().forEach((name, targets) -> {
            for (ScalarNode target : targets) {
                if (Neighbourhood.leavesInClear(target.text())) {
                    notes.note(
                            Lints.PLAIN_HTTP_UPSTREAM,
                            target,
                            "upstream '" + name + "' is asked over plain HTTP and is not local",
                            "https");
                }
            }
        });
    }

    private void stores() {
        binding.clearTextHosts().forEach((place, hosts) -> {
            if (!hosts.stream().allMatch(Neighbourhood::isNear)) {
                notes.note(
                        Lints.PLAIN_TEXT_STORE,
                        place.position(),
                        place.width(),
                        "a store is asked in clear text and is not local",
                        "TLS, such as rediss");
            }
        });
    }

    private void adminPort(MapNode root) {
        boolean none = root.get("server") instanceof MapNode server
                && server.get("adminPort") instanceof ScalarNode port
                && port.text().equals("none");
        if (root.get("server") instanceof MapNode server
                && server.get("adminHost") instanceof ScalarNode host
                && !none
                && !Neighbourhood.isLoopback(host.text())) {
            notes.note(
                    Lints.ADMIN_PORT_EXPOSED,
                    host,
                    "the admin port can be reached from elsewhere and asks for no credential",
                    "127.0.0.1, or a network that only operators reach");
        }
    }

    /** Where several hosts share a certificate, or connections, one of them could be asked in the name of another. */
    private void hosts(MapNode root) {
        MapNode.Entry check = root.get("server") instanceof MapNode server ? server.entry("sniCheck") : null;
        if (check != null
                && check.value() instanceof ScalarNode value
                && value.text().equals("false")) {
            notes.note(
                    Lints.HOST_UNCHECKED,
                    check.key(),
                    "requests for hosts that the certificate is not for are served",
                    "sniCheck: true");
        }
    }

    private void secrets() {
        for (Place place : binding.clearSecrets()) {
            String option = place.key() == null ? "" : place.key().text();
            notes.note(
                    Lints.SECRET_IN_CLEAR,
                    place.position(),
                    place.width(),
                    option + " stands in the file in clear",
                    isOfAStore(place) ? "${file:/path} or ${NAME}" : "${file:/path}, ${NAME} or " + option + "File");
        }
    }

    /** Whose options have no twins. */
    private boolean isOfAStore(Place place) {
        return binding.places().entrySet().stream()
                .anyMatch(other ->
                        other.getKey().startsWith("stores.") && other.getValue().equals(place));
    }

    /** What the gateway itself warns of begins with the place: a route, or every request. */
    private void warnings(Gateway gateway, MapNode root) {
        for (String warning : gateway.warnings()) {
            int colon = warning.indexOf(": ");
            String where = colon < 0 ? "" : warning.substring(0, colon);
            String path = where.startsWith("route ")
                    ? "routes." + where.substring(6)
                    : where.startsWith("upstream ") ? "upstreams." + where.substring(9) : "filters";
            Place place = binding.places().get(path);
            String name = warning.contains(" after ")
                    ? Lints.FILTER_ORDER
                    : warning.contains("answers only")
                            ? Lints.METHOD_FALL_THROUGH
                            : warning.contains("insecureSkipVerify") ? Lints.UPSTREAM_NOT_VERIFIED : Lints.GATEWAY;
            if (place != null) {
                notes.note(name, place.position(), place.width(), warning, null);
            } else {
                notes.note(name, root.position(), 1, warning, null);
            }
        }
    }
}
