package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitState;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link LimitsResource} says, in JSON. Names of limits and places need no escaping. */
final class LimitsJson {

    private LimitsJson() {}

    static String error(String text) {
        return "{\"error\":\"" + text + "\"}";
    }

    static String reset(boolean any) {
        return "{\"reset\":" + any + "}";
    }

    static String limits(Map<String, LimitView> places) {
        StringBuilder json = new StringBuilder("{\"places\":[");
        places.forEach((place, view) -> {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append("{\"place\":\"").append(place).append("\",\"allowed\":").append(view.allowed());
            json.append(",\"refused\":")
                    .append(view.refused())
                    .append(",\"waiting\":")
                    .append(view.waiting());
            json.append(",\"storeFailures\":").append(view.storeFailures()).append(",\"limits\":[");
            for (LimitView.Standing limit : view.limits()) {
                json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
                json.append("{\"name\":\"").append(limit.setting().limit().name());
                json.append("\",\"key\":\"")
                        .append(escaped(limit.setting().key().toString()));
                json.append("\",\"mode\":\"")
                        .append(limit.setting().mode().name().toLowerCase(Locale.ROOT));
                json.append("\",\"exceeded\":").append(limit.exceeded());
                json.append(",\"keys\":").append(limit.keys()).append('}');
            }
            json.append("]}");
        });
        return json.append("]}").toString();
    }

    static String keys(List<LimitView.BusyKey> keys) {
        StringBuilder json = new StringBuilder("{\"keys\":[");
        for (LimitView.BusyKey key : keys) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append("{\"id\":\"")
                    .append(key.id())
                    .append("\",\"quota\":")
                    .append(key.limit().quota());
            json.append(",\"remaining\":").append(key.remaining()).append('}');
        }
        return json.append("]}").toString();
    }

    static String states(List<LimitState> states) {
        StringBuilder json = new StringBuilder("{\"states\":[");
        for (LimitState state : states) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append("{\"quota\":").append(state.limit().quota());
            json.append(",\"remaining\":").append(state.remaining());
            json.append(",\"secondsToMore\":").append(state.secondsToMore()).append('}');
        }
        return json.append("]}").toString();
    }

    /** Claims' names are chosen by users. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
