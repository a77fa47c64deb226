package dev.lintel.filters.requestid;

import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSyntax;

/** What a {@link RequestIdFilter} can be told. */
final class RequestIdCatalogue {

    // a name without letters or digits would be the same as any other, once folded
    static final Option<String> HEADER = Option.text(
                    "header",
                    "field name",
                    "a field name with a letter or digit",
                    name -> HeaderSyntax.isName(name) && name.chars().anyMatch(Character::isLetterOrDigit),
                    "the field, towards the service and the client")
            .or("X-Request-Id");

    static final Option<Accept> ACCEPT = Option.choice(
                    "accept", Accept.class, "from whom an id is kept; `trusted` means peers named as trusted proxies")
            .or(Accept.TRUSTED);

    static final Option<Generator> GENERATOR = Option.choice("generator", Generator.class, "what new ids look like")
            .or(Generator.UUIDV7);

    static final Option<Boolean> ECHO = Option.flag("echo", true, "whether the client is told");

    static final OptionCatalogue ALL =
            OptionCatalogue.of("requestId", "gives every request an id", HEADER, ACCEPT, GENERATOR, ECHO);

    private RequestIdCatalogue() {}
}
