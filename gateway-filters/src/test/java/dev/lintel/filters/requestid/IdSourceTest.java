package dev.lintel.filters.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdSourceTest {

    private static final long MILLIS = 1_767_225_600_123L;

    @ParameterizedTest
    @CsvSource({
        "UUIDV7, [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "UUID4, [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "HEX32, [0-9a-f]{32}"
    })
    void writesIdsInTheirForm(Generator generator, String form) {
        for (int i = 0; i < 100; i++) {
            String id = IdSource.next(generator, MILLIS);
            assertThat(id).matches(form);
            assertThat(IdSyntax.isAcceptable(id)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Generator.class)
    void repeatsNoIdAcrossThreads(Generator generator) throws InterruptedException {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 25_000; i++) {
                    seen.add(IdSource.next(generator, MILLIS));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(100_000);
    }

    @Test
    void beginsVersion7WithTheTime() {
        long later = MILLIS + 1_000_000_000_000L;
        UUID id = UUID.fromString(IdSource.next(Generator.UUIDV7, later));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(later);
    }

    @Test
    void sortsVersion7ByTimeEvenWhenTheClockStepsBack() {
        List<String> ids = Stream.of(0, 0, 5, 5, 3, 0, 5, 6)
                .map(step -> IdSource.next(Generator.UUIDV7, MILLIS + 2_000_000_000_000L + step))
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void takesFromTheNextMillisecondWhenOneIsFull() {
        List<String> ids = Stream.generate(() -> IdSource.next(Generator.UUIDV7, MILLIS))
                .limit(10_000)
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
}
