package dev.lintel.router;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.GatewayState;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of the gateways that are served at one place, one after the other: each is initialised for the first gateway that has it
 * and destroyed after the last. Not thread-safe.
 */
final class SharedFilters {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private static final class Use {

        private final GatewayState.Part state;
        private int gateways;

        private Use(GatewayState.Part state) {
            this.state = state;
        }
    }

    private final IdentityHashMap<Filter, Use> uses = new IdentityHashMap<>();
    private final GatewayState state = new GatewayState();

    /**
     * Initialises those filters of a gateway that are not yet.
     *
     * @param context where
     * @param name the name of the servlet or filter that runs the gateway
     * @param problems where it is noted which cannot be
     * @return whether all are initialised; if not, all is as it was before
     */
    boolean take(Gateway gateway, ServletContext context, String name, Problems problems) {
        IdentityHashMap<Filter, String> places = new IdentityHashMap<>();
        List<Filter> filters = all(gateway, places);
        GatewayState.Mounting mounting = state.mounting();
        for (Filter filter : filters) {
            Use known = uses.get(filter);
            if (known != null) {
                mounting.leave(known.state);
            }
        }
        List<Filter> taken = new ArrayList<>();
        boolean failed = false;
        for (Filter filter : filters) {
            String place = places.getOrDefault(filter, "");
            Use use = uses.get(filter);
            if (use == null) {
                use = new Use(mounting.part(place));
                uses.put(filter, use);
                var config = new SyntheticConfig(name + "-" + filter.getClass().getSimpleName(), context, use.state);
                failed |= !initialise(filter, config, place, problems);
            }
            use.gateways++;
            taken.add(filter);
        }
        if (failed) {
            taken.forEach(this::giveBack);
        }
        return !failed;
    }

    /** Destroys those filters of a gateway, for which {@link #take} has succeeded, that no other has. */
    void giveBack(Gateway gateway) {
        all(gateway, new IdentityHashMap<>()).forEach(this::giveBack);
    }

    /** Each filter once, and where it stands. */
    private static List<Filter> all(Gateway gateway, IdentityHashMap<Filter, String> places) {
        List<Filter> filters = new ArrayList<>();
        note("", gateway.filters(), filters, places);
        for (Route route : gateway.routes()) {
            note(route.name(), route.filters(), filters, places);
        }
        return filters;
    }

    /** What several routes share stands at the first of them by name, in whichever order they are given. */
    private static void note(
            String place, List<Filter> at, List<Filter> filters, IdentityHashMap<Filter, String> places) {
        for (Filter filter : at) {
            String before = places.get(filter);
            if (before == null) {
                filters.add(filter);
            }
            if (before == null || place.compareTo(before) < 0) {
                places.put(filter, place);
            }
        }
    }

    private static boolean initialise(Filter filter, SyntheticConfig config, String place, Problems problems) {
        String option = (place.isEmpty() ? "filters." : "routes." + place + ".filters.")
                + filter.getClass().getSimpleName();
        try {
            filter.init(config);
            return true;
        } catch (ServletException | RuntimeException | LinkageError failed) {
            Throwable reason = failed.getCause() instanceof GatewayException inside ? inside : failed;
            if (reason instanceof GatewayException wrong) {
                problems.addAll(option, wrong.problems());
            } else {
                LOG.warn("{}: not initialised", option, failed);
                problems.add(option, String.valueOf(failed.getMessage()), "a filter that can be initialised");
            }
            return false;
        }
    }

    private void giveBack(Filter filter) {
        Use use = uses.get(filter);
        if (use == null || --use.gateways > 0) {
            return;
        }
        uses.remove(filter);
        try {
            filter.destroy();
        } catch (RuntimeException failed) {
            LOG.warn("{}: not destroyed cleanly", filter.getClass().getSimpleName(), failed);
        }
        use.state.giveBack();
    }
}
