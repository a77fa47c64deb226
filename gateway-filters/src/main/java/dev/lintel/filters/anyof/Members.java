package dev.lintel.filters.anyof;

import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters that are combined, and what follows from them. Immutable.
 *
 * @param list the filters, in the order in which they decide
 * @param ownedHeaders the request header fields that one of them writes
 * @param credentialNames the names under which one of them takes a credential
 * @param challenge the answer to requests without any credential; null if they pass
 */
record Members(
        List<Member> list,
        HeaderSelector ownedHeaders,
        Set<String> credentialNames,
        @Nullable Rejection challenge) {

    private static final String SUBJECT = "AnyOfFilter";

    private static final Rejection MISSING =
            Rejection.client(401, "credential-missing", "One of several kinds of credentials is required.");

    /** No filter yet, so nobody passes. */
    static final Members NONE = unchecked(List.of());

    /** Filters that may not be initialised yet; nobody passes. */
    static Members unchecked(List<Member> list) {
        return new Members(List.copyOf(list), HeaderSelector.none(), Set.of(), MISSING);
    }

    /**
     * Filters that know their options.
     *
     * @throws GatewayException if they do not go together
     */
    static Members of(List<Member> list) {
        Problems problems = new Problems();
        Members members = of(list, problems);
        problems.throwIfAny(SUBJECT);
        return members;
    }

    /** The same, noting why they do not go together. */
    static Members of(List<Member> list, Problems problems) {
        Rejection challenge = MISSING;
        HeaderSelector owned = HeaderSelector.none();
        Set<String> names = new LinkedHashSet<>();
        int optional = 0;
        for (int i = 0; i < list.size(); i++) {
            AuthenticatingFilter filter = list.get(i).filter();
            owned = owned.or(filter.ownedRequestHeaders());
            names.addAll(filter.credentialNames());
            Rejection own = filter.challenge();
            if (own == null) {
                optional++;
            } else {
                for (Rejection.Field field : own.headers()) {
                    challenge = challenge.withHeader(field.name(), field.value());
                }
            }
            for (Member before : list.subList(0, i)) {
                problems.require(
                        !HeaderSelector.sameFolded(before.filter().credentialField(), filter.credentialField()),
                        list.get(i).name(),
                        filter.credentialField(),
                        "another place for its credential than that of " + before.name());
            }
        }
        problems.require(
                optional == 0 || optional == list.size(),
                "optional",
                "true for " + optional + " of " + list.size() + " filters",
                "the same for all of them");
        return new Members(List.copyOf(list), owned, Set.copyOf(names), optional == 0 ? challenge : null);
    }

    /**
     * Initialises the filters, all or none.
     *
     * @throws GatewayException with the problems of the first that fails
     */
    void start(ServletContext context) {
        for (int i = 0; i < list.size(); i++) {
            try {
                list.get(i).filter().init(list.get(i).config(context));
            } catch (ServletException failed) {
                list.subList(0, i).forEach(member -> member.filter().destroy());
                throw problemsOf(list.get(i), failed);
            }
        }
    }

    void stop() {
        list.forEach(member -> member.filter().destroy());
    }

    private static GatewayException problemsOf(Member member, ServletException failed) {
        Problems problems = new Problems();
        if (failed.getCause() instanceof GatewayException wrong) {
            problems.addAll(member.name(), wrong.problems());
        } else {
            problems.add(member.name(), String.valueOf(failed.getMessage()), "a filter that can be initialised");
        }
        return new GatewayException(SUBJECT, problems.list());
    }
}
