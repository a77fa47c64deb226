package dev.lintel.filters.anyof;

import dev.lintel.Exchange;
import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several filters made of one request, at least one of which accepted it and none refused. */
final class AcceptedTogether implements Verdict.Accepted {

    private final List<Member> members;
    private final Verdict[] verdicts;
    private final Caller caller;
    private final boolean oneSubject;

    private AcceptedTogether(List<Member> members, Verdict[] verdicts, Caller caller, boolean oneSubject) {
        this.members = members;
        this.verdicts = verdicts;
        this.caller = caller;
        this.oneSubject = oneSubject;
    }

    /**
     * What follows from the verdicts; null if no credential was presented.
     *
     * @param members the filters
     * @param verdicts one of each, in the same order; not changed any more
     */
    static @Nullable AcceptedTogether of(List<Member> members, Verdict[] verdicts) {
        Caller caller = null;
        boolean oneSubject = true;
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Accepted accepted) {
                if (caller == null) {
                    caller = accepted.caller();
                } else if (caller.subject().equals(accepted.caller().subject())) {
                    caller = caller.and(accepted.caller());
                } else {
                    oneSubject = false;
                }
            }
        }
        return caller == null ? null : new AcceptedTogether(members, verdicts, caller, oneSubject);
    }

    /** Whether all credentials are the same subject's; if not, nobody may be admitted by this. */
    boolean isOneSubject() {
        return oneSubject;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void apply(Exchange exchange, HttpServletRequest request) {
        for (int i = 0; i < verdicts.length; i++) {
            if (verdicts[i] instanceof Verdict.Accepted accepted) {
                accepted.apply(exchange, request);
            } else {
                members.get(i).filter().withhold(exchange, verdicts[i]);
            }
        }
    }
}
