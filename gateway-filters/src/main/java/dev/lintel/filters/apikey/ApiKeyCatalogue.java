package dev.lintel.filters.apikey;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import java.nio.file.Path;
import java.util.List;

/** What an {@link ApiKeyAuthFilter} can be told. */
final class ApiKeyCatalogue {

    static final Option<List<String>> KEYS = Option.list(
                    "keys",
                    "`consumer:sha256`",
                    "consumer:sha256, the digest of the key as 64 hexadecimal digits",
                    any -> true,
                    "the keys that are accepted, each by the SHA-256 of the key as 64 hexadecimal digits")
            .orInWords("required, or `keysFile`")
            .secret()
            .inCode("key", "plainKey");

    static final Option<Path> KEYS_FILE = Option.file(
            "keysFile",
            "more of them, one a line; lines beginning with `#` and empty lines are left out. At most 16 MiB, read at start");

    static final Option<String> HEADER =
            field("header", "the field in which a key is looked for").or("X-API-Key");

    static final Option<String> QUERY_PARAMETER = Option.text(
                    "queryParameter",
                    "parameter name",
                    "letters, digits and plain signs such as - _ .",
                    name -> HeaderSyntax.isName(name)
                            && name.indexOf('%') < 0
                            && name.indexOf('+') < 0
                            && name.indexOf('&') < 0,
                    "a parameter of the query in which a key is looked for as well")
            .orInWords("none");

    static final Option<String> CONSUMER_HEADER = field(
                    "consumerHeader", "the field in which services learn whose key it was")
            .or("X-Consumer-ID");

    static final Option<Boolean> OPTIONAL =
            Option.flag("optional", false, "whether a request without any key passes, as nobody's");

    static final Option<Boolean> FORWARD_KEY = Option.flag("forwardKey", false, "whether services see the key");

    static final Option<String> REALM = Option.text(
                    "realm",
                    "text",
                    "printable ASCII without quotes and backslashes",
                    name -> !name.isEmpty()
                            && name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\'),
                    "the realm in challenges")
            .or("gateway");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "apiKey",
            "lets requests pass that carry the API key of a known consumer",
            KEYS,
            KEYS_FILE,
            HEADER,
            QUERY_PARAMETER,
            CONSUMER_HEADER,
            OPTIONAL,
            FORWARD_KEY,
            REALM);

    private ApiKeyCatalogue() {}

    private static Option<String> field(String name, String meaning) {
        return Option.text(
                name,
                "field name",
                "a field name",
                text -> !text.endsWith("*") && HeaderSelector.isPattern(text),
                meaning);
    }
}
