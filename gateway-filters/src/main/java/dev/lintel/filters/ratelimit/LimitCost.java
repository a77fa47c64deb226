package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.limit.RateLimit;
import dev.lintel.request.HeaderSyntax;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many units a request uses. Implementations are immutable and thread-safe. */
public sealed interface LimitCost {

    /** What is charged before the request goes on, at least 1. */
    long atFirst(HttpServletRequest request);

    /**
     * What it has cost, when it has ended.
     *
     * @param charged what was charged at first
     * @return at least 0
     */
    default long atEnd(Exchange exchange, HttpServletResponse response, long charged) {
        return charged;
    }

    /** Whether the end can tell another cost. */
    default boolean isSettledAtEnd() {
        return false;
    }

    /**
     * The same for every request.
     *
     * @param units 1 to a thousand million
     */
    record Fixed(long units) implements LimitCost {

        /** One unit each. */
        public static final Fixed ONE = new Fixed(1);

        /** Checks the number. */
        public Fixed {
            check("cost", units, 1);
        }

        @Override
        public long atFirst(HttpServletRequest request) {
            return units;
        }
    }

    /**
     * By the size of the request's body: that of the first class that it fits into. A request that does not tell its size is
     * charged for the largest at first, and gets back at its end what that was too much.
     *
     * @param classes ascending by size, at least one
     * @param beyond the units of larger bodies
     */
    record ByBody(List<SizeClass> classes, long beyond) implements LimitCost {

        /** Copies and checks the classes. */
        public ByBody {
            classes = List.copyOf(classes);
            check("cost", beyond, 1);
            for (int i = 1; i < classes.size(); i++) {
                if (classes.get(i).upTo() <= classes.get(i - 1).upTo()) {
                    throw new IllegalArgumentException(
                            "cost: sizes not ascending (expected: each larger than the last)");
                }
            }
        }

        @Override
        public long atFirst(HttpServletRequest request) {
            long length = request.getContentLengthLong();
            if (length < 0
                    && request.getProtocol().startsWith("HTTP/1")
                    && request.getHeader("Transfer-Encoding") == null) {
                length = 0;
            }
            return length < 0 ? dearest() : of(length);
        }

        @Override
        public long atEnd(Exchange exchange, HttpServletResponse response, long charged) {
            return charged == dearest() ? of(exchange.requestBytes()) : charged;
        }

        @Override
        public boolean isSettledAtEnd() {
            return true;
        }

        private long dearest() {
            long most = beyond;
            for (SizeClass one : classes) {
                most = Math.max(most, one.units());
            }
            return most;
        }

        private long of(long bytes) {
            for (SizeClass one : classes) {
                if (bytes <= one.upTo()) {
                    return one.units();
                }
            }
            return beyond;
        }
    }

    /**
     * What bodies up to a size cost.
     *
     * @param upTo the largest size in octets, at least 0
     * @param units 1 to a thousand million
     */
    record SizeClass(long upTo, long units) {

        /** Checks the numbers. */
        public SizeClass {
            check("cost", units, 1);
            if (upTo < 0) {
                throw new IllegalArgumentException("cost: " + upTo + " (expected: a size of at least 0)");
            }
        }
    }

    /**
     * What the answer says of it in a header field, a whole number from 0 to a thousand million. An estimate is charged at first,
     * and stands if the answer says nothing of it, or something else.
     *
     * @param header the field's name
     * @param estimate 1 to a thousand million
     */
    record ByAnswer(String header, long estimate) implements LimitCost {

        /** Checks the name and the number. */
        public ByAnswer {
            check("cost", estimate, 1);
            if (!HeaderSyntax.isName(header)) {
                throw new IllegalArgumentException("costHeader: " + header + " (expected: a field name)");
            }
        }

        @Override
        public long atFirst(HttpServletRequest request) {
            return estimate;
        }

        @Override
        public long atEnd(Exchange exchange, HttpServletResponse response, long charged) {
            String told = told(response);
            Long units = told == null ? null : number(told.strip());
            return units == null ? charged : units;
        }

        private @Nullable String told(HttpServletResponse response) {
            try {
                return response.getHeader(header);
            } catch (RuntimeException over) {
                // the container is done with the response already, and what else is to be settled is settled all the
                // same
                return null;
            }
        }

        @Override
        public boolean isSettledAtEnd() {
            return true;
        }

        private static @Nullable Long number(String text) {
            boolean digits =
                    !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? Long.valueOf(Math.min(RateLimit.MOST_UNITS, Long.parseLong(text))) : null;
        }
    }

    private static void check(String name, long units, long least) {
        if (units < least || units > RateLimit.MOST_UNITS) {
            throw new IllegalArgumentException(
                    name + ": " + units + " (expected: " + least + " to " + RateLimit.MOST_UNITS + ")");
        }
    }
}
