package dev.lintel.filters.iprules;

import dev.lintel.request.AddressBlock;
import dev.lintel.request.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may pass; the options of an {@link IpRulesFilter}, checked by its builder.
 *
 * @param allow if not empty, nobody else may
 * @param deny those who may not, whatever {@code allow} says
 */
record IpRules(List<AddressBlock> allow, List<AddressBlock> deny) {

    static final IpRules NONE = new IpRules(List.of(), List.of());

    /** Whether an address may pass; one that is none (null) may not, since it could be anybody's. */
    boolean allows(@Nullable IpAddress address) {
        return address != null && !contains(deny, address) && (allow.isEmpty() || contains(allow, address));
    }

    private static boolean contains(List<AddressBlock> blocks, IpAddress address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
