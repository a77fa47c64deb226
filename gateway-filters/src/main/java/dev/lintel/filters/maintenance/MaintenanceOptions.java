package dev.lintel.filters.maintenance;

import dev.lintel.request.AddressBlock;
import dev.lintel.request.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link MaintenanceFilter}; checked by its builder.
 *
 * @param enabled whether it is on for good
 * @param toggle turns it on and off; null for nobody
 * @param file whose existence turns it on; null for none
 * @param from when it begins by itself; null if it has begun, should {@code to} be given
 * @param to when it ends by itself; null if it does not
 * @param retryAfter what clients are told where the end is not known
 * @param allow who is served all the same
 * @param detail one sentence for a person
 */
record MaintenanceOptions(
        boolean enabled,
        @Nullable MaintenanceSwitch toggle,
        @Nullable Path file,
        @Nullable Instant from,
        @Nullable Instant to,
        Duration retryAfter,
        List<AddressBlock> allow,
        String detail) {

    static final MaintenanceOptions OFF = new MaintenanceOptions(
            false,
            null,
            null,
            null,
            null,
            MaintenanceCatalogue.RETRY_AFTER.otherwise(),
            List.of(),
            MaintenanceCatalogue.DETAIL.otherwise());

    /** Whether it is on by the schedule. */
    boolean isScheduled(Instant now) {
        boolean planned = from != null || to != null;
        return planned && (from == null || !now.isBefore(from)) && (to == null || now.isBefore(to));
    }

    /** Whether a client is served all the same; one without an address is not. */
    boolean allows(@Nullable IpAddress address) {
        if (address != null) {
            for (AddressBlock block : allow) {
                if (block.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }
}
