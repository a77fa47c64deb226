package dev.lintel.filters.cache;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSyntax;
import java.util.List;

/** What a {@link CacheFilter} can be told. */
final class CacheCatalogue {

    static final Option<Long> MAX_SIZE = Option.size(
                    "maxSize",
                    64 * 1024,
                    1L << 40,
                    "how much all answers together may take; a quarter more while they are copied")
            .or(64L * 1024 * 1024);
    static final Option<Long> MAX_ENTRY_SIZE = Option.size(
                    "maxEntrySize", 1, 1L << 30, "longer bodies are passed on and not kept")
            .or(1024L * 1024);
    static final Option<Long> MAX_ENTRIES = Option.number(
                    "maxEntries", 1, 10_000_000, "for how many URLs answers are kept")
            .or(10_000L);
    static final Option<Long> MAX_VARIANTS = Option.number(
                    "maxVariants", 1, 64, "how many answers are kept for one URL: by `Vary`, and by route")
            .or(8L);
    static final Option<Long> MAX_KEY_LENGTH = Option.number(
                    "maxKeyLength", 64, 65_536, "requests with longer URLs pass by")
            .or(2048L);
    static final Option<List<String>> IGNORED_COOKIES = Option.list(
            "ignoredCookies",
            "names of cookies",
            "a cookie name, or * for any",
            text -> text.equals("*") || HeaderSyntax.isName(text),
            "cookies of requests that make no difference to any answer; a request with another one passes by");
    static final Option<Boolean> CLIENTS_MAY_REVALIDATE = Option.flag(
            "clientsMayRevalidate",
            false,
            "whether `Cache-Control` and `Pragma` of requests are obeyed: anybody can then have the upstream asked");
    static final Option<Boolean> HEURISTICS = Option.flag(
            "heuristics",
            false,
            "whether answers without a lifetime are kept for a tenth of the time since they were changed");
    static final Option<Boolean> CACHE_STATUS =
            Option.flag("cacheStatus", true, "whether answers tell by `Cache-Status` where they come from");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "cache",
            "answers again what an upstream allows to be answered again",
            MAX_SIZE,
            MAX_ENTRY_SIZE,
            MAX_ENTRIES,
            MAX_VARIANTS,
            MAX_KEY_LENGTH,
            IGNORED_COOKIES,
            CLIENTS_MAY_REVALIDATE,
            HEURISTICS,
            CACHE_STATUS);

    private CacheCatalogue() {}
}
