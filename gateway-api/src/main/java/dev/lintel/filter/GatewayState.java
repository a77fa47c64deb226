package dev.lintel.filter;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What filters have counted or learnt, kept when a gateway is replaced by another: the filter that stands where an equal one
 * stood goes on with what that one has. State is known by the place of its filter, its kind, and the options that shape it, so
 * that a changed option begins anew; it is dropped when no filter has it any more. Thread-safe.
 */
public final class GatewayState {

    private final Map<Key, Kept> kept = new HashMap<>();

    private record Key(String place, Class<?> kind, Object shape, int number) {}

    private static final class Kept {

        private final Object value;
        private int users;

        private Kept(Object value) {
            this.value = value;
        }
    }

    /**
     * What a filter is offered by whoever initialises it; outside a gateway, and inside a filter that is made of others, nothing
     * from before.
     *
     * @param config what {@code init} was given
     */
    public static Part offeredBy(FilterConfig config) {
        return config instanceof Offer offer
                ? offer.state()
                : new GatewayState().mounting().part("");
    }

    /** A {@link FilterConfig} that offers state. */
    public interface Offer {

        /** The part of the filter that is initialised. */
        Part state();
    }

    /** Begins to hand out to the filters of one gateway, where no two filters get the same. */
    public Mounting mounting() {
        return new Mounting(this);
    }

    private synchronized Object use(Key key, Supplier<?> fresh) {
        Kept known = kept.get(key);
        if (known == null) {
            known = new Kept(requireNonNull(fresh.get(), "fresh"));
            kept.put(key, known);
        }
        known.users++;
        return known.value;
    }

    private synchronized void giveBack(Key key) {
        Kept known = kept.get(key);
        if (known != null && --known.users == 0) {
            kept.remove(key);
        }
    }

    /** How many states are kept. */
    synchronized int size() {
        return kept.size();
    }

    /** What the filters of one gateway are handed. Not thread-safe. */
    public static final class Mounting {

        private final GatewayState state;
        private final Set<Key> taken = new HashSet<>();

        private Mounting(GatewayState state) {
            this.state = state;
        }

        /** Leaves to a filter, which was initialised for a gateway before and serves in this one too, what it has. */
        public void leave(Part part) {
            taken.addAll(part.keys);
        }

        /**
         * The part of a filter.
         *
         * @param place where it stands, such as the name of its route
         */
        public Part part(String place) {
            return new Part(this, place);
        }
    }

    /** The state of one filter. Not thread-safe: for {@code init}, and for whoever gives it back. */
    public static final class Part {

        private final Mounting mounting;
        private final String place;
        private final Set<Key> keys = new HashSet<>();

        private Part(Mounting mounting, String place) {
            this.mounting = mounting;
            this.place = place;
        }

        /**
         * Takes state over, or begins it. A filter that takes the same twice gets two.
         *
         * @param kind the type of the state, which shares nothing with other kinds
         * @param shape the options that make it what it is, compared by {@code equals}
         * @param fresh makes it where there is none from before
         */
        public <T> T take(Class<T> kind, Object shape, Supplier<? extends T> fresh) {
            int number = 0;
            Key key = new Key(place, kind, shape, number);
            while (!mounting.taken.add(key)) {
                key = new Key(place, kind, shape, ++number);
            }
            T value = kind.cast(mounting.state.use(key, fresh));
            keys.add(key);
            return value;
        }

        /** Gives everything back; called once, when the filter has been destroyed. */
        public void giveBack() {
            keys.forEach(mounting.state::giveBack);
            keys.clear();
        }
    }
}
