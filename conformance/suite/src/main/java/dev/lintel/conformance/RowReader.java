package dev.lintel.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows. A file holds blocks of lines:
 *
 * <pre>
 * [G02] a good token beside a forged field      id and name begin a block
 * source RFC 6750                               where the expectation comes from
 * with X-User-ID                                one row for each; $ stands for it, $2 for what follows a " | "
 * header {...}   claims {...}   signed rsa      the token; without them a good one of alice
 * &gt; GET /api/me HTTP/1.1                       bytes, followed by CRLF
 * &gt;&gt; body                                       bytes
 * ! fin                                         fin or reset (-when-seen, -in-answer): how the client ends; bytewise; alone: no request follows
 * &lt; HTTP/1.1 200 OK                            what the upstream answers; &lt;&lt; bytes; &lt;! fin, reset, hold or endless: how it ends
 * answer 200 -&gt; GET /api/me                     statuses, rule, "closed", "cut", "in" forms, what the destination saw
 * sees X-User-ID: alice                         of what it saw: exactly this line; "hides NAME": none; "body TEXT"; * is any value, !x not x, ~x matches x
 * tells Allow: *                                of the answer: exactly this line; "keeps NAME": none; "says TEXT": its body
 * relays                                        every field of the upstream's answer is in it; "passes": of the request, at the destination
 * relays anycase                                the same, but for the case of their names
 * trails X-T: v                                 a trailer of the answer, none without a name; "carries X-T: v": of the request
 * interim 103                                   what came before it; "none"
 * dropped                                       the gateway gave the request up before it was answered
 * times 50                                      the last answer so often
 * logs "client.ip":"127.0.0.1"                  of the answer's line in the access log: this text
 * then 400 closed                               the next answer on the same connection
 * answer 400                                    another outcome that is allowed
 * </pre>
 *
 * <p>{@code \r \n \t \0 \xHH} are bytes; {@code %{a*100}} repeats; {@code %{token}}, {@code %{token:bob}},
 * {@code %{h}}, {@code %{c}}, {@code %{s}} (the token's parts), {@code %{key}} (an API key) and {@code %{now-30}} are looked
 * up. {@code #} begins a comment. {@code answer none} is a connection closed without an answer,
 * {@code answer bare} one closed after an answer without a head.
 */
final class RowReader {

    private static final Set<String> WORDS = Set.of(
            "source", "with", "header", "claims", "signed", ">", ">>", "!", "<", "<<", "<!", "answer", "then", "sees",
            "hides", "body", "passes", "carries", "dropped", "tells", "keeps", "says", "relays", "trails", "interim",
            "times", "logs");

    private final String file;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private RowReader(String file) {
        this.file = file;
    }

    /** The rows of a resource beside this class's package root. */
    static List<Row> read(String resource) {
        RowReader reader = new RowReader(resource);
        for (List<String> block : blocks(resource)) {
            reader.block(block);
        }
        return reader.rows;
    }

    /** The blocks of a resource, without comments and empty lines; the first line of each begins with a bracket. */
    static List<List<String>> blocks(String resource) {
        List<List<String>> blocks = new ArrayList<>();
        for (String line : text(resource).split("\n", -1)) {
            if (line.startsWith("[")) {
                blocks.add(new ArrayList<>());
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                if (blocks.isEmpty()) {
                    throw new IllegalArgumentException(resource + ": " + line + " (expected: [id] first)");
                }
                blocks.get(blocks.size() - 1).add(line);
            }
        }
        return blocks;
    }

    private static String text(String resource) {
        try (InputStream in = RowReader.class.getResourceAsStream("/conformance/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("resource: " + resource + " (expected: present)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void block(List<String> lines) {
        String head = lines.get(0);
        String id = head.substring(1, head.indexOf(']'));
        if (!ids.add(id)) {
            throw new IllegalArgumentException(file + ": " + id + " (expected: once)");
        }
        List<String> variants = new ArrayList<>();
        for (String line : lines) {
            if (word(line).equals("with")) {
                variants.add(rest(line));
            }
        }
        try {
            if (variants.isEmpty()) {
                rows.add(row(lines, id, ""));
            }
            for (int i = 0; i < variants.size(); i++) {
                rows.add(row(lines, id + "." + (i + 1), variants.get(i)));
            }
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(file + ": " + id + ": " + wrong.getMessage(), wrong);
        }
    }

    private Row row(List<String> lines, String id, String variant) {
        Map<String, String> single = new HashMap<>();
        for (String line : lines) {
            String word = word(line);
            if (!line.startsWith("[") && !WORDS.contains(word)) {
                throw new IllegalArgumentException("line: " + line + " (expected: to begin with one of " + WORDS + ")");
            }
            single.merge(word, substituted(rest(line), variant), (one, other) -> one + "\n" + other);
        }
        Lookup lookup = new Lookup(Token.of(
                Escapes.expand(single.getOrDefault("header", Token.HEADER), Lookup::inToken),
                Escapes.expand(single.getOrDefault("claims", Token.claimsOf("alice")), Lookup::inToken),
                Escapes.expand(single.getOrDefault("signed", "rsa"), Lookup::inToken)));
        StringBuilder bytes = new StringBuilder();
        StringBuilder reply = new StringBuilder();
        OutcomeReader outcomes = new OutcomeReader(text -> Escapes.resolve(Escapes.expand(text, lookup)));
        for (String line : lines) {
            String rest = substituted(rest(line), variant);
            switch (word(line)) {
                case ">" -> bytes.append(outcomes.text(rest)).append("\r\n");
                case ">>" -> bytes.append(outcomes.text(rest));
                case "<" -> reply.append(outcomes.text(rest)).append("\r\n");
                case "<<" -> reply.append(outcomes.text(rest));
                default -> outcomes.line(word(line), rest);
            }
        }
        String name = lines.get(0).substring(lines.get(0).indexOf(']') + 1).strip();
        return new Row(
                id,
                name,
                variant,
                required(single.get("source"), "source"),
                sending(bytes.toString(), single.getOrDefault("!", "")),
                reply(reply.toString(), single.get("<!")),
                lookup.secrets(),
                outcomes.outcomes(EnumSet.allOf(Form.class)));
    }

    private static @Nullable Reply reply(String bytes, @Nullable String ending) {
        return bytes.isEmpty() && ending == null
                ? null
                : new Reply(bytes, ending == null ? Reply.Ending.NONE : Reply.Ending.valueOf(upper(ending)));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Row.Sending sending(String bytes, String directives) {
        boolean bytewise = false;
        boolean followUp = true;
        Row.Ending ending = Row.Ending.NONE;
        for (String directive : directives.isEmpty() ? new String[0] : directives.split("\n", -1)) {
            switch (directive) {
                case "bytewise" -> bytewise = true;
                case "alone" -> followUp = false;
                default -> ending = Row.Ending.valueOf(upper(directive));
            }
        }
        return new Row.Sending(bytes, bytewise, ending, followUp && ending == Row.Ending.NONE);
    }

    private static String word(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    private static String rest(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? "" : line.substring(space + 1);
    }

    /** Puts the parts of a variant in place of {@code $1}, {@code $2} and {@code $}. */
    private static String substituted(String text, String variant) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        String[] parts = (" " + variant + " ").split(" \\| ", -1);
        parts[0] = parts[0].isEmpty() ? "" : parts[0].substring(1);
        int last = parts.length - 1;
        parts[last] = parts[last].isEmpty() ? "" : parts[last].substring(0, parts[last].length() - 1);
        String done = text;
        for (int i = 0; i < parts.length; i++) {
            done = done.replace("$" + (i + 1), parts[i]);
        }
        return done.replace("$", parts[0]);
    }

    private static String required(@Nullable String value, String word) {
        if (value == null) {
            throw new IllegalArgumentException(word + ": none (expected: a line)");
        }
        return value;
    }
}
