package dev.lintel.filters.iprules;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.AddressBlock;
import java.util.List;

/** What an {@link IpRulesFilter} can be told. */
final class IpRulesCatalogue {

    static final Option<List<String>> ALLOW = AddressBlock.option("allow", "if there are any, nobody else may pass");
    static final Option<List<String>> DENY = AddressBlock.option("deny", "who may not pass, even if allowed");

    static final OptionCatalogue ALL =
            OptionCatalogue.of("ipRules", "lets requests through by the client's address", ALLOW, DENY);

    private IpRulesCatalogue() {}
}
