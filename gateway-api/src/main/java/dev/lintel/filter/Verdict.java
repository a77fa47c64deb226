package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the credential of a request is worth, as one {@link AuthenticatingFilter} sees it. */
public sealed interface Verdict {

    /** No credential of this kind is presented. */
    Verdict ABSENT = new Absent();

    /** See {@link #ABSENT}. */
    record Absent() implements Verdict {}

    /** The credential is good and its caller may pass. */
    non-sealed interface Accepted extends Verdict {

        /** Whose credential it is. */
        Caller caller();

        /**
         * Writes down what services are to know of the caller, and hides what they are not to see. Called at most once for
         * a request, after identity from outside was hidden and the caller noted.
         */
        void apply(Exchange exchange, HttpServletRequest request);
    }

    /**
     * The request does not pass.
     *
     * @param rejection the answer
     * @param reason one or two words for logs, perhaps more exact than what the client is told; nothing of the credential
     * @param caller whose credential it is, if that much was verified; else null
     */
    record Refused(
            Rejection rejection, String reason, @Nullable Caller caller) implements Verdict {

        /** A refusal whose reason is no secret: the rejection's rule. */
        public static Refused of(Rejection rejection) {
            return new Refused(rejection, rejection.rule(), null);
        }
    }

    /** Something may come soon that changes the verdict, such as newer keys. */
    non-sealed interface Undecided extends Verdict {

        /**
         * Begins what may change the verdict, or joins it; null if nothing will come any more. Completes whatever happens. The
         * decision is made again then, or at once after null: what changes it may just have come.
         */
        @Nullable
        CompletableFuture<?> renewal();

        /** The longest time to wait for it, more than zero. */
        Duration atMost();

        /** The verdict if nothing comes of it. */
        Refused otherwise();
    }
}
