package dev.lintel.filters.iprules;

import dev.lintel.option.Option;
import dev.lintel.option.Problems;
import dev.lintel.request.AddressBlock;
import java.util.ArrayList;
import java.util.List;

/** Describes an {@link IpRulesFilter}. Not thread-safe. */
public final class IpRulesFilterBuilder {

    private final List<String> allow = new ArrayList<>();
    private final List<String> deny = new ArrayList<>();

    IpRulesFilterBuilder() {}

    /** Lets only these through: addresses, or networks such as {@code 10.0.0.0/8} and {@code 2001:db8::/32}. */
    public IpRulesFilterBuilder allow(String... blocks) {
        allow.addAll(List.of(blocks));
        return this;
    }

    /** Refuses these, also if they are allowed: addresses or networks. */
    public IpRulesFilterBuilder deny(String... blocks) {
        deny.addAll(List.of(blocks));
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public IpRulesFilter build() {
        Problems problems = new Problems();
        IpRules rules = options(problems);
        problems.throwIfAny("IpRulesFilter");
        return new IpRulesFilter(rules);
    }

    IpRules options(Problems problems) {
        problems.require(
                !allow.isEmpty() || !deny.isEmpty() || !problems.isEmpty(),
                "allow",
                "none",
                "at least one address block here or in deny");
        return new IpRules(
                blocks(IpRulesCatalogue.ALLOW, allow, problems), blocks(IpRulesCatalogue.DENY, deny, problems));
    }

    private static List<AddressBlock> blocks(Option<List<String>> option, List<String> texts, Problems problems) {
        return option.check(texts, problems)
                ? texts.stream().map(AddressBlock::parse).toList()
                : List.of();
    }
}
