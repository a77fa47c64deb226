package dev.lintel.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void isTheMiddleOfAnOddNumberAndBetweenTheMiddleTwoOfAnEven() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0), each -> each)).isEqualTo(new Spread(2, 1, 9));
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 3.0), each -> each)).isEqualTo(new Spread(2.5, 1, 9));
    }

    @Test
    void comparesWhatWasMeasuredInTheSameRound() {
        Spread ratios = Spread.ofRatios(List.of(20.0, 40.0, 60.0), List.of(10.0, 10.0, 30.0), each -> each);

        assertThat(ratios).isEqualTo(new Spread(2, 2, 4));
        assertThat(ratios.inFull()).isEqualTo("2.00 (2.00 to 4.00)");
    }
}
