package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two requests for the same stale answer, and what stays when theirs come in another order than that in which they were sent. */
class CacheOrderTest {

    private static final Answer CONFIRMED = Answer.head(304, FRESH, "ETag: \"old\"");
    private static final Answer OLD = Answer.ok("old", FRESH, "ETag: \"old\"");
    private static final Answer NEW = Answer.ok("new", FRESH, "ETag: \"new\"");
    private static final Answer PRIVATE = Answer.ok("private", "Cache-Control: private");

    private final CachedGateway gateway = CachedGateway.start();
    private final ExecutorService clients = Executors.newFixedThreadPool(2);

    @BeforeEach
    void keepsOneThatIsStale() {
        gateway.answering(OLD);
        gateway.get("/a");
        gateway.pass(61);
        gateway.upstream().forget();
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        gateway.close();
    }

    /** Asks twice, and has both answered in the other order; what is kept then. */
    private String keptAfterCrossing(Answer toFirst, Answer toSecond) throws Exception {
        return keptAfter(List.of(toFirst, toSecond), 1, 0);
    }

    private String keptAfter(List<Answer> answers, int... order) throws Exception {
        List<CountDownLatch> gates = List.of(new CountDownLatch(1), new CountDownLatch(1));
        List<Future<RawResponse>> pending = new ArrayList<>();
        int ended = gateway.ended();
        gateway.scripted(request -> {
            int turn = Integer.parseInt(request.header("X-Turn"));
            return answers.get(turn).after(gates.get(turn));
        });
        for (int i = 0; i < 2; i++) {
            String turn = "X-Turn: " + i;
            pending.add(clients.submit(() -> gateway.send(RawRequest.get("/a"), turn)));
            gateway.upstream().awaitHeads(i + 1);
        }
        for (int each : order) {
            gates.get(each).countDown();
            gateway.awaitEnded(++ended);
        }
        for (Future<RawResponse> each : pending) {
            assertThat(each.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        RawResponse kept = gateway.get("/a", "Cache-Control: only-if-cached");
        return kept.status() == 504 ? "nothing" : kept.bodyText();
    }

    @Test
    void aLateAnswerDoesNotTakeThePlaceOfOneThatWasAskedForLater() throws Exception {
        assertThat(keptAfterCrossing(Answer.ok("older", FRESH), NEW)).isEqualTo("new");
    }

    @Test
    void aLateConfirmationDoesNotBringBackWhatHasBeenReplaced() throws Exception {
        assertThat(keptAfterCrossing(CONFIRMED, NEW)).isEqualTo("new");
    }

    /** Nobody knows which of the two the upstream has answered first. */
    @Test
    void norDoesOneThatWasAskedForLaterThanWhatReplacedIt() throws Exception {
        assertThat(keptAfter(List.of(NEW, CONFIRMED), 0, 1)).isEqualTo("new");
    }

    @Test
    void aConfirmationDoesNotBringBackWhatALaterAnswerHasTakenAway() throws Exception {
        assertThat(keptAfterCrossing(CONFIRMED, PRIVATE)).isEqualTo("nothing");
    }

    @Test
    void aLateAnswerThatIsNotKeptLeavesWhatWasAskedForLater() throws Exception {
        assertThat(keptAfterCrossing(PRIVATE, NEW)).isEqualTo("new");
    }

    @Test
    void aLateConfirmationThatIsOfSomethingElseLeavesWhatWasAskedForLater() throws Exception {
        assertThat(keptAfterCrossing(Answer.head(304, FRESH, "ETag: \"else\""), CONFIRMED))
                .isEqualTo("old");
    }

    @Test
    void anAnswerThatIsNotKeptTakesAwayWhatAnEarlierOneHasConfirmed() throws Exception {
        assertThat(keptAfter(List.of(CONFIRMED, PRIVATE), 0, 1)).isEqualTo("nothing");
    }

    @Test
    void theLastIsKeptIfAllComeInOrder() throws Exception {
        assertThat(keptAfter(List.of(Answer.ok("older", FRESH), NEW), 0, 1)).isEqualTo("new");
    }
}
