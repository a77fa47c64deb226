package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.request.FieldCondition.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestMatcherTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @MethodSource("pairs")
    void isAmbiguousWithWhatIsEquallySpecificAndSatisfiableTogether(
            RequestMatcher one, RequestMatcher other, boolean ambiguous) {
        assertThat(one.isAmbiguousWith(other)).isEqualTo(ambiguous);
        assertThat(other.isAmbiguousWith(one)).isEqualTo(ambiguous);
        assertThat(one.isAmbiguousWith(one)).isTrue();
    }

    static Stream<Arguments> pairs() {
        FieldCondition a1 = header("X-A", "1");
        FieldCondition a2 = header("x-a", "2");
        return Stream.of(
                pair(on("a.b", "/u/{id}"), on("a.b", "/u/{name}"), true),
                pair(on("a.b", "/u/{id}"), on("A.B", "/u/*"), true),
                pair(on("a.b", "/u/{id}"), on("*.b", "/u/{id}"), false),
                pair(on("a.b", "/u"), on("c.b", "/u"), false),
                pair(on("*.b", "/u"), on("*.a.b", "/u"), false),
                pair(on("a.b", "/u/{id}"), on("a.b", "/u/x"), false),
                pair(on("a.b", "/u/{id}"), on("a.b", "/u/**"), false),
                pair(on("a.b", "/u"), on("a.b", "/u/"), false),
                pair(on("a.b", "/u", "GET"), on("a.b", "/u", "POST"), false),
                pair(on("a.b", "/u", "GET"), on("a.b", "/u", "GET", "POST"), true),
                pair(on("a.b", "/u", "GET"), on("a.b", "/u", "HEAD"), true),
                pair(on("a.b", "/u", "GET"), on("a.b", "/u"), true),
                pair(on("a.b", "/u"), with(a1), false),
                pair(with(a1), with(a2), false),
                pair(with(a1), with(header("X-A", "1")), true),
                pair(with(a1), with(header("X-A", null)), true),
                pair(with(a1), with(header("X-B", "1")), true),
                pair(with(a1), with(new FieldCondition(Kind.QUERY, "X-A", "2")), true),
                pair(with(query("p", "1")), with(query("p", "2")), false),
                pair(with(query("p", "1")), with(query("P", "2")), true),
                pair(with(a1, query("p", "1")), with(a1, query("p", "2")), false),
                pair(with(a1, query("p", "1")), with(query("q", "1"), a1), true),
                pair(with(a1, query("p", "1")), with(a1), false),
                pair(with(cookie("c", "1")), with(cookie("c", "2")), false),
                pair(with(cookie("c", "1")), with(cookie("C", "2")), true),
                pair(with(cookie("c", "1")), with(query("c", "2")), true),
                pair(from("10.0.0.0/8"), from("10.1.0.0/16"), true),
                pair(from("10.0.0.0/8"), from("192.0.2.7", "10.9.9.9"), true),
                pair(from("10.0.0.0/8"), from("11.0.0.0/8", "2001:db8::/32"), false),
                pair(from("10.0.0.0/8"), on("a.b", "/u"), false),
                pair(from("10.0.0.0/8"), with(a1), true));
    }

    @Test
    void letsGetIncludeHead() {
        RequestMatcher matcher = on("a.b", "/u", "GET");
        assertThat(matcher.acceptsMethod("HEAD")).isTrue();
        assertThat(matcher.acceptsMethod("get")).isFalse();
        assertThat(matcher.acceptsMethod("POST")).isFalse();
        assertThat(on("a.b", "/u", "HEAD").acceptsMethod("GET")).isFalse();
        assertThat(on("a.b", "/u").acceptsMethod("PURGE")).isTrue();
    }

    @Test
    void keepsCopiesOfItsParts() {
        Set<String> methods = new HashSet<>(Set.of("GET"));
        RequestMatcher matcher = new RequestMatcher(HostPattern.any(), PathPattern.parse("/u"), methods, List.of());
        methods.add("POST");
        assertThat(matcher.methods()).containsExactly("GET", "HEAD");
        assertThatThrownBy(() -> matcher.methods().add("PUT")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesConditionsWithoutAName() {
        assertThatThrownBy(() -> header("X A", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cookie("a b", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query("", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static FieldCondition header(String name, @Nullable String value) {
        return new FieldCondition(Kind.HEADER, name, value);
    }

    private static FieldCondition query(String name, @Nullable String value) {
        return new FieldCondition(Kind.QUERY, name, value);
    }

    private static FieldCondition cookie(String name, @Nullable String value) {
        return new FieldCondition(Kind.COOKIE, name, value);
    }

    private static RequestMatcher from(String... blocks) {
        List<AddressBlock> clients = Stream.of(blocks).map(AddressBlock::parse).toList();
        return new RequestMatcher(HostPattern.parse("a.b"), PathPattern.parse("/u"), Set.of(), List.of(), clients);
    }

    private static RequestMatcher on(String host, String path, String... methods) {
        return new RequestMatcher(HostPattern.parse(host), PathPattern.parse(path), Set.of(methods), List.of());
    }

    private static RequestMatcher with(FieldCondition... conditions) {
        return new RequestMatcher(HostPattern.parse("a.b"), PathPattern.parse("/u"), Set.of(), List.of(conditions));
    }

    private static Arguments pair(RequestMatcher one, RequestMatcher other, boolean ambiguous) {
        return Arguments.arguments(one, other, ambiguous);
    }
}
