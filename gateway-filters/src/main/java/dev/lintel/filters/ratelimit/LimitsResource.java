package dev.lintel.filters.ratelimit;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.limit.LimitState;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /limits} at the admin port. GET lists the limits of each place, and with {@code busiest=NAME} the keys of a limit that have
 * least left, as hashes that tell nothing of whose they are. POST finds what was counted for a key that its body presents, one part on
 * each line: {@code look=NAME} tells it, {@code reset=NAME} forgets it. {@code place=PLACE} says where, if there are several.
 * Thread-safe.
 */
public final class LimitsResource implements AdminResource {

    private static final int LISTED = 20;

    /** For {@link java.util.ServiceLoader}. */
    public LimitsResource() {}

    @Override
    public String path() {
        return "/limits";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST");
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        Map<String, LimitView> places = places(request.gateway());
        String place = request.parameter("place").orElse(null);
        if (place != null) {
            places.keySet().retainAll(Set.of(place));
        }
        try {
            return request.method().equals("POST") ? post(request, places) : get(request, places);
        } catch (IllegalArgumentException unknown) {
            return AdminAnswer.json(404, LimitsJson.error("no such limit, or not as many parts as its key has"));
        }
    }

    private static AdminAnswer get(AdminRequest request, Map<String, LimitView> places) {
        String busiest = request.parameter("busiest").orElse(null);
        if (busiest == null) {
            return AdminAnswer.json(200, LimitsJson.limits(places));
        }
        List<LimitView.BusyKey> keys = new ArrayList<>();
        for (LimitView view : having(busiest, places)) {
            keys.addAll(view.busiest(busiest, LISTED, Time.system()));
        }
        return AdminAnswer.json(200, LimitsJson.keys(keys));
    }

    private static AdminAnswer post(AdminRequest request, Map<String, LimitView> places) {
        List<String> values = request.body().lines().toList();
        String reset = request.parameter("reset").orElse(null);
        String look = request.parameter("look").orElse(null);
        if (reset == null == (look == null)) {
            return AdminAnswer.json(400, LimitsJson.error("look=NAME or reset=NAME, and the key in the body"));
        }
        if (reset != null) {
            boolean any = false;
            for (LimitView view : having(reset, places)) {
                any |= view.reset(reset, values);
            }
            return AdminAnswer.json(200, LimitsJson.reset(any));
        }
        List<LimitState> states = new ArrayList<>();
        for (LimitView view : having(String.valueOf(look), places)) {
            states.addAll(view.look(String.valueOf(look), values, Time.system()));
        }
        return AdminAnswer.json(200, LimitsJson.states(states));
    }

    private static List<LimitView> having(String limit, Map<String, LimitView> places) {
        List<LimitView> views = places.values().stream()
                .filter(view -> view.limits().stream()
                        .anyMatch(one -> one.setting().limit().name().equals(limit)))
                .toList();
        if (views.isEmpty()) {
            throw new IllegalArgumentException("limit: not found");
        }
        return views;
    }

    /** The filters that count, by where they stand: a route's name, or an empty text for the gateway itself. */
    private static Map<String, LimitView> places(Gateway gateway) {
        Map<String, LimitView> places = new LinkedHashMap<>();
        put("", gateway.filters(), places);
        for (Route route : gateway.routes()) {
            put(route.name(), route.filters(), places);
        }
        return places;
    }

    private static void put(String place, List<? extends Filter> filters, Map<String, LimitView> places) {
        int number = 1;
        for (Filter filter : filters) {
            if (filter instanceof RateLimitFilter limits && limits.isRunning()) {
                places.put(number == 1 ? place : place + "#" + number, limits.view());
                number++;
            }
        }
    }
}
