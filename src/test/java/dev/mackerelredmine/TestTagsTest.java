package dev.mackerelredmine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mackerelredmine.lambda.LambdaRuntime;
import dev.mackerelredmine.redmine.RealRedmine;
import dev.mackerelredmine.redmine.RealRedmineSetUp;
import dev.mackerelredmine.store.RealPostgresql;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each test class says by its tag whether it starts something: {@code mvn test -Dgroups=fast} runs those that do not. */
@Tag("fast")
final class TestTagsTest {

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.mackerelredmine", "faults");

    private static final DescribedPredicate<JavaClass> FAST = tagged("fast");
    private static final DescribedPredicate<JavaClass> SERVICE = tagged("service");

    @Test
    void a_test_class_has_one_of_two_tags() {
        assertThat(TESTS.stream()
                        .filter(it -> it.isTopLevelClass() && it.getSimpleName().endsWith("Test"))
                        .filter(it -> FAST.test(it) == SERVICE.test(it)))
                .isEmpty();
    }

    @Test
    void a_fast_test_starts_no_service_and_no_process() {
        noClasses()
                .that(FAST)
                .and()
                .resideInAPackage("dev.mackerelredmine..") // the fault harness starts what its tests leave out
                .and()
                .doNotBelongToAnyOf(TestTagsTest.class)
                .should()
                .transitivelyDependOnClassesThat()
                .belongToAnyOf(
                        RunningService.class,
                        ServiceProcess.class,
                        LambdaRuntime.class,
                        RealRedmine.class,
                        RealRedmineSetUp.class,
                        RealPostgresql.class,
                        Main.class,
                        ProcessBuilder.class)
                .check(TESTS);
    }

    /** By JUnit's annotation, or by jqwik's of the same name. */
    private static DescribedPredicate<JavaClass> tagged(String tag) {
        return DescribedPredicate.describe(
                "tagged " + tag,
                it -> Stream.of(Tag.class, net.jqwik.api.Tag.class)
                        .flatMap(type -> it.tryGetAnnotationOfType(type.getName()).stream())
                        .anyMatch(
                                found -> found.get("value").filter(tag::equals).isPresent()));
    }
}
