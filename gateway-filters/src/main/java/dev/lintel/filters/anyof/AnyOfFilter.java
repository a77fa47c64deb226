package dev.lintel.filters.anyof;

import dev.lintel.Exchange;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Verdict;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry a good credential of at least one kind, such as a token or an API key, and no bad one. Each
 * kind has a filter of its own, which decides about it and tells services what it knows. Without any credential: 401 with
 * the challenges of all kinds, unless all of the filters are optional. A bad credential is refused whatever stands beside
 * it; two good ones of two callers: 403. Thread-safe.
 */
public final class AnyOfFilter extends AuthenticatingFilter implements NonWaiting {

    private Members members;

    /** Asks a filter for its verdict on a request. */
    @FunctionalInterface
    private interface Asking {
        @Nullable
        Verdict verdictOf(AuthenticatingFilter filter);
    }

    /** For {@code web.xml}: the filters and their options come from init-params. */
    public AnyOfFilter() {
        super(false);
        this.members = Members.NONE;
    }

    private AnyOfFilter(Members members) {
        super(true);
        this.members = members;
    }

    /**
     * A filter made of others, which are used by it alone.
     *
     * @param first a filter, with its options
     * @param second a filter for another kind of credential
     * @param more further ones
     * @throws dev.lintel.option.GatewayException if two look for their credential in one place, or some are optional and
     *     some are not
     */
    public static AnyOfFilter anyOf(
            AuthenticatingFilter first, AuthenticatingFilter second, AuthenticatingFilter... more) {
        List<Member> all = new ArrayList<>();
        all.add(Member.of(first));
        all.add(Member.of(second));
        for (AuthenticatingFilter one : more) {
            all.add(Member.of(one));
        }
        return new AnyOfFilter(Members.of(all));
    }

    @Override
    public OptionCatalogue catalogue() {
        return AnyOfCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader options) {
        List<Member> named = Member.read(options);
        Problems problems = options.problems();
        problems.require(named.size() > 1 || !problems.isEmpty(), "filters", named.size(), "at least two names");
        members = problems.isEmpty() ? Members.of(named, problems) : Members.unchecked(named);
    }

    @Override
    protected void start(FilterConfig config) {
        members.start(config.getServletContext());
    }

    @Override
    protected void stop() {
        members.stop();
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return members.ownedHeaders();
    }

    @Override
    public boolean isReady() {
        for (Member member : members.list()) {
            if (!member.filter().isReady()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean neverWaits() {
        List<Member> list = members.list();
        for (Member member : list) {
            if (!(member.filter() instanceof NonWaiting marked) || !marked.neverWaits()) {
                return false;
            }
        }
        return !list.isEmpty();
    }

    @Override
    public Set<String> credentialNames() {
        return members.credentialNames();
    }

    /** A refusal comes before an acceptance, and before waiting. Of several filters that wait, the first is waited for. */
    @Override
    public Verdict decide(Exchange exchange, HttpServletRequest request) {
        Verdict verdict = decided(filter -> filter.decide(exchange, request));
        if (verdict == null) {
            throw new IllegalStateException("verdict: none (expected: one of every filter)");
        }
        return verdict;
    }

    @Override
    public @Nullable Verdict foresee(Exchange exchange, HttpServletRequest request) {
        return decided(filter -> filter.foresee(exchange, request));
    }

    /** Null if one of those that have to be asked does not know. */
    private @Nullable Verdict decided(Asking asking) {
        List<Member> list = members.list();
        if (list.isEmpty()) {
            throw new IllegalStateException("AnyOfFilter: not initialised (expected: init before the first request)");
        }
        Verdict[] verdicts = new Verdict[list.size()];
        Verdict undecided = null;
        for (int i = 0; i < verdicts.length; i++) {
            Verdict verdict = asking.verdictOf(list.get(i).filter());
            if (verdict == null) {
                return null;
            }
            if (verdict instanceof Verdict.Refused) {
                return verdict;
            }
            if (undecided == null && verdict instanceof Verdict.Undecided) {
                undecided = verdict;
            }
            verdicts[i] = verdict;
        }
        return undecided == null ? together(list, verdicts) : undecided;
    }

    private static Verdict together(List<Member> list, Verdict[] verdicts) {
        AcceptedTogether accepted = AcceptedTogether.of(list, verdicts);
        if (accepted == null) {
            return Verdict.ABSENT;
        }
        return accepted.isOneSubject() ? accepted : DIFFERENT_SUBJECTS;
    }

    @Override
    public @Nullable Rejection challenge() {
        return members.challenge();
    }

    /** Where the first of the filters looks. */
    @Override
    public String credentialField() {
        return members.list().isEmpty() ? "" : members.list().get(0).filter().credentialField();
    }

    @Override
    public void withhold(Exchange exchange, Verdict verdict) {
        for (Member member : members.list()) {
            member.filter().withhold(exchange, verdict);
        }
    }

    @Override
    public void report(Verdict.Refused refused) {
        for (Member member : members.list()) {
            member.filter().report(refused);
        }
    }
}
