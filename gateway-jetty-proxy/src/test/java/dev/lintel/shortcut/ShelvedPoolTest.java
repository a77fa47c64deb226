package dev.lintel.shortcut;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Pool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is pooled are words; the first letter says whose one is. */
class ShelvedPoolTest {

    private static final int MOST = 4;

    private @Nullable String asking = "a";
    private final ShelvedPool<String> pool = new ShelvedPool<>(MOST, () -> asking, word -> word.substring(0, 1));

    @Test
    void givesOwnersTheirOwn() {
        add("b1");
        add("a1");
        add("b2");

        assertThat(taken()).isEqualTo("a1");
    }

    @Test
    void givesWhatIsAnothersIfThereIsNoOwn() {
        add("b1");

        assertThat(taken()).isEqualTo("b1");
        assertThat(pool.acquire()).isNull();
    }

    @Test
    void givesAnythingToNobodyInParticular() {
        add("b1");
        asking = null;

        assertThat(taken()).isEqualTo("b1");
    }

    @Test
    void givesFirstWhatWasPutBackLast() {
        Pool.Entry<String> first = add("a1");
        Pool.Entry<String> second = add("a2");
        pool.acquire();
        pool.acquire();

        assertThat(second.release()).isTrue();
        assertThat(first.release()).isTrue();
        assertThat(taken()).isEqualTo("a1");
        assertThat(taken()).isEqualTo("a2");
    }

    @Test
    void hasNoMoreThanItMay() {
        for (int i = 0; i < MOST; i++) {
            assertThat(pool.reserve()).isNotNull();
        }
        assertThat(pool.reserve()).isNull();
        assertThat(pool.getReservedCount()).isEqualTo(MOST);
        assertThat(pool.size()).isEqualTo(pool.getMaxSize()).isEqualTo(MOST);
    }

    @Test
    void takesAnotherInPlaceOfOneRemoved() {
        Pool.Entry<String> entry = add("a1");
        for (int i = 1; i < MOST; i++) {
            add("b" + i);
        }
        assertThat(pool.reserve()).isNull();

        assertThat(entry.remove()).isTrue();
        assertThat(entry.remove()).isFalse();
        assertThat(pool.reserve()).isNotNull();
    }

    @Test
    void givesNoneThatWasRemoved() {
        Pool.Entry<String> idle = add("a1");
        idle.remove();

        assertThat(pool.acquire()).isNull();
        assertThat(idle.isTerminated()).isTrue();
    }

    @Test
    void takesNoneBackThatWasRemovedInUse() {
        add("a1");
        Pool.Entry<String> used = requireNonNull(pool.acquire());
        assertThat(used.isInUse()).isTrue();
        used.remove();

        assertThat(used.release()).isFalse();
        assertThat(pool.acquire()).isNull();
        assertThat(pool.size()).isZero();
    }

    @Test
    void doesNotEnableOneTwice() {
        Pool.Entry<String> entry = add("a1");

        assertThatIllegalStateException().isThrownBy(() -> entry.enable("a2", false));
        assertThat(entry.isIdle()).isTrue();
    }

    @Test
    void givesAndTakesNothingWhenTerminated() {
        Pool.Entry<String> used = add("a1");
        pool.acquire();
        Pool.Entry<String> reserved = requireNonNull(pool.reserve());

        assertThat(pool.terminate()).containsExactlyInAnyOrder(used, reserved);
        assertThat(pool.isTerminated()).isTrue();
        assertThat(used.release()).isFalse();
        assertThat(reserved.enable("a2", false)).isFalse();
        assertThat(pool.acquire()).isNull();
        assertThat(pool.reserve()).isNull();
    }

    @Test
    void eachIsUsedByOneAtATime() {
        asking = null;
        for (int i = 0; i < MOST; i++) {
            add((i % 2 == 0 ? "a" : "b") + i);
        }
        AtomicInteger[] users = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicInteger taken = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20_000; i++) {
                    Pool.Entry<String> entry = pool.acquire();
                    if (entry != null) {
                        AtomicInteger using = users[entry.getPooled().charAt(1) - '0'];
                        assertThat(using.incrementAndGet()).isEqualTo(1);
                        taken.incrementAndGet();
                        using.decrementAndGet();
                        assertThat(entry.release()).isTrue();
                    }
                }
            }));
        }
        all.forEach(CompletableFuture::join);
        assertThat(taken.get()).isPositive();
        assertThat(pool.getIdleCount()).isEqualTo(MOST);
    }

    private Pool.Entry<String> add(String word) {
        Pool.Entry<String> entry = requireNonNull(pool.reserve());
        assertThat(entry.enable(word, false)).isTrue();
        return entry;
    }

    private String taken() {
        return requireNonNull(pool.acquire()).getPooled();
    }
}
