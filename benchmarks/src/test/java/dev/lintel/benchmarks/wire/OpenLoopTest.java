package dev.lintel.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testing.Answer;
import dev.lintel.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenLoopTest {

    @TempDir
    private Path directory;

    static Stream<Answer> wholeAnswers() {
        return Stream.of(Answer.ok("hello"), Answer.chunked(200, List.of("hello", "world")), Answer.ok(""));
    }

    @ParameterizedTest
    @MethodSource("wholeAnswers")
    void timesEveryRequest(Answer answer) throws IOException {
        try (ScriptedUpstream service = ScriptedUpstream.answering(answer)) {
            long[] times = loop().run("service", service.port(), Scenario.GET, 2, 100, 1);

            assertThat(times).hasSize(100).isSorted();
            assertThat(times[0]).isPositive();
        }
    }

    @Test
    void countsNoErrorAsAnAnswer() throws IOException {
        try (ScriptedUpstream service = ScriptedUpstream.answering(Answer.of(503, "no"))) {
            OpenLoop loop = loop();

            assertThatThrownBy(() -> loop.run("service", service.port(), Scenario.GET, 2, 100, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("503");
        }
    }

    private OpenLoop loop() throws IOException {
        return new OpenLoop(Callers.create(directory));
    }
}
