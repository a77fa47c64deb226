package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.Freshness.Times;
import dev.lintel.filters.cache.ResponseStore.Outcome;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes on because nothing that is kept answers it: asks whether what is stale is still right, and keeps what comes if
 * that may be kept and came whole. Confined to its request.
 */
final class Fetch {

    private static final HeaderSelector CONDITIONS = HeaderSelector.of("If-None-Match", "If-Modified-Since");

    private final ResponseStore store;
    private final CacheOptions options;
    private final Exchange exchange;
    private final HttpServletRequest request;
    private final Asked asked;
    private final String why;
    private final @Nullable StoredResponse stale;
    private final long mark;
    private final long turn;
    private final Way way;
    private final long askedNanos;
    private final ExchangeSettings settings;
    private final List<HeaderField> writtenBefore;
    private final int removedBefore;
    private boolean conditional;
    private @Nullable StoredResponse coming;
    private @Nullable BodyCopy copy;
    private long declared = -1;
    private boolean sealed;
    private boolean superseded;
    private volatile boolean lost;

    /**
     * Begins it.
     *
     * @param why what Cache-Status says of it
     * @param stale what is to be asked about; null for nothing
     */
    Fetch(
            ResponseStore store,
            CacheOptions options,
            Exchange exchange,
            HttpServletRequest request,
            Asked asked,
            String why,
            @Nullable StoredResponse stale) {
        this.store = store;
        this.options = options;
        this.exchange = exchange;
        this.request = request;
        this.asked = asked;
        this.why = why;
        this.stale = stale;
        this.mark = store.mark(asked.key());
        this.turn = store.turn();
        this.way = Way.of(asked.route(), asked.forwarded());
        this.askedNanos = nanos();
        this.settings = exchange.settings();
        this.writtenBefore = List.copyOf(exchange.requestHeaders().written());
        this.removedBefore = exchange.requestHeaders().removed().size();
        if (stale != null && stale.validators().areAny()) {
            ask(stale.validators());
        }
        exchange.onComplete(this::end);
    }

    Asked asked() {
        return asked;
    }

    long nanos() {
        return exchange.settings().time().nanos().getAsLong();
    }

    /** Asks in place of the client whether what is kept is still right (RFC 9111 section 4.3.1). */
    private void ask(Validators validators) {
        conditional = true;
        HeaderChanges changes = exchange.requestHeaders();
        changes.remove(CONDITIONS);
        String tag = validators.tag();
        if (tag != null) {
            changes.set("If-None-Match", tag);
        }
        if (validators.modified() != null) {
            // in the form that everybody reads, whatever that of the answer was
            changes.set("If-Modified-Since", HttpDate.format(validators.seconds() * 1000));
        }
    }

    /** Asks without a condition, since the answer to one might not be seen here, and would then reach a client that has not asked so. */
    void askNothing() {
        if (conditional) {
            conditional = false;
            exchange.requestHeaders().forget("If-None-Match");
            exchange.requestHeaders().forget("If-Modified-Since");
        }
    }

    /** What is to be answered in place of an answer with that head; null if that answer is passed on. */
    @Nullable
    StoredResponse replacement(int status, List<HeaderField> head, EarlierFields earlier) {
        StoredResponse known = stale;
        if (known == null) {
            return null;
        }
        if (conditional && status == 304) {
            store.count(Outcome.REVALIDATED);
            return confirmed(known, head, earlier);
        }
        boolean failed = status == 500 || status == 502 || status == 503 || status == 504;
        if (failed && known.standsInForErrors(nanos())) {
            store.count(Outcome.STALE);
            return known;
        }
        return null;
    }

    /** RFC 9111 section 4.3.4. */
    private StoredResponse confirmed(StoredResponse known, List<HeaderField> head, EarlierFields earlier) {
        if (!known.isMeantBy(head, exchange.settings().time().wall().instant())) {
            // the client has not asked by what was asked by here, so that it gets what there is, once
            store.drop(asked.key(), known, turn, nanos());
            return known;
        }
        List<String> varying = earlier.varying(head);
        HeaderChanges changes = exchange.responseHeaders();
        List<HeaderField> all = known.confirmedBy(dated(StorageRules.passed(head, changes)));
        CacheControl control = StorageRules.control(all);
        StoredResponse fresh = response(known.status(), all, control, head, known.selection(), known.body());
        boolean keeps = !lost
                && varying != null
                && known.selection().goesBy(varying)
                && !StorageRules.forbid(head, control, changes)
                && !StorageRules.forbid(all, control, changes)
                && ResponseHead.lines(all, "Vary").equals(ResponseHead.lines(known.fields(), "Vary"))
                && !isSpoilt()
                && !asked.control().says(Flag.NO_STORE)
                && isLasting(fresh);
        if (keeps) {
            // unless something else has taken its place
            var unused = store.confirm(asked.key(), fresh.ofMany(), mark, nanos());
        } else {
            store.drop(asked.key(), known, turn, nanos());
        }
        return fresh;
    }

    /** RFC 9110 section 6.6.1: what has no date is dated before it is answered again. */
    private List<HeaderField> dated(List<HeaderField> fields) {
        if (ResponseHead.first(fields, "Date") != null) {
            return fields;
        }
        List<HeaderField> dated = new ArrayList<>(fields);
        long now = exchange.settings().time().wall().instant().toEpochMilli();
        dated.add(new HeaderField("Date", HttpDate.format(now)));
        return List.copyOf(dated);
    }

    private StoredResponse response(
            int status,
            List<HeaderField> fields,
            CacheControl control,
            List<HeaderField> head,
            Selection selection,
            StoredBody body) {
        Times times =
                new Times(askedNanos, nanos(), exchange.settings().time().wall().instant());
        List<HeaderField> dated = new ArrayList<>(fields);
        ResponseHead.lines(head, "Age").forEach(age -> dated.add(new HeaderField("Age", age)));
        boolean guessed = options.heuristics() && StorageRules.mayGuess(status);
        return new StoredResponse(
                status,
                fields,
                body,
                Freshness.of(dated, control, guessed, times),
                control,
                Validators.of(fields, times.came()),
                selection,
                way,
                turn);
    }

    /** Whether somebody said that it may be kept, and it will be of use. */
    private boolean isLasting(StoredResponse response) {
        Freshness freshness = response.freshness();
        boolean said = freshness.explicit()
                || freshness.lifetime() > 0
                || response.control().says(Flag.NO_CACHE);
        return said && response.isOfUse(nanos());
    }

    /**
     * The head of an answer that is passed on is complete.
     *
     * @return where its body is to be copied to; null for nowhere
     */
    @Nullable
    BodyCopy passOn(int status, List<HeaderField> head, EarlierFields earlier) {
        copy = null;
        coming = lost ? null : candidate(status, head, earlier.varying(head));
        if (coming != null) {
            copy = new BodyCopy(store, options.maxEntrySize());
        }
        // an answer about the resource, and not about this one request
        superseded = status < 400 || status == 404 || status == 410;
        return copy;
    }

    private @Nullable StoredResponse candidate(int status, List<HeaderField> head, @Nullable List<String> varying) {
        if (varying == null) {
            return null;
        }
        HeaderChanges changes = exchange.responseHeaders();
        CacheControl control = StorageRules.control(head);
        List<HeaderField> kept = StorageRules.kept(head, changes);
        List<String> lines = new ArrayList<>(varying);
        if (asked.origins() && ResponseHead.first(kept, "Access-Control-Allow-Origin") == null) {
            // another origin may be one that the destination lets read
            lines.add("Origin");
        }
        List<String> names = Selection.names(lines, StorageRules.MOST_VARY);
        String length = ResponseHead.first(head, "Content-Length");
        declared = length == null ? -1 : CacheControl.digits(length);
        if (asked.control().says(Flag.NO_STORE)
                || !StorageRules.isUnderstood(status)
                || StorageRules.forbid(head, control, changes)
                || names == null
                || names.stream().anyMatch(this::isChangedBehind)
                || length != null && (declared < 0 || declared > options.maxEntrySize())
                || StorageRules.isSpoilt(exchange)) {
            return null;
        }
        StoredResponse response =
                response(status, dated(kept), control, head, Selection.of(names, request), StoredBody.NONE);
        return isLasting(response) ? response : null;
    }

    /** Whether a filter behind this one has a say in a field of the request, so that its value here tells nothing. */
    private boolean isChangedBehind(String name) {
        HeaderChanges changes = exchange.requestHeaders();
        for (HeaderField field : changes.written()) {
            if (HeaderSelector.sameFolded(field.name(), name) && !writtenBefore.contains(field)) {
                return true;
            }
        }
        return changes.removed().stream().skip(removedBefore).anyMatch(removed -> removed.matches(name));
    }

    /** What Cache-Status says of an answer that is passed on, or in whose place another one comes. */
    String told(int status) {
        // whether it is stored is known when all of it has been sent
        return "lintel; fwd=" + why + (stale == null ? "" : "; fwd-status=" + status);
    }

    /** Who answers has said that this is all of it. */
    void seal() {
        sealed = true;
    }

    /** Nothing of it is kept. */
    void forget() {
        coming = null;
        if (copy != null) {
            copy.drop();
            copy = null;
        }
    }

    /** Nothing of it is kept, even if the answer begins again. */
    void lose() {
        lost = true;
        forget();
    }

    /** Something of the answer could not be written, whether or not anybody else is told of that. */
    void broke(Throwable failed) {
        if (failed instanceof IOException) {
            exchange.failure("client-gone");
        }
        lose();
    }

    /** Keeps the answer if it is whole; what was stale is gone once something else was answered. */
    private void end(Exchange ended) {
        if (!keeps(ended) && superseded && stale != null && ended.rejection() == null) {
            store.drop(asked.key(), stale, turn, nanos());
        }
        forget();
    }

    /** Whether the answer is not what was asked for: somebody's, or from where a gateway further in has led the request since. */
    @SuppressWarnings("ReferenceEquality") // another gateway's settings may say the same
    private boolean isSpoilt() {
        return StorageRules.isSpoilt(exchange)
                || exchange.settings() != settings
                || !way.isThatOf(exchange.route(), asked.forwarded());
    }

    private boolean keeps(Exchange ended) {
        StoredResponse response = coming;
        BodyCopy bytes = copy;
        byte[] body = bytes == null ? null : bytes.whole();
        return response != null
                && body != null
                && sealed
                && !lost
                && (declared < 0 || declared == body.length)
                && ended.status() == response.status()
                && !isSpoilt()
                && store.keep(asked.key(), response.with(new StoredBody(body)), mark, nanos());
    }
}
