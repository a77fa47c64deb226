package dev.lintel.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a head read in one pass tells the connection what Jetty's parser tells it, event by event, whatever comes. */
class OnePassParserTest {

    private static final int CONVERSATIONS = 5_000;
    private static final String USUAL = "GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer secret\r\nX-A: b\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"8192", "700", "100", "about as many as the first head has"})
    void tellsWhatJettysParserTellsOfHeadsOfEveryKind(String most) {
        int usual = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            List<byte[]> pieces = new RandomHeads(new Random(seed)).conversation();
            int octets =
                    Character.isDigit(most.charAt(0)) ? Integer.parseInt(most) : lengthOfHead(pieces) + seed % 5 - 2;
            boolean stops = seed % 7 == 0;
            RecordedParsing onePass = new RecordedParsing(RecordedParsing::onePass, octets, stops);
            List<String> ours = onePass.of(pieces);
            List<String> jettys = new RecordedParsing(RecordedParsing::jetty, octets, stops).of(pieces);
            assertThat(ours).as("seed %d: %s", seed, text(pieces)).isEqualTo(jettys);
            usual += onePass.usualHeads();
        }
        assertThat(usual).as("heads read in one pass").isGreaterThan(CONVERSATIONS / 20);
    }

    /** A line end that came alone is counted by Jetty's parser, which goes on then. */
    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "\r\n\r\n"})
    void leavesHeadsToJettysParserThatBeganWithLineEnds(String before) {
        List<byte[]> pieces = List.of(octets(before), octets(USUAL));
        RecordedParsing onePass = new RecordedParsing(RecordedParsing::onePass, 8192, false);
        assertThat(onePass.of(pieces)).isEqualTo(new RecordedParsing(RecordedParsing::jetty, 8192, false).of(pieces));
        assertThat(onePass.usualHeads()).isZero();
    }

    @Test
    void readsNoHeadInOnePassWhileAnotherOfTheThreadIsGivenOn() {
        UsualHead head = UsualHead.ofThread();
        HttpParser parser = new HttpParser(new RecordedParsing(RecordedParsing::jetty, 8192, false));
        ByteBuffer buffer = ByteBuffer.wrap(octets(USUAL));
        assertThat(head.read(buffer, 8192, new KnownLines(), parser)).isTrue();
        assertThat(head.read(buffer, 8192, new KnownLines(), parser)).isFalse();
        head.forEachField(field -> {});
        assertThat(head.read(buffer, 8192, new KnownLines(), parser)).isTrue();
        head.forget();
    }

    @Test
    void forgetsFieldsOfRequestsThatAreRefused() {
        RecordedParsing refusing = new RecordedParsing(RecordedParsing::onePass, 8192, false);
        refusing.of(List.of(octets(USUAL.replace("/x", "/refused"))));
        HttpParser parser = new HttpParser(refusing);
        UsualHead head = UsualHead.ofThread();
        List<String> told = new ArrayList<>();
        assertThat(head.read(ByteBuffer.wrap(octets(USUAL)), 8192, new KnownLines(), parser))
                .isTrue();
        head.forEachField(field -> told.add(field.toString()));
        assertThat(told).containsExactly("Host: h", "Authorization: Bearer secret", "X-A: b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "X-API-Key",
                "x-api-key",
                "X-Amz-Security-Token",
            })
    void keepsNoLineWithCredentialsForTheNextRequest(String name) {
        KnownLines known = new KnownLines();
        UsualHead head = UsualHead.ofThread();
        String usual = USUAL.replace("Authorization", name);
        byte[] octets = octets(usual);
        HttpParser parser = new HttpParser(new RecordedParsing(RecordedParsing::jetty, 8192, false));
        assertThat(head.read(ByteBuffer.wrap(octets), 8192, known, parser)).isTrue();
        head.forget();
        int host = usual.indexOf("Host");
        int authorization = usual.indexOf(name);
        int last = usual.indexOf("X-A:");
        assertThat(known.field(0, octets, host, octets.length)).isNotNull();
        assertThat(known.field(1, octets, authorization, octets.length)).isNull();
        assertThat(known.field(2, octets, last, octets.length)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesConfigurationsUnderWhichUsualHeadsWouldBeReadInAnotherWay(int way) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setHttpCompliance(way == 0 ? HttpCompliance.RFC9110 : HttpCompliance.STRICT);
        configuration.setRequestHeaderSize(way == 1 ? -1 : 8192);
        configuration.setHeaderCacheCaseSensitive(way != 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OnePassConnectionFactory(configuration))
                .withMessageContaining("expected: STRICT");
    }

    private static int lengthOfHead(List<byte[]> pieces) {
        String text = text(pieces).replace("|", "");
        return Math.max(20, text.indexOf("\r\n\r\n") + 4);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("|"));
    }
}
