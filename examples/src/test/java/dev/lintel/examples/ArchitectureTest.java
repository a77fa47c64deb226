package dev.lintel.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.lintel.filter.RequestCompletion;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String[] API = {
        "dev.lintel",
        "dev.lintel.admin",
        "dev.lintel.filter",
        "dev.lintel.identity",
        "dev.lintel.limit",
        "dev.lintel.measure",
        "dev.lintel.option",
        "dev.lintel.reject",
        "dev.lintel.request",
        "dev.lintel.tls",
        "dev.lintel.upstream"
    };

    private static final JavaClasses LINTEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lintel");

    /** Without this, a module that is missing from the class path would keep every rule. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.lintel",
                "dev.lintel.filters",
                "dev.lintel.redis",
                "dev.lintel.router",
                "dev.lintel.loop",
                "dev.lintel.head",
                "dev.lintel.server",
                "dev.lintel.config",
                "dev.lintel.cli",
                "dev.lintel.metrics",
                "dev.lintel.test",
                "dev.lintel.testing",
                "dev.lintel.examples"
            })
    void seesEveryModule(String room) {
        assertThat(LINTEL.containPackage(room)).as(room).isTrue();
    }

    @Test
    void roomsDependInOneDirection() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("api")
                .definedBy(API)
                .layer("filters")
                .definedBy("dev.lintel.filters..")
                .layer("redis")
                .definedBy("dev.lintel.redis..")
                .layer("balancing")
                .definedBy("dev.lintel.balancing..")
                .layer("socket")
                .definedBy("dev.lintel.socket..")
                .layer("shortcut")
                .definedBy("dev.lintel.shortcut..")
                .layer("tunnel")
                .definedBy("dev.lintel.tunnel..")
                .layer("proxy")
                .definedBy("dev.lintel.proxy..")
                .layer("explain")
                .definedBy("dev.lintel.explain..")
                .layer("router")
                .definedBy("dev.lintel.router..")
                .layer("loop")
                .definedBy("dev.lintel.loop..")
                .layer("head")
                .definedBy("dev.lintel.head..")
                .layer("https")
                .definedBy("dev.lintel.https..")
                .layer("server")
                .definedBy("dev.lintel.server..")
                .layer("metrics")
                .definedBy("dev.lintel.metrics..")
                .layer("config")
                .definedBy("dev.lintel.config..")
                .layer("cli")
                .definedBy("dev.lintel.cli..", "dev.lintel.demo..")
                .layer("test")
                .definedBy("dev.lintel.test..")
                .layer("testing")
                .definedBy("dev.lintel.testing..")
                .layer("examples")
                .definedBy("dev.lintel.examples..")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("filters")
                .mayOnlyAccessLayers("api")
                .whereLayer("redis")
                .mayOnlyAccessLayers("api")
                .whereLayer("balancing")
                .mayOnlyAccessLayers("api")
                .whereLayer("socket")
                .mayNotAccessAnyLayer()
                .whereLayer("shortcut")
                .mayOnlyAccessLayers("socket")
                .whereLayer("tunnel")
                .mayOnlyAccessLayers("api")
                .whereLayer("proxy")
                .mayOnlyAccessLayers("api", "balancing", "socket", "shortcut", "tunnel")
                .whereLayer("explain")
                .mayOnlyAccessLayers("api")
                .whereLayer("router")
                .mayOnlyAccessLayers("api", "balancing", "tunnel", "proxy", "explain")
                .whereLayer("loop")
                .mayOnlyAccessLayers("socket")
                .whereLayer("head")
                .mayNotAccessAnyLayer()
                .whereLayer("https")
                .mayOnlyAccessLayers("api", "loop")
                .whereLayer("server")
                .mayOnlyAccessLayers(
                        "api", "balancing", "tunnel", "proxy", "explain", "router", "loop", "head", "https")
                .whereLayer("metrics")
                .mayOnlyAccessLayers("api")
                .whereLayer("config")
                .mayOnlyAccessLayers("api", "filters", "explain", "router", "https", "server")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("examples")
                .whereLayer("test")
                .mayOnlyAccessLayers("api", "explain", "router", "server", "testing")
                .whereLayer("testing")
                .mayOnlyAccessLayers("api")
                .ensureAllClassesAreContainedInArchitecture()
                .check(LINTEL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(byPackage()).should().beFreeOfCycles().check(LINTEL);
    }

    @Test
    void filtersDoNotKnowEachOther() {
        slices().matching("dev.lintel.filters.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(LINTEL);
    }

    @Test
    void contractsNeedOnlyTheServletApiAndALogger() {
        classes()
                .that()
                .resideInAnyPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.net..",
                        "javax.security.auth.x500..",
                        "jakarta.servlet..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "dev.lintel..")
                .check(LINTEL);
    }

    @Test
    void nimbusStaysWithTokens() {
        onlyIn(
                "com.nimbusds..",
                "dev.lintel.filters.jwt..",
                "dev.lintel.cli..",
                "dev.lintel.demo..",
                "dev.lintel.testing..",
                "dev.lintel.examples..");
    }

    @Test
    void theCommandLineStaysWithItself() {
        onlyIn("picocli..", "dev.lintel.cli..");
    }

    @Test
    void micrometerStaysWithMetrics() {
        onlyIn("io.micrometer..", "dev.lintel.metrics..");
    }

    @Test
    void theClientForRedisStaysInItsRoom() {
        onlyIn("io.lettuce..", "dev.lintel.redis..");
        onlyIn("io.netty..", "dev.lintel.redis..");
    }

    @Test
    void yamlStaysWithItsTree() {
        onlyIn("org.snakeyaml..", "dev.lintel.config.tree..");
    }

    @Test
    void jettyStaysInProxyAndServer() {
        onlyIn(
                "org.eclipse.jetty..",
                "dev.lintel.proxy..",
                "dev.lintel.socket..",
                "dev.lintel.shortcut..",
                "dev.lintel.tunnel..",
                "dev.lintel.loop..",
                "dev.lintel.head..",
                "dev.lintel.https..",
                "dev.lintel.server..",
                "dev.lintel.demo..",
                "dev.lintel.testing..",
                "dev.lintel.examples..");
    }

    @Test
    void balancingSocketsShortcutsAndTunnelsKnowNoServlets() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.lintel.balancing..", "dev.lintel.socket..", "dev.lintel.shortcut..", "dev.lintel.tunnel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .allowEmptyShould(true)
                .check(LINTEL);
    }

    @Test
    void onlyRequestCompletionListensToAsyncEvents() {
        classes()
                .that()
                .areAssignableTo(AsyncListener.class)
                .and()
                .resideOutsideOfPackage("dev.lintel.testing..")
                .and()
                // it only passes an application's own listener on
                .doNotHaveFullyQualifiedName("dev.lintel.filter.EndingAsync$Shown")
                .should()
                .be(RequestCompletion.class)
                .check(LINTEL);
    }

    /**
     * The path and the query have one reader each, and rejections one writer. Overlays may pass on what an
     * application calls.
     */
    @Test
    void nothingReadsParametersOrContainerPathsOrSendsContainerErrors() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.lintel.testing..", "dev.lintel.examples..")
                .and()
                .areNotAssignableTo(ServletRequestWrapper.class)
                .and()
                .areNotAssignableTo(ServletResponseWrapper.class)
                .should()
                .accessTargetWhere(uses(
                        ServletRequest.class,
                        "getParameter",
                        "getParameterMap",
                        "getParameterNames",
                        "getParameterValues",
                        "getPathInfo",
                        "getServletPath"))
                .orShould()
                .accessTargetWhere(uses(HttpServletResponse.class, "sendError"))
                .check(LINTEL);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(LINTEL.getPackage("dev.lintel").getSubpackagesInTree())
                .filteredOn(room -> !room.getClasses().isEmpty())
                .isNotEmpty()
                .allMatch(ArchitectureTest::isNullMarked);
        assertThat(isNullMarked(LINTEL.getPackage("dev.lintel"))).isTrue();
    }

    /** What Lintel's own tests are made of may change from day to day; what users test with may not. */
    @Test
    void usersSeeNothingOfTheFixturesOfLintelsOwnTests() {
        for (JavaClass shown : LINTEL.getPackage("dev.lintel.test").getClasses()) {
            for (JavaMethod method : shown.getMethods()) {
                if (shown.getModifiers().contains(JavaModifier.PUBLIC)
                        && method.getModifiers().contains(JavaModifier.PUBLIC)) {
                    assertThat(method.getRawReturnType().getPackageName())
                            .as(method.getFullName())
                            .isNotEqualTo("dev.lintel.testing");
                    assertThat(method.getRawParameterTypes())
                            .as(method.getFullName())
                            .noneMatch(type -> type.getPackageName().equals("dev.lintel.testing"));
                }
            }
        }
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Manager|Helpers?|Impl)(\\$.*)?")
                .check(LINTEL);
    }

    private static boolean isNullMarked(JavaPackage room) {
        return room.isAnnotatedWith(NullMarked.class);
    }

    /** Holds that a library stays in its rooms, and that somebody there uses it: a rule about one that has gone could not fail. */
    private static void onlyIn(String library, String... rooms) {
        PackageMatcher ofLibrary = PackageMatcher.of(library);
        assertThat(LINTEL)
                .as("users of " + library)
                .anyMatch(user -> user.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                                used -> ofLibrary.matches(used.getTargetClass().getPackageName())));
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(LINTEL);
    }

    private static DescribedPredicate<JavaAccess<?>> uses(Class<?> owner, String... names) {
        Set<String> refused = Set.of(names);
        DescribedPredicate<JavaClass> owned = assignableTo(owner);
        return describe(
                owner.getSimpleName() + "." + refused,
                access -> refused.contains(access.getName()) && owned.test(access.getTargetOwner()));
    }

    private static SliceAssignment byPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
