package dev.lintel.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a head read in one pass tells the connection what Jetty's parser tells it, event by event, whatever comes. */
class OnePassParserTest {

    private static final int CONVERSATIONS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {8192, 700, 100})
    void tellsWhatJettysParserTellsOfHeadsOfEveryKind(int most) {
        int usual = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            List<byte[]> pieces = new RandomHeads(new Random(seed)).conversation();
            boolean stops = seed % 7 == 0;
            RecordedParsing onePass = new RecordedParsing(RecordedParsing::onePass, most, stops);
            List<String> ours = onePass.of(pieces);
            List<String> jettys = new RecordedParsing(RecordedParsing::jetty, most, stops).of(pieces);
            assertThat(ours).as("seed %d: %s", seed, text(pieces)).isEqualTo(jettys);
            usual += onePass.usualHeads();
        }
        assertThat(usual).as("heads read in one pass").isGreaterThan(CONVERSATIONS / (most == 100 ? 20 : 5));
    }

    private static String text(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("|"));
    }
}
