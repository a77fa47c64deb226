package dev.lintel.filters.apikey;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Option;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link ApiKeyAuthFilter}. Mistakes are noted and reported together by {@link #build}. Not thread-safe.
 */
public final class ApiKeyAuthFilterBuilder {

    private final Problems problems;
    private final ApiKeyList keys = new ApiKeyList();
    private String header = ApiKeyCatalogue.HEADER.otherwise();
    private String consumerHeader = ApiKeyCatalogue.CONSUMER_HEADER.otherwise();
    private String realm = ApiKeyCatalogue.REALM.otherwise();
    private @Nullable String queryParameter;
    private boolean optional;
    private boolean forwardKey;

    ApiKeyAuthFilterBuilder(Problems problems) {
        this.problems = problems;
    }

    /** Reads the init-params. */
    static ApiKeyOptions read(OptionReader options) {
        ApiKeyAuthFilterBuilder builder = new ApiKeyAuthFilterBuilder(options.problems());
        builder.keys.addEntries("keys", options.value(ApiKeyCatalogue.KEYS), options.problems());
        options.given(ApiKeyCatalogue.KEYS_FILE).ifPresent(builder::keysFile);
        builder.header = options.value(ApiKeyCatalogue.HEADER);
        builder.queryParameter = options.given(ApiKeyCatalogue.QUERY_PARAMETER).orElse(null);
        builder.consumerHeader = options.value(ApiKeyCatalogue.CONSUMER_HEADER);
        builder.realm = options.value(ApiKeyCatalogue.REALM);
        builder.optional = options.value(ApiKeyCatalogue.OPTIONAL);
        builder.forwardKey = options.value(ApiKeyCatalogue.FORWARD_KEY);
        return builder.options();
    }

    /**
     * Accepts a key, given by its digest. A consumer may have several, so that one can be replaced by another.
     *
     * @param consumer whose key it is: 1 to 128 printable ASCII characters without comma and semicolon
     * @param sha256Hex the SHA-256 of the key as 64 hexadecimal digits
     */
    public ApiKeyAuthFilterBuilder key(String consumer, String sha256Hex) {
        keys.add("key", consumer, sha256Hex, problems);
        return this;
    }

    /**
     * Accepts a key, given in the open, for demos and tests. Only its digest is kept.
     *
     * @param consumer whose key it is: 1 to 128 printable ASCII characters without comma and semicolon
     * @param key 1 to 512 printable ASCII characters without space and comma
     */
    public ApiKeyAuthFilterBuilder plainKey(String consumer, String key) {
        keys.addPlain("plainKey", consumer, key, problems);
        return this;
    }

    /**
     * Accepts the keys of a file, read now: {@code consumer:sha256} on each line, {@code #} begins a comment line. At most
     * 16 MiB.
     */
    public ApiKeyAuthFilterBuilder keysFile(Path file) {
        keys.addFile("keysFile", file, problems);
        return this;
    }

    /** The field in which a key is looked for; {@code X-API-Key} by default. */
    public ApiKeyAuthFilterBuilder header(String name) {
        header = checked(ApiKeyCatalogue.HEADER, name);
        return this;
    }

    /** The parameter of the query in which a key is looked for as well; none by default. Queries end up in logs. */
    public ApiKeyAuthFilterBuilder queryParameter(String name) {
        queryParameter = checked(ApiKeyCatalogue.QUERY_PARAMETER, name);
        return this;
    }

    /** The field in which services learn whose key it was; {@code X-Consumer-ID} by default. Owned by the gateway. */
    public ApiKeyAuthFilterBuilder consumerHeader(String name) {
        consumerHeader = checked(ApiKeyCatalogue.CONSUMER_HEADER, name);
        return this;
    }

    /** The realm named in challenges; {@code gateway} by default. */
    public ApiKeyAuthFilterBuilder realm(String name) {
        realm = checked(ApiKeyCatalogue.REALM, name);
        return this;
    }

    /** Whether a request without a key passes, as nobody's; a wrong key never does. False by default. */
    public ApiKeyAuthFilterBuilder optional(boolean pass) {
        optional = pass;
        return this;
    }

    /** Whether services see the key; false by default. */
    public ApiKeyAuthFilterBuilder forwardKey(boolean forward) {
        forwardKey = forward;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public ApiKeyAuthFilter build() {
        ApiKeyOptions options = options();
        problems.throwIfAny(ApiKeyAuthFilter.class.getSimpleName());
        return new ApiKeyAuthFilter(options);
    }

    private ApiKeyOptions options() {
        boolean given = !keys.isEmpty() || !problems.isEmpty();
        problems.require(given, "keys", "none", "at least one, by key, keys or keysFile");
        problems.require(
                !HeaderSelector.sameFolded(header, consumerHeader),
                "consumerHeader",
                consumerHeader,
                "not the key's own");
        return new ApiKeyOptions(keys.toKeys(), header, queryParameter, consumerHeader, realm, optional, forwardKey);
    }

    private String checked(Option<String> option, String value) {
        option.check(requireNonNull(value, option.name()), problems);
        return value;
    }
}
