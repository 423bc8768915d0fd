package dev.mackerelredmine.ticket.text;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.IncidentMember;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ticket of an incident says. */
@Tag("fast")
class IncidentTextTest {

    private static final String MARKER = "mackerel-redmine:incident";

    private final TicketText text = TestText.of(TextFormat.COMMON_MARK);

    private static IncidentMember line(TestAlerts alert) {
        return member(alert, null);
    }

    private static IncidentMember member(TestAlerts alert, Long issue) {
        var notification = alert.notification();
        return new IncidentMember(
                AlertKey.of(notification),
                notification.alert().status(),
                Instant.ofEpochSecond(notification.alert().openedAt()),
                issue,
                notification);
    }

    private static IncidentList list(IncidentMember... members) {
        return list(members.length, members);
    }

    private static IncidentList list(int total, IncidentMember... members) {
        long firing = List.of(members).stream()
                .filter(member -> member.status() != AlertStatus.OK)
                .count();
        return new IncidentList(OPENED, total, (int) firing, List.of(members), 0, Instant.EPOCH);
    }

    private String subject(IncidentList list) {
        return text.incidentSubject(critical().monitor("Shop").notification(), list);
    }

    private String description(IncidentList list) {
        return text.incidentDescription(list, MARKER);
    }

    // --- subject

    @Test
    void names_in_the_subject_what_it_is_how_many_alerts_since_when_and_the_hosts() {
        assertThat(subject(list(
                        line(critical().host("web1")),
                        line(critical().host("web2")),
                        line(critical().host("db1")))))
                .isEqualTo("Shop: 3 alerts since 11-20 09:00 (web1, web2, db1)");
    }

    @Test
    void names_each_host_once_the_first_that_fired_first() {
        assertThat(subject(list(
                        line(critical().host("web2").openedAt(OPENED.plusSeconds(60))),
                        line(critical().host("web1").monitor("memory")),
                        line(critical().host("web1").monitor("disk")))))
                .endsWith("(web1, web2)");
    }

    @Test
    void names_the_services_where_it_is_not_the_hosts_that_differ() {
        assertThat(subject(
                        list(line(critical().service("Shop")), line(critical().service("Blog")))))
                .endsWith("(Shop, Blog)");
    }

    @Test
    void names_the_monitors_where_neither_differs() {
        assertThat(subject(list(
                        line(critical().host("web1").monitor("CPU %")),
                        line(critical().host("web1").monitor("disk")))))
                .endsWith("(CPU %, disk)");
    }

    @Test
    void names_five_and_how_many_others() {
        IncidentMember[] all = IntStream.range(0, 12)
                .mapToObj(i -> line(critical().id("A" + (char) ('a' + i)).host("web" + i)))
                .toArray(IncidentMember[]::new);

        assertThat(subject(list(400, all)))
                .isEqualTo("Shop: 400 alerts since 11-20 09:00 (web0, web1, web2, web3, web4, +7)");
    }

    @Test
    void says_the_subject_in_japanese() {
        String subject = TestText.of(TextFormat.TEXTILE, Language.JA)
                .incidentSubject(
                        critical().monitor("Shop").notification(),
                        list(line(critical().host("web1"))));

        assertThat(subject).isEqualTo("Shop: アラート 1 件（11-20 09:00〜） (CPU %)");
    }

    @Test
    void cuts_a_subject_at_what_redmine_takes() {
        IncidentList many = list(
                line(critical().host("w".repeat(300))),
                line(critical().host("x".repeat(300))),
                line(critical().host("y".repeat(300))),
                line(critical().host("z".repeat(300))));

        assertThat(subject(many)).hasSize(255).endsWith("…");
    }

    // --- description

    @Test
    void lists_each_alert_with_its_state_and_its_ticket_or_its_page_at_mackerel() {
        assertThat(description(list(
                        member(critical().host("web1"), 12L),
                        line(warning().id("3cq").host("web2").monitor("disk")))))
                .isEqualTo("""
                | Status | CRITICAL |
                |---|---|
                | Alerts | 2, of which 2 are firing |
                | Since | 2026-11-20 09:00:00 JST |

                | Status | Host or service | Monitor | Since | Alert |
                |---|---|---|---|---|
                | CRITICAL | [web1](https://mackerel.io/orgs/example/hosts/id-of-web1) | CPU % | 11-20 09:00 | #12 |
                | WARNING | [web2](https://mackerel.io/orgs/example/hosts/id-of-web2) | disk | 11-20 09:00 | [3cq](https://mackerel.io/orgs/example/alerts/3cq) |

                mackerel-redmine:incident""");
    }

    @Test
    void lists_them_in_textile_too() {
        String description = TestText.of(TextFormat.TEXTILE, Language.JA)
                .incidentDescription(
                        list(
                                member(critical().host("web1"), 12L),
                                line(warning().id("3cq").host("web2"))),
                        MARKER);

        assertThat(description).isEqualTo("""
                |_. ステータス |_. CRITICAL |
                | アラート | 2 件（うち発生中 2 件） |
                | 発生日時 | 2026-11-20 09:00:00 JST |

                |_. ステータス |_. ホスト・サービス |_. 監視ルール |_. 発生日時 |_. アラート |
                | CRITICAL | "web1":https://mackerel.io/orgs/example/hosts/id-of-web1 | CPU % | 11-20 09:00 | #12 |
                | WARNING | "web2":https://mackerel.io/orgs/example/hosts/id-of-web2 | CPU % | 11-20 09:00 | "3cq":https://mackerel.io/orgs/example/alerts/3cq |

                mackerel-redmine:incident""");
    }

    @Test
    void says_ok_when_none_fires() {
        assertThat(description(list(line(critical().recovered(OPENED.plusSeconds(60))))))
                .startsWith("| Status | OK |")
                .contains("| Alerts | 1, of which 0 are firing |");
    }

    @Test
    void lists_a_hundred_and_says_how_many_more_there_are() {
        IncidentMember[] all = IntStream.range(0, 150)
                .mapToObj(i -> line(critical().id("A" + i).host("web" + i)))
                .toArray(IncidentMember[]::new);

        String description = description(list(400, all));

        assertThat(description.lines().filter(line -> line.startsWith("| CRITICAL | [web")))
                .hasSize(100);
        assertThat(description).contains("\n\nAnd 300 more, which are not listed here.\n\n");
    }

    /** Otherwise a ticket whose creation had no clear outcome would be taken for made. */
    @Test
    void holds_no_marker_of_an_alerts_own_ticket() {
        IncidentMember member = member(critical(), 12L);

        assertThat(description(list(member, line(warning().id("3cq")))))
                .doesNotContain(member.key().marker())
                .doesNotContain(AlertKey.of("example", "3cq").marker());
    }

    /** A database of Redmine may take no more than 64 KB. */
    @ParameterizedTest
    @EnumSource(TextFormat.class)
    void stays_within_bounds_whatever_the_alerts_say(TextFormat format) {
        String endless = "w#".repeat(100_000);
        IncidentMember[] all = IntStream.range(0, 100)
                .mapToObj(i -> line(critical()
                        .id(endless + i)
                        .host(endless)
                        .monitor(endless)
                        .url("https://x/" + endless)))
                .toArray(IncidentMember[]::new);

        assertThat(TestText.of(format)
                        .incidentDescription(list(10_000, all), MARKER)
                        .length())
                .isLessThan(250_000);
    }

    @ParameterizedTest
    @EnumSource(TextFormat.class)
    void shows_what_alerts_say_as_it_is(TextFormat format) {
        String hostile = "| x |\n\n# [x](http://evil.example/) {{toc}} #1 @dev \"x\":http://evil.example/ <b> !y!";
        TicketText texts = TestText.of(format);

        String lines = texts.incidentDescription(
                list(line(critical().id(hostile).host(hostile).monitor(hostile).url("javascript:alert(1)"))), MARKER);
        String harmless = texts.incidentDescription(
                list(line(critical().id("x").host("x").monitor("x").url("none"))), MARKER);

        assertThat(lines.lines()).hasSameSizeAs(harmless.lines().toList());
        assertThat(lines)
                .doesNotContain("| x |", "{{toc}}", "[x](", " #1 ", " @dev", "\"x\":", "<b>", "!y!", "javascript");
    }
}
