package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilterOrderTest {

    private static final Filter FOREIGN = (request, response, chain) -> chain.doFilter(request, response);

    @Test
    void saysNothingAboutTheOrderOfTheDesign() {
        List<Filter> all =
                Stream.of(Stage.values()).<Filter>map(MarkedFilter::new).toList();
        assertThat(FilterOrder.warnings(all, List.of())).isEmpty();
        assertThat(FilterOrder.warnings(
                        List.of(FOREIGN, at(Stage.ACCESS_LOG), FOREIGN, new MarkedFilter(null), at(Stage.ACCESS_LOG)),
                        List.of(route("a", FOREIGN, at(Stage.CORS), at(Stage.AUTHENTICATION)))))
                .isEmpty();
    }

    @Test
    void warnsOfAFilterThatComesTooLate() {
        assertThat(FilterOrder.warnings(
                        List.of(at(Stage.AUTHENTICATION), FOREIGN, at(Stage.HEADER_STRIP), at(Stage.REQUEST_ID)),
                        List.of()))
                .containsExactly(
                        "every request: MarkedFilter after MarkedFilter (expected: HEADER_STRIP before AUTHENTICATION)",
                        "every request: MarkedFilter after MarkedFilter (expected: REQUEST_ID before AUTHENTICATION)");
    }

    @Test
    void warnsOfWhatMayRefuseBehindAFilterThatAnswersWithoutAskingIt() {
        Filter keeping = new MarkedFilter(Stage.TRANSFORM) {
            @Override
            public boolean answersForOthers() {
                return true;
            }
        };
        assertThat(FilterOrder.warnings(
                        List.of(new MarkedFilter(null), keeping, at(Stage.TRANSFORM)),
                        List.of(route("a", new MarkedFilter(null)), route("b"))))
                .singleElement()
                .asString()
                .startsWith("route a: MarkedFilter after ")
                .endsWith(
                        "(expected: before it, if it may refuse a request: what is kept is answered without asking it)");
    }

    @Test
    void looksAtTheWholeChainOfARoute() {
        assertThat(FilterOrder.warnings(
                        List.of(at(Stage.AUTHENTICATION)),
                        List.of(route("a", at(Stage.CALLER_LIMIT)), route("b", at(Stage.ADDRESS_LIMIT)))))
                .containsExactly(
                        "route b: MarkedFilter after MarkedFilter (expected: ADDRESS_LIMIT before AUTHENTICATION)");
    }

    @Test
    void warnsOnceOfTheGatewaysFiltersHoweverManyRoutesThereAre() {
        List<Filter> wrong = List.of(at(Stage.AUTHENTICATION), at(Stage.REQUEST_ID));
        assertThat(FilterOrder.warnings(wrong, List.of(route("a"), route("b", at(Stage.TRANSFORM)))))
                .containsExactly(
                        "every request: MarkedFilter after MarkedFilter (expected: REQUEST_ID before AUTHENTICATION)");
    }

    @Test
    void allowsWhatItWarnsOf() {
        Gateway gateway = Gateway.builder()
                .filter(at(Stage.TRANSFORM))
                .filter(at(Stage.REQUEST_ID))
                .otherwise(Destination.answer(404, "", ""))
                .build();
        assertThat(gateway.warnings()).hasSize(1);
    }

    private static Filter at(Stage stage) {
        return new MarkedFilter(stage);
    }

    private static Route route(String name, Filter... filters) {
        RouteBuilder route = Route.named(name).path("/" + name).answer(200, "", "");
        Stream.of(filters).forEach(route::filter);
        return route.build();
    }
}
