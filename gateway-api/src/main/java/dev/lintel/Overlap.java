package dev.lintel;

import dev.lintel.request.PathPattern;
import dev.lintel.request.PathPattern.Kind;
import dev.lintel.request.PathPattern.Segment;
import java.util.List;

/** How the paths that two patterns match lie to each other. */
final class Overlap {

    private Overlap() {}

    /** Whether some path is matched by both. */
    static boolean of(PathPattern one, PathPattern other) {
        int common = Math.min(one.segments().size(), other.segments().size());
        for (int i = 0; i < common; i++) {
            Segment first = one.segments().get(i);
            Segment second = other.segments().get(i);
            if (first.kind() == Kind.REST || second.kind() == Kind.REST) {
                return true;
            }
            if (first.kind() == Kind.LITERAL
                    && second.kind() == Kind.LITERAL
                    && !first.text().equals(second.text())) {
                return false;
            }
        }
        boolean sameEnd =
                one.segments().size() == other.segments().size() && one.trailingSlash() == other.trailingSlash();
        return sameEnd || restsAt(one, common) || restsAt(other, common);
    }

    /** Whether every path that the narrow one matches is matched by the wide one. */
    static boolean covers(PathPattern wide, PathPattern narrow) {
        List<Segment> segments = narrow.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (restsAt(wide, i)) {
                return true;
            }
            if (i >= wide.segments().size() || !covers(wide.segments().get(i), segments.get(i))) {
                return false;
            }
        }
        return restsAt(wide, segments.size())
                || wide.segments().size() == segments.size() && wide.trailingSlash() == narrow.trailingSlash();
    }

    /** Which one is asked first about a path that both match: negative for the first. */
    static int compare(PathPattern one, PathPattern other) {
        int common = Math.min(one.segments().size(), other.segments().size());
        for (int i = 0; i < common; i++) {
            int order = one.segments()
                    .get(i)
                    .kind()
                    .compareTo(other.segments().get(i).kind());
            if (order != 0) {
                return order;
            }
        }
        // the path ends where the other one has its rest
        return one.segments().size() - other.segments().size();
    }

    private static boolean covers(Segment wide, Segment narrow) {
        return wide.kind() == Kind.LITERAL ? wide.equals(narrow) : narrow.kind() != Kind.REST;
    }

    private static boolean restsAt(PathPattern pattern, int index) {
        return index < pattern.segments().size()
                && pattern.segments().get(index).kind() == Kind.REST;
    }
}
