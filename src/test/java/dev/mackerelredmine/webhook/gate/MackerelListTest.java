package dev.mackerelredmine.webhook.gate;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.RunningService;
import dev.mackerelredmine.Scrape;
import dev.mackerelredmine.TestCertificate;
import dev.mackerelredmine.download.FileServer;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.BeanDefinition;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mackerel's list of its addresses in the running service; a server on this machine stands for mackerel.io. */
@Tag("service")
class MackerelListTest {

    private static final String NEW = "203.0.113.9";
    private static final String OF_THE_RELEASE = "52.193.111.118";
    private static final byte[] NEW_LIST = "{\"outgoing\":[\"203.0.113.9/32\"],\"outgoing_ipv6\":[]}".getBytes(UTF_8);

    @TempDir
    static Path certificates;

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    private FileServer mackerel;
    private RunningService service;
    private LoggedErrors log;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(certificates);
    }

    @BeforeEach
    void start() throws Exception {
        mackerel = new FileServer(certificate);
        log = LoggedErrors.of("dev.mackerelredmine", Level.INFO);
        startService();
    }

    private void startService() throws Exception {
        service = new RunningService(folder)
                .with("gate.trusted-proxies", "127.0.0.1")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
        mackerel.close();
    }

    /** As the timer does, but from here. */
    private void refresh(HttpClient.Builder client) throws Exception {
        URI list = URI.create("https://localhost:" + mackerel.port() + "/meta/ip-ranges.json");
        AdviceWith.adviceWith(service.camelContext(), "gate-refresh", route -> {
            route.replaceFromWith("direct:gate-refresh");
            route.weaveByType(BeanDefinition.class)
                    .selectFirst()
                    .replace()
                    .bean(new IpRangesDownload(client, list), "fetch");
        });
        service.camelContext().createProducerTemplate().sendBody("direct:gate-refresh", null);
    }

    private void refresh() throws Exception {
        refresh(HttpClient.newBuilder().sslContext(certificate.context()));
    }

    private int postFrom(String client) throws Exception {
        return service.send(HttpRequest.newBuilder(service.webhook())
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", client)
                        .POST(BodyPublishers.ofByteArray(critical().bytes()))
                        .build())
                .statusCode();
    }

    private void assertStaysAsItIs(String why) throws Exception {
        assertThat(log.messages())
                .filteredOn(line -> line.contains("addresses"))
                .singleElement()
                .asString()
                .startsWith("Mackerel's list of its addresses was not taken, and the last one stays: ")
                .contains(why);
        assertThat(postFrom(OF_THE_RELEASE)).isEqualTo(202);
        assertThat(postFrom(NEW)).isEqualTo(403);
        assertThat(Scrape.of(service).value("gate_address_changes_total")).isZero();
    }

    @Test
    void lets_those_post_that_are_new_in_it_and_no_longer_those_that_are_gone() throws Exception {
        mackerel.put("/meta/ip-ranges.json", NEW_LIST);
        assertThat(postFrom(NEW)).isEqualTo(403);

        refresh();

        assertThat(postFrom(NEW)).isEqualTo(202);
        assertThat(postFrom(OF_THE_RELEASE)).isEqualTo(403);
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("Mackerel posts from other addresses now"))
                .hasSize(1);
        assertThat(Scrape.of(service).value("gate_address_changes_total")).isOne();
    }

    @Test
    void is_kept_beside_the_store_for_the_next_start() throws Exception {
        mackerel.put("/meta/ip-ranges.json", NEW_LIST);
        refresh();
        service.close();

        startService();

        assertThat(postFrom(NEW)).isEqualTo(202);
        assertThat(folder.resolve("data").resolve("mackerel-ip-ranges.json")).hasBinaryContent(NEW_LIST);
    }

    @Test
    void stays_as_it_is_where_the_answer_is_no_list() throws Exception {
        mackerel.put("/meta/ip-ranges.json", "{\"outgoing\":[]}".getBytes(UTF_8));

        refresh();

        assertStaysAsItIs("it has no address in outgoing");
    }

    @Test
    void stays_as_it_is_where_there_is_none() throws Exception {
        refresh();

        assertStaysAsItIs("it was answered with 404");
    }

    @Test
    void stays_as_it_is_where_the_answer_is_too_large() throws Exception {
        mackerel.pour("/meta/ip-ranges.json", NEW_LIST);

        refresh();

        assertStaysAsItIs("it is larger than 65536 bytes");
    }

    @Test
    void stays_as_it_is_where_somebody_else_answers() throws Exception {
        mackerel.put("/meta/ip-ranges.json", NEW_LIST);

        refresh(HttpClient.newBuilder());

        assertStaysAsItIs("PKIX path building failed");
        assertThat(mackerel.requests()).isEmpty();
    }

    @Test
    void is_not_asked_for_where_it_does_not_matter() throws Exception {
        assertThat(refreshing()).isEqualTo(ServiceStatus.Started);
        service.close();

        service = new RunningService(folder).with("gate.allow", "127.0.0.0/8").start();

        assertThat(service.camelContext().getRoute("gate-refresh")).isNull();
    }

    private ServiceStatus refreshing() {
        return service.camelContext().getRouteController().getRouteStatus("gate-refresh");
    }
}
