package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.request.HeaderSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderChangesTest {

    private final HeaderChanges changes = new HeaderChanges();

    @Test
    void changesNothingAtFirst() {
        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.hides("X-User-ID")).isFalse();
        assertThat(changes.value("X-User-ID")).isNull();
        assertThat(changes.written()).isEmpty();
    }

    @ParameterizedTest(name = "G04 {0}")
    @ValueSource(strings = {"X-User-ID", "x-user-id", "X_User_ID", "X.User.ID", "X--User-ID", "XUserID"})
    void hidesEverySpellingOfWhatIsRemovedOrWritten(String spelling) {
        HeaderChanges removing = new HeaderChanges();
        removing.remove(HeaderSelector.of("X-User-ID"));
        changes.set("X-User-ID", "alice");
        assertThat(removing.hides(spelling)).isTrue();
        assertThat(removing.value(spelling)).isNull();
        assertThat(changes.hides(spelling)).isTrue();
        assertThat(changes.hides("X-User")).isFalse();
    }

    @Test
    void showsWhatIsWrittenUnderItsOwnNameOnly() {
        changes.set("X-User-ID", "alice");
        assertThat(changes.value("x-USER-id")).isEqualTo("alice");
        assertThat(changes.value("X_User_ID")).isNull();
        assertThat(changes.wrote("x-user-id", "alice")).isTrue();
        assertThat(changes.wrote("x-user-id", "bob")).isFalse();
        assertThat(changes.wrote("X_User_ID", "alice")).isFalse();
        assertThat(changes.wrote("X-User-ID", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatIsWrittenWhenTheNameIsRemoved(boolean before) {
        if (before) {
            changes.remove(HeaderSelector.of("X-*"));
        }
        changes.set("X-User-ID", "alice");
        if (!before) {
            changes.remove(HeaderSelector.of("X-*"));
        }
        assertThat(changes.value("X-User-ID")).isEqualTo("alice");
        assertThat(changes.hides("x_user_id")).isTrue();
    }

    @Test
    void removesAllThatWasEverAskedFor() {
        changes.remove(HeaderSelector.of("X-A"));
        changes.remove(HeaderSelector.of("X-B"));
        changes.remove(HeaderSelector.none());
        assertThat(changes.hides("x_a") && changes.hides("x_b")).isTrue();
        assertThat(changes.isEmpty()).isFalse();
    }

    @Test
    void replacesEverySpellingOnSetAndKeepsAllOnAdd() {
        changes.add("X-Role", "a");
        changes.add("X-Role", "b");
        assertThat(changes.written()).containsExactly(new HeaderField("X-Role", "a"), new HeaderField("X-Role", "b"));
        changes.set("x_role", "c");
        assertThat(changes.written()).containsExactly(new HeaderField("x_role", "c"));
    }

    @Test
    void showsTheClientsAgainWhenItForgets() {
        changes.set("X-A", "1");
        changes.set("X-B", "1");
        changes.remove(HeaderSelector.of("X-B"));
        changes.forget("x_a");
        changes.forget("x_b");
        assertThat(changes.hides("X-A")).isFalse();
        assertThat(changes.hides("X-B")).isTrue();
        assertThat(changes.written()).isEmpty();
    }

    @ParameterizedTest(name = "G08 {0}")
    @CsvSource({
        "'',      a",
        "X A,     a",
        "'X:',    a",
        "'X\r\nY', a",
        "X,       's3cret\r\nY: b'",
        "X,       's3cret\n'",
        "X,       's3cret\0'",
        "X,       's3cret\u007f'",
        "X,       's3cret\u2028'"
    })
    void refusesWhatCouldSplitAHeader(String name, String value) {
        assertThatThrownBy(() -> changes.set(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> changes.add(name, value)).isInstanceOf(IllegalArgumentException.class);
        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void keepsTheOldFieldWhenTheNewOneIsRefused() {
        changes.set("X-User-ID", "alice");
        assertThatThrownBy(() -> changes.set("X-User-ID", "a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThat(changes.value("X-User-ID")).isEqualTo("alice");
    }
}
