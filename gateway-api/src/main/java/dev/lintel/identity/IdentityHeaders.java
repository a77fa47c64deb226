package dev.lintel.identity;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.request.HeaderSelector;
import java.util.List;

/**
 * The header fields in which services learn who is calling. They belong to the gateway: removed from every incoming
 * request, in every spelling, and written by it alone. Immutable and thread-safe.
 *
 * @param userId the field for the caller's id
 * @param userRole the field for the caller's roles, joined with {@code ,}
 */
public record IdentityHeaders(String userId, String userRole) {

    private static final Option<String> USER_ID =
            field("userId", "the field for the caller's id").or("X-User-ID");

    private static final Option<String> USER_ROLE = field(
                    "userRole", "the field for the caller's roles, joined with `,`")
            .or("X-User-Role");

    private static final OptionCatalogue CATALOGUE = OptionCatalogue.of(
            "identityHeaders", "the fields in which services learn who is calling", USER_ID, USER_ROLE);

    /** {@code X-User-ID} and {@code X-User-Role}. */
    public static final IdentityHeaders DEFAULT = new IdentityHeaders(USER_ID.otherwise(), USER_ROLE.otherwise());

    /** Asked for by every request that a filter sees alone. */
    private static final HeaderSelector DEFAULT_SELECTOR = HeaderSelector.of(List.of(DEFAULT.userId, DEFAULT.userRole));

    /** Checks that both are field names, and not the same one in two spellings. */
    public IdentityHeaders {
        HeaderSelector.of(userId, userRole);
        boolean prefix = userId.endsWith("*") || userRole.endsWith("*");
        if (prefix || HeaderSelector.sameFolded(userId, userRole)) {
            throw new IllegalArgumentException(
                    "identityHeaders: " + userId + ", " + userRole + " (expected: two different field names)");
        }
    }

    /**
     * Reads the names.
     *
     * @param options its parts
     * @return the names; the default ones if they are wrong, which is noted
     */
    public static IdentityHeaders read(OptionReader options) {
        String id = options.value(USER_ID);
        String role = options.value(USER_ROLE);
        options.noteUnknown();
        if (HeaderSelector.sameFolded(id, role)) {
            options.problems().add(USER_ROLE.name(), role, "another field name than that of userId");
            return DEFAULT;
        }
        return new IdentityHeaders(id, role);
    }

    /** Its parts, as options. */
    public static OptionCatalogue catalogue() {
        return CATALOGUE;
    }

    private static Option<String> field(String name, String meaning) {
        return Option.text(
                name,
                "field name",
                "a field name",
                text -> !text.endsWith("*") && HeaderSelector.isPattern(text),
                meaning);
    }

    /** Both fields, in every spelling. */
    public HeaderSelector selector() {
        return equals(DEFAULT) ? DEFAULT_SELECTOR : HeaderSelector.of(List.of(userId, userRole));
    }
}
