package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GatewayStateTest {

    private final GatewayState state = new GatewayState();

    private static AtomicInteger take(GatewayState.Part part, Object shape) {
        return part.take(AtomicInteger.class, shape, AtomicInteger::new);
    }

    @Test
    void handsOverWhatStandsAtTheSamePlaceInTheSameShape() {
        AtomicInteger before = take(state.mounting().part("orders"), "100/min");
        assertThat(take(state.mounting().part("orders"), "100/min")).isSameAs(before);
    }

    @Test
    void beginsAnewForAnotherPlaceShapeOrKind() {
        AtomicInteger before = take(state.mounting().part("orders"), "100/min");
        GatewayState.Mounting next = state.mounting();
        assertThat(take(next.part("stock"), "100/min")).isNotSameAs(before);
        assertThat(take(next.part("orders"), "50/min")).isNotSameAs(before);
        assertThat(next.part("orders").take(Object.class, "100/min", Object::new))
                .isNotSameAs(before);
    }

    @Test
    void givesNoTwoFiltersOfOneGatewayTheSame() {
        GatewayState.Mounting first = state.mounting();
        AtomicInteger one = take(first.part("orders"), "100/min");
        AtomicInteger two = take(first.part("orders"), "100/min");
        assertThat(two).isNotSameAs(one);
        GatewayState.Mounting second = state.mounting();
        assertThat(take(second.part("orders"), "100/min")).isSameAs(one);
        assertThat(take(second.part("orders"), "100/min")).isSameAs(two);
    }

    @Test
    void leavesToAFilterThatServesOnWhatItHas() {
        GatewayState.Part kept = state.mounting().part("orders");
        AtomicInteger itsOwn = take(kept, "100/min");
        GatewayState.Mounting next = state.mounting();
        next.leave(kept);
        assertThat(take(next.part("orders"), "100/min")).isNotSameAs(itsOwn);
    }

    @Test
    void forgetsWhatNobodyHasAnyMore() {
        GatewayState.Part first = state.mounting().part("orders");
        GatewayState.Part second = state.mounting().part("orders");
        AtomicInteger before = take(first, "100/min");
        take(second, "100/min");
        first.giveBack();
        assertThat(take(state.mounting().part("orders"), "100/min")).isSameAs(before);
        assertThat(state.size()).isEqualTo(1);
        second.giveBack();
        second.giveBack();
        assertThat(state.size()).isEqualTo(1);
    }

    @Test
    void holdsNothingOfFiltersThatAreGone() {
        GatewayState.Part part = state.mounting().part("orders");
        AtomicInteger before = take(part, "100/min");
        part.giveBack();
        assertThat(state.size()).isZero();
        assertThat(take(state.mounting().part("orders"), "100/min")).isNotSameAs(before);
    }
}
