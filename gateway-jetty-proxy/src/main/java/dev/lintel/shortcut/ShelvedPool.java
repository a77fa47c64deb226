package dev.lintel.shortcut;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Pool;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose idle objects lie on shelves, one for each owner; who takes one looks at its own shelf first, then at the others. The one
 * put back last is taken first, so that those not needed stay idle until they expire. Each is used by one at a time. Thread-safe; in
 * the usual course an owner meets nobody at its shelf.
 *
 * @param <T> what is pooled
 */
final class ShelvedPool<T> implements Pool<T> {

    /** Whose shelf it is that nobody else owns. */
    private static final Object NOBODY = new Object();

    private enum State {
        RESERVED,
        IDLE,
        IN_USE,
        REMOVED
    }

    private final int most;
    private final Supplier<@Nullable Object> current;
    private final Function<T, @Nullable Object> ownerOf;
    private final Map<Object, Shelf<T>> shelves = new ConcurrentHashMap<>();
    private final Set<Pooled> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();
    private volatile boolean terminated;

    /**
     * Makes an empty pool.
     *
     * @param most how many objects there are at most
     * @param current the owner for whom an object is taken; null for nobody in particular
     * @param ownerOf whose an object is; null for nobody's
     */
    ShelvedPool(int most, Supplier<@Nullable Object> current, Function<T, @Nullable Object> ownerOf) {
        this.most = most;
        this.current = current;
        this.ownerOf = ownerOf;
    }

    @Override
    public @Nullable Entry<T> reserve() {
        if (terminated) {
            return null;
        }
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            return null;
        }
        Pooled entry = new Pooled();
        all.add(entry);
        if (terminated) {
            entry.remove();
            return null;
        }
        return entry;
    }

    @Override
    public @Nullable Entry<T> acquire() {
        if (terminated) {
            return null;
        }
        Shelf<T> own = shelves.get(ownerOrNobody(current.get()));
        Pooled found = own == null ? null : own.take();
        if (found != null) {
            return found;
        }
        for (Shelf<T> other : shelves.values()) {
            found = other == own ? null : other.take();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Object ownerOrNobody(@Nullable Object owner) {
        return owner == null ? NOBODY : owner;
    }

    @Override
    public boolean isTerminated() {
        return terminated;
    }

    @Override
    public Collection<Entry<T>> terminate() {
        terminated = true;
        return List.copyOf(all);
    }

    @Override
    public int size() {
        return size.get();
    }

    @Override
    public int getMaxSize() {
        return most;
    }

    @Override
    public Stream<Entry<T>> stream() {
        return all.stream().map(entry -> entry);
    }

    @Override
    public String toString() {
        return "ShelvedPool[" + size + "/" + most + (terminated ? ", terminated]" : "]");
    }

    /** What is idle of one owner. */
    private static final class Shelf<T> {

        private final Deque<ShelvedPool<T>.Pooled> idle = new ArrayDeque<>();

        synchronized void put(ShelvedPool<T>.Pooled entry) {
            idle.push(entry);
        }

        synchronized ShelvedPool<T>.@Nullable Pooled take() {
            ShelvedPool<T>.Pooled entry = idle.poll();
            while (entry != null && !entry.become(State.IDLE, State.IN_USE)) {
                entry = idle.poll();
            }
            return entry;
        }

        synchronized void forget(ShelvedPool<T>.Pooled entry) {
            idle.remove(entry);
        }
    }

    private final class Pooled implements Entry<T> {

        private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);
        private volatile @Nullable T value;
        private volatile @Nullable Shelf<T> shelf;

        @Override
        public boolean enable(T pooled, boolean acquire) {
            State before = state.get();
            if (before == State.IDLE || before == State.IN_USE) {
                throw new IllegalStateException("entry: enabled already (expected: reserved)");
            }
            Shelf<T> lies = shelves.computeIfAbsent(ownerOrNobody(ownerOf.apply(pooled)), owner -> new Shelf<>());
            value = pooled;
            shelf = lies;
            if (!become(State.RESERVED, acquire ? State.IN_USE : State.IDLE)) {
                return false;
            }
            if (!acquire) {
                shelve(lies);
            }
            return !terminated;
        }

        @Override
        public @Nullable T getPooled() {
            return value;
        }

        @Override
        public boolean release() {
            Shelf<T> lies = shelf;
            if (terminated || lies == null || !become(State.IN_USE, State.IDLE)) {
                return false;
            }
            shelve(lies);
            return true;
        }

        private void shelve(Shelf<T> lies) {
            lies.put(this);
            if (state.get() == State.REMOVED) {
                // in between; whoever removed it may have looked too early
                lies.forget(this);
            }
        }

        @Override
        public boolean remove() {
            State before = state.getAndSet(State.REMOVED);
            if (before == State.REMOVED) {
                return false;
            }
            size.decrementAndGet();
            all.remove(this);
            Shelf<T> lies = shelf;
            if (before == State.IDLE && lies != null) {
                lies.forget(this);
            }
            return true;
        }

        private boolean become(State from, State to) {
            return state.compareAndSet(from, to);
        }

        @Override
        public boolean isReserved() {
            return state.get() == State.RESERVED;
        }

        @Override
        public boolean isIdle() {
            return state.get() == State.IDLE;
        }

        @Override
        public boolean isInUse() {
            return state.get() == State.IN_USE;
        }

        @Override
        public boolean isTerminated() {
            return terminated || state.get() == State.REMOVED;
        }
    }
}
