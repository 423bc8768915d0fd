package dev.mackerelredmine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see whom. */
@Tag("fast")
final class DependencyRuleTest {

    private static final String ROOT = "dev.mackerelredmine";
    private static final String MACKEREL = ROOT + ".mackerel..";
    private static final String REDMINE = ROOT + ".redmine";
    private static final String CHECK = REDMINE + ".check..";
    private static final String TEXT = ROOT + ".text..";
    private static final String GRAPH = ROOT + ".graph..";
    private static final String TICKET = ROOT + ".ticket..";
    private static final String GATE = ROOT + ".webhook.gate..";
    private static final String ESCALATION = ROOT + ".escalation";
    private static final String CALENDARS = ESCALATION + ".ical..";
    private static final String DOWNLOAD = ROOT + ".download..";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void mackerel_knows_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(MACKEREL)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(MACKEREL))))
                .because("it speaks Mackerel's words only")
                .check(OURS);
    }

    @Test
    void redmine_knows_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(REDMINE)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(REDMINE))))
                .because("it speaks Redmine's words only")
                .check(OURS);
    }

    @Test
    void the_check_knows_redmines_words_and_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(CHECK)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(CHECK, REDMINE))))
                .because("it asks Redmine, whatever tickets are about")
                .check(OURS);
    }

    @Test
    void text_knows_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(TEXT)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(TEXT))))
                .because("it fills templates, whatever they are about")
                .check(OURS);
    }

    @Test
    void only_text_knows_the_template_engine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(TEXT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("freemarker..")
                .because("what is filled in is escaped there, and only there")
                .check(OURS);
    }

    @Test
    void graph_knows_mackerels_words_and_how_to_download_and_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(GRAPH)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(GRAPH, MACKEREL, DOWNLOAD))))
                .because("it only fetches what Mackerel points to")
                .check(OURS);
    }

    @Test
    void the_gate_knows_how_to_download_and_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(GATE)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(GATE, DOWNLOAD))))
                .because("it decides before anything is read")
                .check(OURS);
    }

    @Test
    void download_knows_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(DOWNLOAD)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(DOWNLOAD))))
                .because("it fetches a file, whatever is in it")
                .check(OURS);
    }

    @Test
    void calendars_know_rotas_and_how_to_download_and_no_other_package_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(CALENDARS)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(CALENDARS, ESCALATION, DOWNLOAD))))
                .because("they say who is on call, whatever that is asked for")
                .check(OURS);
    }

    @Test
    void only_calendars_know_the_library_for_calendars() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CALENDARS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("biweekly..", "com.github.mangstadt..")
                .because("its traps are dealt with there, and only there")
                .check(OURS);
    }

    @Test
    void what_needs_the_part_for_aws_is_named_by_nobody() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".aws..", "software.amazon.awssdk..", "org.apache.camel.component.aws2..")
                .because("without the part for AWS nobody could load them")
                .check(OURS);
    }

    @Test
    void the_ticket_rules_and_mackerels_words_are_plain_java() {
        noClasses()
                .that()
                .resideInAnyPackage(TICKET, MACKEREL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "org.jdbi..", "java.sql..", "javax.sql..", "io.vertx..")
                .because("a rule can then be read, tried and tested by itself")
                .check(OURS);
    }

    @Test
    void the_ticket_rules_and_mackerels_words_do_no_input_or_output() {
        noClasses()
                .that()
                .resideInAnyPackage(TICKET, MACKEREL)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.net.http..", "java.nio.file..", "java.nio.channels..")
                                .and(not(simpleNameEndingWith("Exception")))
                                .and(not(simpleNameEndingWith("Serializable"))))
                .because("what they decide depends on what they are given alone")
                .check(OURS);
    }

    @Test
    void nothing_depends_on_the_root_package() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .because("the root puts the parts together")
                .check(OURS);
    }

    @Test
    void the_root_package_only_starts_and_wires() {
        assertThat(OURS.stream().filter(it -> it.getPackageName().equals(ROOT) && it.isTopLevelClass()))
                .as("what a stranger meets first")
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(OURS);
    }

    /** A record is the remedy. An enum's constants are rows of a table. */
    @Test
    void a_constructor_takes_five_things_at_most() {
        assertThat(OURS.stream()
                        .filter(it -> !it.isRecord() && !it.isEnum() && !it.isAnonymousClass())
                        .flatMap(it -> it.getConstructors().stream())
                        .filter(it -> it.getRawParameterTypes().size() > 5)
                        .map(JavaConstructor::getFullName))
                .isEmpty();
    }

    /** Three circles that made a change of one class a change of three. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application, cli.RunCommand, camel.Routes",
                "store.SqliteFile, store.StoreErrors",
                "ticket.PendingWrite, ticket.AlertHistory, ticket.Ticket"
            })
    void these_classes_do_not_depend_on_each_other_in_a_circle(String classes) {
        List<String> names =
                Stream.of(classes.split(", ")).map(name -> ROOT + "." + name).toList();
        assertThat(names).allMatch(OURS::contain);

        slices().assignedFrom(slicePerClass(names)).should().beFreeOfCycles().check(OURS);
    }

    private static SliceAssignment slicePerClass(List<String> names) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getName().replaceFirst("\\$.*", "");
                return names.contains(name) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return String.join(", ", names);
            }
        };
    }
}
