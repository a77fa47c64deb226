package dev.lintel.config.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rule can ask for. */
enum Matcher {
    HOST("Host", 1, 1),
    PATH("Path", 1, 1),
    PATH_PREFIX("PathPrefix", 1, 1),
    METHOD("Method", 1, 1),
    HEADER("Header", 2, 2),
    QUERY("Query", 1, 2),
    CLIENT_IP("ClientIP", 1, 1);

    /** All of them, for messages. */
    static final String ALL = "Host, Path, PathPrefix, Method, Header, Query, ClientIP";

    private final String word;
    private final int least;
    private final int most;

    Matcher(String word, int least, int most) {
        this.word = word;
        this.least = least;
        this.most = most;
    }

    static @Nullable Matcher of(String word) {
        for (Matcher matcher : values()) {
            if (matcher.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return matcher;
            }
        }
        return null;
    }

    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Matcher matcher : values()) {
            words.add(matcher.word);
        }
        return words;
    }

    String word() {
        return word;
    }

    boolean takes(int values) {
        return values >= least && values <= most;
    }

    String form() {
        return switch (this) {
            case HEADER -> "Header(`name`, `value`)";
            case QUERY -> "Query(`name`) or Query(`name`, `value`)";
            default -> word + "(`value`)";
        };
    }
}
