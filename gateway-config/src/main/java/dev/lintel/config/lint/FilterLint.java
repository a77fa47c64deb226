package dev.lintel.config.lint;

import dev.lintel.Gateway;
import dev.lintel.config.bind.BoundFilter;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.explain.Secrets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at what single filters are told. */
final class FilterLint {

    private static final List<String> IDENTITY =
            List.of("xuser", "xauth", "xconsumer", "xrole", "xemail", "xremoteuser");

    private final Notes notes;
    private final @Nullable Gateway gateway;

    FilterLint(Notes notes, @Nullable Gateway gateway) {
        this.notes = notes;
        this.gateway = gateway;
    }

    void check(BoundFilter bound) {
        bound.members().forEach(this::check);
        if (!(bound.options() instanceof MapNode options)) {
            return;
        }
        switch (bound.kind()) {
            case "jwt" -> jwt(options);
            case "apiKey" -> apiKey(options);
            case "rateLimit" -> keys(options);
            case "requestTransform" -> identity(options);
            default -> {}
        }
    }

    private void jwt(MapNode options) {
        on(options, "anyAudience", Lints.JWT_WITHOUT_AUDIENCE, "tokens for any audience are accepted", "audience: ...");
        on(options, "anyIssuer", Lints.JWT_WITHOUT_ISSUER, "tokens of any issuer are accepted", "issuer: ...");
        on(options, "allowInsecureJwksUri", Lints.INSECURE_JWKS, "keys may come over plain HTTP", "https");
        on(options, "forwardToken", Lints.CREDENTIAL_FORWARDED, "the service gets the caller's token", "false");
    }

    private void apiKey(MapNode options) {
        on(options, "forwardKey", Lints.CREDENTIAL_FORWARDED, "the service gets the caller's key", "false");
        MapNode.Entry parameter = options.entry("queryParameter");
        if (parameter != null) {
            notes.note(
                    Lints.CREDENTIAL_IN_QUERY,
                    parameter.key(),
                    "keys in URLs end in logs, histories and Referer fields",
                    "header");
        }
    }

    private void on(MapNode options, String key, String name, String message, String expected) {
        MapNode.Entry entry = options.entry(key);
        if (entry != null
                && entry.value() instanceof ScalarNode value
                && value.text().equals("true")) {
            notes.note(name, entry.key(), message, expected);
        }
    }

    /** Every {@code key}, at whatever depth limits are described. */
    private void keys(Node node) {
        if (node instanceof ListNode list) {
            list.items().forEach(this::keys);
        } else if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (entry.name().equals("key")) {
                    key(entry.value());
                } else {
                    keys(entry.value());
                }
            }
        }
    }

    private void key(Node value) {
        if (value instanceof ListNode list) {
            list.items().forEach(this::key);
        } else if (value instanceof ScalarNode text) {
            for (String part : text.text().split("\\+", -1)) {
                String field = part.strip().startsWith("header:")
                        ? part.strip().substring(7).strip()
                        : "";
                boolean owned = !field.isEmpty()
                        && gateway != null
                        && gateway.ownedHeaders().matches(field);
                if (!field.isEmpty() && !owned) {
                    notes.note(
                            Lints.CLIENT_CHOSEN_LIMIT_KEY,
                            text,
                            "whoever sends another " + field + " has another limit",
                            "address, api-key, consumer or claim:NAME");
                }
            }
        }
    }

    /** What is renamed or copied comes from the client. */
    private void identity(MapNode options) {
        for (String edit : List.of("rename", "copy")) {
            if (options.get(edit) instanceof MapNode fields) {
                for (MapNode.Entry entry : fields.entries()) {
                    String to = entry.value() instanceof ScalarNode text ? text.text() : "";
                    if (looksLikeIdentity(to)) {
                        notes.note(
                                Lints.IDENTITY_FROM_CLIENT,
                                entry.value(),
                                to + " is what the client says in " + entry.name(),
                                "forwardClaims of jwt, or consumerHeader of apiKey");
                    }
                }
            }
        }
        for (String edit : List.of("set", "add")) {
            if (options.get(edit) instanceof MapNode fields) {
                for (MapNode.Entry entry : fields.entries()) {
                    if (isClearCredential(entry)) {
                        notes.note(
                                Lints.SECRET_IN_CLEAR,
                                entry.key(),
                                entry.name() + " stands in the file in clear",
                                "${file:/path} or ${NAME}");
                    }
                    boolean fromClient = entry.value() instanceof ScalarNode text
                            && (text.text().contains("{header") || text.text().contains("{query"));
                    if (fromClient && looksLikeIdentity(entry.name())) {
                        notes.note(
                                Lints.IDENTITY_FROM_CLIENT,
                                entry.key(),
                                entry.name() + " is what the client says",
                                "forwardClaims of jwt, or consumerHeader of apiKey");
                    }
                }
            }
        }
    }

    /** A text of the file's own under the name of a credential; what is made of the request or comes from elsewhere is none. */
    private static boolean isClearCredential(MapNode.Entry entry) {
        return entry.value() instanceof ScalarNode text
                && !text.isSubstituted()
                && !text.text().isBlank()
                && text.text().indexOf('{') < 0
                && Secrets.isCredentialName(entry.name());
    }

    private static boolean looksLikeIdentity(String field) {
        String folded = field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return IDENTITY.stream().anyMatch(folded::startsWith);
    }
}
