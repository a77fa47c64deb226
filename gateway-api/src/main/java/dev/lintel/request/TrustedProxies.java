package dev.lintel.request;

import dev.lintel.option.Option;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The peers whose word about the client is believed, and the field in which they give it. Nobody is trusted unless
 * named. Immutable and thread-safe.
 */
public final class TrustedProxies {

    private static final TrustedProxies NONE = new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED_FOR);

    /** More hops than any real chain has; what lies beyond is not read. */
    private static final int MOST_HOPS = 32;

    /** The field in which a trusted proxy tells the client's address. Only one is read: the other may be the client's. */
    public enum ForwardedBy {
        /** {@code X-Forwarded-For}, which nearly every balancer writes. */
        X_FORWARDED_FOR,
        /** {@code Forwarded} of RFC 7239. */
        FORWARDED
    }

    /** The option of a gateway that names the peers. */
    public static final Option<List<String>> TRUSTED_PROXIES = AddressBlock.option(
                    "trustedProxies", "the peers whose word about the client is believed")
            .orInWords("nobody");

    /** The option of a gateway that names the field. */
    public static final Option<ForwardedBy> FORWARDED_BY = Option.choice(
                    "forwardedBy",
                    ForwardedBy.class,
                    "the field in which they give it; only one is read, since the other may be the client's")
            .or(ForwardedBy.X_FORWARDED_FOR)
            .inCode("trustedProxies");

    private final List<AddressBlock> blocks;
    private final ForwardedBy field;

    private TrustedProxies(List<AddressBlock> blocks, ForwardedBy field) {
        this.blocks = blocks;
        this.field = field;
    }

    /** Trusts nobody. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Trusts peers by address.
     *
     * @param blocks addresses or networks in CIDR notation
     * @param field where those peers tell the client's address
     * @throws IllegalArgumentException if a block is malformed
     */
    public static TrustedProxies of(Collection<String> blocks, ForwardedBy field) {
        return new TrustedProxies(blocks.stream().map(AddressBlock::parse).toList(), field);
    }

    /** Whether an address is a trusted proxy's; false for null. */
    public boolean trusts(@Nullable IpAddress address) {
        if (address != null) {
            for (AddressBlock block : blocks) {
                if (block.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether nobody is trusted. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Where trusted peers tell the client's address. */
    public ForwardedBy field() {
        return field;
    }

    /**
     * Where a request comes from, as far as it can be believed; see {@link #resolve}.
     *
     * @param peer what {@link #peerOf} says of it
     */
    public ClientAddress clientOf(HttpServletRequest request, String peer) {
        if (isEmpty()) {
            return resolve(peer, List.of());
        }
        String name = field == ForwardedBy.FORWARDED ? "Forwarded" : "X-Forwarded-For";
        return resolve(peer, Collections.list(request.getHeaders(name)));
    }

    /** The address at the other end of a connection; {@code unknown} where a container does not know it any more (Tomcat). */
    public static String peerOf(HttpServletRequest request) {
        SpringForwarding.warnIfInFront(request);
        @Nullable String address = request.getRemoteAddr();
        return address == null ? "unknown" : address;
    }

    /**
     * Finds the client: from the peer right to left through the forwarded addresses for as long as each is a trusted
     * proxy's. An entry that is not an address ends the walk, and the last address known counts.
     *
     * @param peer the address at the other end of the connection, as the container gives it
     * @param lines the lines of the field named by {@link #field()}, in order
     * @return the client's address
     */
    public ClientAddress resolve(String peer, List<String> lines) {
        IpAddress direct = IpAddress.parse(unbracketed(peer));
        if (!trusts(direct)) {
            return new ClientAddress(
                    direct == null || isCanonical(peer, direct) ? peer : direct.toString(), direct, false);
        }
        IpAddress client = direct;
        List<String> hops = hops(lines);
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS) && trusts(client); i--) {
            IpAddress next = ForwardedSyntax.address(hops.get(i));
            if (next == null) {
                break;
            }
            client = next;
        }
        return new ClientAddress(String.valueOf(client), client, true);
    }

    @Override
    public String toString() {
        return blocks.toString();
    }

    /** Of an IPv4 address there is one spelling alone, unless it is written as one of IPv6. */
    private static boolean isCanonical(String text, IpAddress address) {
        return address.isV4() && text.indexOf(':') < 0;
    }

    private List<String> hops(List<String> lines) {
        List<String> hops = new ArrayList<>();
        for (String line : lines) {
            if (field == ForwardedBy.FORWARDED) {
                hops.addAll(ForwardedSyntax.forParameters(line));
            } else {
                hops.addAll(List.of(line.split(",", -1)));
            }
        }
        return hops;
    }

    private static String unbracketed(String peer) {
        return peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
    }
}
