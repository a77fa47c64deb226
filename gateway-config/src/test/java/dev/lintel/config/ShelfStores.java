package dev.lintel.config;

import dev.lintel.limit.RateLimitStore;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import java.util.List;
import java.util.Map;

/** Stores of a kind of their own, which are described only: reading a file opens none. */
public final class ShelfStores implements RateLimitStoreProvider {

    private static final Option<String> URI = Option.text(
                    "uri", "text", "shelf://NAME", text -> text.startsWith("shelf://"), "which shelf")
            .required()
            .secret();
    private static final Option<Long> SIZE =
            Option.number("size", 1, 9, "how many boards").or(3L);
    private static final Option<String> SECRET =
            Option.text("secret", "what opens it").secret();

    @Override
    public String kind() {
        return "shelf";
    }

    @Override
    public OptionCatalogue catalogue() {
        return OptionCatalogue.of("shelf", "puts counts on a shelf", URI, SIZE, SECRET);
    }

    @Override
    public List<Problem> check(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        reader.given(URI);
        reader.value(SIZE);
        reader.given(SECRET);
        reader.noteUnknown();
        return reader.problems().list();
    }

    @Override
    public List<String> clearTextHosts(Map<String, String> options) {
        String uri = options.getOrDefault(URI.name(), "");
        return uri.startsWith("shelf://") ? List.of(uri.substring("shelf://".length())) : List.of();
    }

    @Override
    public RateLimitStore open(Map<String, String> options) {
        throw new UnsupportedOperationException("a file that is read opens no store");
    }
}
