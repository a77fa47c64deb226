package dev.lintel.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why Redis cannot be asked, in words without secrets. Immutable and thread-safe.
 *
 * @param words for a person
 * @param redial whether another connection may lead to somebody else, or be let in
 * @param refusesUs whether it is there and refuses credentials, or is not who it should be: nothing that waiting helps
 */
record Trouble(String words, boolean redial, boolean refusesUs) {

    /** Nobody has tried yet. */
    static final Trouble NOT_YET = new Trouble("not connected yet", false, false);

    /** A connection that was there is gone. */
    static final Trouble LOST = new Trouble("connection lost", false, false);

    /** Nobody is there. */
    static final Trouble ABSENT = new Trouble("no connection", true, false);

    /** It is there and says nothing. */
    static final Trouble SILENT = new Trouble("no answer in time", false, false);

    /** It has been closed. */
    static final Trouble CLOSED = new Trouble("closed", false, false);

    private static final Set<String> REFUSALS = Set.of("WRONGPASS", "NOAUTH", "NOPERM");
    private static final Set<String> ELSEWHERE = Set.of("READONLY", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "LOADING");
    private static final int MOST_CAUSES = 10;

    /** Whether it concerns a few keys for an instant, while a cluster moves them. */
    boolean isPassing() {
        return words.endsWith(" TRYAGAIN");
    }

    /** What a failure means. */
    static Trouble of(Throwable failure) {
        Trouble told = byCauses(failure);
        return told.equals(ABSENT) ? refusalBeside(failure) : told;
    }

    /**
     * Where several servers were asked, as those of a cluster who belongs to it, the failures of all but one at most are no cause and lie
     * beside. What else may lie there tells nothing, such as that a connection was lost in its TLS handshake.
     */
    private static Trouble refusalBeside(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            for (Throwable one : cause.getSuppressed()) {
                Trouble told = one instanceof RedisException ? byCauses(one) : ABSENT;
                if (told.refusesUs()) {
                    return told;
                }
            }
            cause = cause.getCause();
        }
        return ABSENT;
    }

    private static Trouble byCauses(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof RedisCommandExecutionException answer) {
                return answered(String.valueOf(answer.getMessage()));
            }
            if (cause instanceof SslHandshakeTimeoutException || cause instanceof TimeoutException) {
                return SILENT;
            }
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return new Trouble("TLS handshake fails", true, true);
            }
            cause = cause.getCause();
        }
        return ABSENT;
    }

    /** Of an error only the first word is told, which names its kind. */
    private static Trouble answered(String message) {
        int end = message.indexOf(' ');
        String word = end < 0 ? message : message.substring(0, end);
        boolean isKind = !word.isEmpty() && word.length() <= 20 && word.chars().allMatch(Trouble::isCapital);
        boolean auth = message.startsWith("ERR") && message.contains("AUTH");
        boolean refused = REFUSALS.contains(word) || auth;
        return new Trouble("it answers " + (isKind ? word : "an error"), refused || ELSEWHERE.contains(word), refused);
    }

    private static boolean isCapital(int c) {
        return c >= 'A' && c <= 'Z';
    }
}
