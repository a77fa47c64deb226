package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResponseDefaultsTest {

    private final HeaderChanges changes = new HeaderChanges();

    @Test
    void hidesNothingOfWhatComesFromOutside() {
        changes.preset("X-Frame-Options", "DENY");
        changes.append("Vary", "Origin");
        assertThat(changes.hides("X-Frame-Options")).isFalse();
        assertThat(changes.hides("Vary")).isFalse();
        assertThat(changes.written()).isEmpty();
    }

    @Test
    void givesWayOnceUntilRestored() {
        changes.preset("X-Frame-Options", "DENY");
        assertThat(changes.giveWay("X-Other")).isFalse();
        assertThat(changes.giveWay("x-frame-options")).isTrue();
        assertThat(changes.giveWay("X-Frame-Options")).isFalse();
        changes.restorePresets();
        assertThat(changes.giveWay("X-Frame-Options")).isTrue();
    }

    @Test
    void keepsTheLastPresetOfANameAndAllThatIsAppended() {
        changes.preset("Referrer-Policy", "origin");
        changes.preset("referrer-policy", "no-referrer");
        changes.append("Vary", "Origin");
        changes.append("Vary", "Accept-Encoding");
        assertThat(changes.presets()).containsExactly(new HeaderField("referrer-policy", "no-referrer"));
        assertThat(changes.appended())
                .containsExactly(new HeaderField("Vary", "Origin"), new HeaderField("Vary", "Accept-Encoding"));
    }

    @Test
    void refusesWhatCouldSplitAResponse() {
        assertThatThrownBy(() -> changes.preset("X", "a\r\nb")).hasMessageNotContaining("a\r\nb");
        assertThatThrownBy(() -> changes.append("X Y", "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
