package org.parlour;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of ARCHITECTURE.md and the habits of CONTRIBUTING.md, held against the classes of the WAR. */
class ArchitectureTest {

    /** A package may import only those before it. */
    private static final List<String> PACKAGES =
            List.of("config", "metrics", "limits", "storage", "protocol", "auth", "history", "room", "socket", "rest");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.parlour")
            .that(describe("hold code", type -> !type.getSimpleName().equals("package-info")));

    static List<String> packages() {
        return PACKAGES;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void noPackageIsEmpty(String name) {
        assertThat(CLASSES).anyMatch(type -> type.getPackageName().equals("org.parlour." + name));
    }

    @Test
    void everyClassHasItsPlaceInTheTable() {
        classes().should().resideInAnyPackage(fullNames(PACKAGES)).check(CLASSES);
    }

    static Stream<String> packagesWithSomethingAboveThem() {
        return PACKAGES.stream().limit(PACKAGES.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("packagesWithSomethingAboveThem")
    void aPackageImportsOnlyThoseBeforeIt(String name) {
        var later = PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size());

        var rule = noClasses()
                .that()
                .resideInAPackage("org.parlour." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(fullNames(later));

        rule.check(CLASSES);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("org.parlour.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theTableIsTheOneInTheBook() throws IOException {
        var book = Files.readString(Path.of("ARCHITECTURE.md"));

        var rows = PACKAGES.stream().map(name -> book.indexOf("\n| `" + name + "` |"));

        assertThat(rows).isSorted().allMatch(row -> row >= 0);
    }

    @Test
    void onlyTheSocketPackageKnowsWebSocket() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.parlour.socket")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.websocket..")
                .check(CLASSES);
    }

    @Test
    void onlyWhatIsKeptInTheDatabaseKnowsPersistence() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.parlour.auth", "org.parlour.history")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.eclipse.persistence..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.parlour.storage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..")
                .check(CLASSES);
    }

    @Test
    void onlyTheRestPackageKnowsRestAndItKnowsNoSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.parlour.rest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.parlour.rest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.parlour.socket")
                .check(CLASSES);
    }

    @Test
    void whatIsLoggedGoesThroughSystemLogger() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..")
                .check(CLASSES);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void everyThreadIsTheServers() {
        noClasses()
                .should()
                .callConstructorWhere(describe("it makes a thread", ArchitectureTest::makesAThread))
                .orShould()
                .beAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class, Timer.class, ForkJoinPool.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Impl", "Dto", "Helper", "Util", "Utils", "Service"})
    void noNameEndsInAWordThatSaysNothing(String suffix) {
        noClasses().should().haveSimpleNameEndingWith(suffix).check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        var root = Path.of("src/main/java/org/parlour");

        try (var folders = Files.walk(root).filter(Files::isDirectory)) {
            assertThat(folders)
                    .hasSize(PACKAGES.size() + 1)
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                            .isNotEmptyFile()
                            .content()
                            .contains("/**"));
        }
    }

    private static boolean makesAThread(JavaConstructorCall call) {
        return assignableTo(Thread.class).test(call.getTargetOwner());
    }

    private static String[] fullNames(List<String> packages) {
        return packages.stream().map(name -> "org.parlour." + name + "..").toArray(String[]::new);
    }
}
