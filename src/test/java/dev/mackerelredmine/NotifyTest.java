package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mackerelredmine.camel.Means;
import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.paging.message.TestPages;
import dev.mackerelredmine.paging.message.WebhookSigner;
import jakarta.mail.internet.MimeMessage;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Each means of notify.camel.yaml posts what its vendor documents, and fails where that does not take it. */
@Tag("service")
class NotifyTest {

    private static final String SECRET_PATH = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** With all that means something in a URI, in a property or to Camel. */
    private static final String PASSWORD = "p%41+ &?=#/)(}\"'\\ RAW(\u00a5";

    static final String HOSTILE =
            "<!channel> <!here> <@U999> @here @channel <users/all> [toall] [To:1] [info] <https://evil.example|click>\r\n"
                    + "Bcc: everybody@example.jp\u0000\u0007\u202e *bold* _it_ ~no~ `code` &lt; ]]></Say><Dial>110</Dial> \ud83d\udd25 \ud800";

    @TempDir
    Path folder;

    private PageReceiver receiver;
    private NotifyRoutes routes;

    @BeforeEach
    void receive() throws Exception {
        receiver = new PageReceiver();
        routes = new NotifyRoutes();
    }

    @AfterEach
    void stop() {
        routes.close();
        receiver.close();
    }

    private NotifyRoutes toAll() throws Exception {
        return routes.with("notify.slack.url", receiver.url(SECRET_PATH))
                .with("notify.webhook.secret", WEBHOOK_SECRET)
                .with("notify.phone.account", "AC0123456789abcdef")
                .with("notify.phone.token", "0123456789token")
                .with("notify.phone.from", "+815012345678")
                .with("notify.phone.url", receiver.url(""))
                .start();
    }

    private void isTaken(Page page) {
        assertThat(routes.failure(page)).isNull();
    }

    // --- Slack

    @Test
    void slack_gets_a_text_that_pings_the_person() throws Exception {
        toAll();
        isTaken(TestPages.by("slack", "U012AB"));

        assertThat(receiver.post().method()).isEqualTo("POST");
        assertThat(receiver.post().path()).isEqualTo(SECRET_PATH);
        assertThat(receiver.post().header("Content-Type")).isEqualTo("application/json");
        assertThat(receiver.post().json().properties()).hasSize(1);
        assertThat(receiver.post().json().path("text").asText()).isEqualTo("<@U012AB> " + TestPages.TEXT);
    }

    @Test
    void slack_pings_a_user_group_by_its_id() throws Exception {
        toAll();
        isTaken(TestPages.by("slack", "S0615G0KT"));

        assertThat(receiver.post().json().path("text").asText()).startsWith("<!subteam^S0615G0KT> CRITICAL");
    }

    @Test
    void slack_pings_and_formats_nothing_else() throws Exception {
        toAll();
        isTaken(TestPages.by("slack", "U012AB", HOSTILE));

        String text = receiver.post().json().path("text").asText();
        assertThat(text).startsWith("<@U012AB> &lt;!channel&gt; &lt;!here&gt; &lt;@U999&gt; @here");
        assertThat(text.substring(9))
                .doesNotContain("<", ">", "*bold", "_it", "~no", "`", "\n", "\r", "\u0000", "\u202e");
        assertThat(text).contains("\ud83d\udd25").doesNotContain("\ud800 ").contains("&amp;lt;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanako", "#general", "U012AB> <!channel", ""})
    void slack_takes_no_contact_that_is_no_id(String contact) throws Exception {
        toAll();
        String failure = routes.failure(TestPages.by("slack", contact));
        if (contact.equals("hanako")) {
            // Mattermost's are of small letters.
            assertThat(failure).isNull();
        } else {
            assertThat(failure).contains("the contact of Hanako Yamada is no member ID of Slack such as U012AB");
            assertThat(receiver.posts()).isEmpty();
        }
    }

    // --- webhook

    @Test
    void a_webhook_gets_json_that_is_signed_as_standard_webhooks_says() throws Exception {
        toAll();
        Instant before = Instant.now();
        isTaken(TestPages.by("webhook", receiver.url("/hooks/hanako?key=s3cret-key")));

        PageReceiver.Post post = receiver.post();
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo("/hooks/hanako?key=s3cret-key");
        assertThat(post.header("webhook-id")).isEqualTo("page-7");
        long timestamp = Long.parseLong(post.header("webhook-timestamp"));
        assertThat(timestamp).isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
        assertThat(post.header("webhook-signature"))
                .isEqualTo(new WebhookSigner(WEBHOOK_SECRET).sign("page-7", timestamp, post.body()));
        JsonNode json = post.json();
        assertThat(json.path("type").asText()).isEqualTo("escalation.page");
        assertThat(Instant.parse(json.path("timestamp").asText())).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(json.at("/data/person").asText()).isEqualTo("Hanako Yamada");
        assertThat(json.at("/data/text").asText()).isEqualTo(TestPages.TEXT);
        assertThat(json.at("/data/ticket/number").asLong()).isEqualTo(42);
        assertThat(json.at("/data/ticket/url").asText()).isEqualTo("https://redmine.example.jp/issues/42");
        assertThat(json.at("/data/step").asInt()).isEqualTo(2);
        assertThat(post.body()).doesNotContain("s3cret-key");
    }

    @Test
    void a_webhook_without_a_secret_is_not_signed() throws Exception {
        routes.start();
        isTaken(TestPages.by("webhook", receiver.url("/hook")));

        assertThat(receiver.post().header("webhook-signature")).isNull();
        assertThat(receiver.post().header("webhook-id")).isEqualTo("page-7");
    }

    // --- phone

    @Test
    void a_call_is_made_as_twilio_documents() throws Exception {
        toAll();
        receiver.answering(201, "{\"sid\": \"CA1\", \"status\": \"queued\"}");
        isTaken(TestPages.by("phone", "+819012345678"));

        PageReceiver.Post post = receiver.post();
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo("/2010-04-01/Accounts/AC0123456789abcdef/Calls.json");
        assertThat(post.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(post.header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString("AC0123456789abcdef:0123456789token".getBytes(StandardCharsets.UTF_8)));
        assertThat(post.form().keySet()).containsExactlyInAnyOrder("To", "From", "Twiml");
        assertThat(post.form()).containsEntry("To", "+819012345678").containsEntry("From", "+815012345678");
        assertThat(post.form().get("Twiml"))
                .isEqualTo(
                        "<Response><Say language=\"en-US\" loop=\"2\">CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 2. Please look at ticket #42"
                                + "</Say></Response>");
    }

    @Test
    void a_call_says_nothing_but_the_text_and_in_the_language_of_tickets() throws Exception {
        routes.with("ticket.language", "ja");
        toAll();
        isTaken(TestPages.by("phone", "+819012345678", HOSTILE));

        String twiml = receiver.post().form().get("Twiml");
        Element response = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(twiml)))
                .getDocumentElement();
        assertThat(twiml).hasSizeLessThanOrEqualTo(4_000);
        assertThat(response.getTagName()).isEqualTo("Response");
        assertThat(response.getChildNodes().getLength()).isEqualTo(1);
        Element say = (Element) response.getFirstChild();
        assertThat(say.getTagName()).isEqualTo("Say");
        assertThat(say.getAttribute("language")).isEqualTo("ja-JP");
        assertThat(say.getElementsByTagName("*").getLength()).isZero();
        assertThat(say.getTextContent()).contains("<Dial>110</Dial>");
    }

    @Test
    void a_call_takes_a_number_with_its_country_alone() throws Exception {
        toAll();

        assertThat(routes.failure(TestPages.by("phone", "090-1234-5678")))
                .contains("the contact of Hanako Yamada is no number such as +819012345678")
                .doesNotContain("090-1234");
        assertThat(receiver.posts()).isEmpty();
    }

    // --- mail

    private NotifyRoutes mailing(MailServer server, TestCertificate certificate) throws Exception {
        String trusting = Files.readString(Path.of("routes/service/page.camel.yaml"))
                .replace(
                        "mail.smtp.starttls.required: true",
                        "mail.smtp.starttls.required: true\n                    mail.smtp.ssl.trust: \"*\"");
        return routes.withSending(Files.writeString(folder.resolve("page.camel.yaml"), trusting))
                .with("notify.mail.host", "localhost")
                .with("notify.mail.port", Integer.toString(server.port()))
                .with("notify.mail.user", "alerts@example.jp")
                .with("notify.mail.password", PASSWORD)
                .with("notify.mail.from", "Mackerel <alerts@example.jp>")
                .start();
    }

    @Test
    void mails_by_tls_a_subject_for_the_phone_and_the_whole_text() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (MailServer server = MailServer.withTls(certificate.context(), PASSWORD)) {
            mailing(server, certificate);
            isTaken(TestPages.by("mail", "hanako@example.jp"));

            MimeMessage mail = server.mails().get(0);
            assertThat(mail.getSubject())
                    .isEqualTo("CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 2. Please look at ticket #42");
            assertThat(text(mail).strip().lines()).containsExactly(TestPages.TEXT, "", "CRITICAL: web1 CPU %");
            assertThat(mail.getHeader("From")).containsExactly("Mackerel <alerts@example.jp>");
            assertThat(mail.getHeader("To")).containsExactly("hanako@example.jp");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(server.passwords()).containsOnly(PASSWORD);
        }
    }

    private static String text(MimeMessage mail) throws Exception {
        return new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_text_becomes_no_header_of_a_mail() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (MailServer server = MailServer.withTls(certificate.context(), PASSWORD)) {
            mailing(server, certificate);
            isTaken(TestPages.by("mail", "hanako@example.jp", HOSTILE));
            isTaken(TestPages.by("mail", "hanako@example.jp", "\u969c\u5bb3".repeat(5_000)));

            MimeMessage mail = server.mails().get(0);
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getSubject()).contains("Bcc: everybody").doesNotContain("\n");
            assertThat(text(server.mails().get(1))).startsWith("\u969c\u5bb3\u969c\u5bb3");
            assertThat(server.mails().get(1).getSubject()).hasSize(120).endsWith("\u2026");
        }
    }

    @Test
    void gives_no_password_to_a_mail_server_without_tls() throws Exception {
        try (MailServer server = MailServer.withoutTls(PASSWORD)) {
            mailing(server, null);

            assertThat(routes.failure(TestPages.by("mail", "hanako@example.jp")))
                    .contains("STARTTLS is required");
            assertThat(server.passwords()).isEmpty();
            assertThat(server.mails()).isEmpty();
        }
    }

    // --- Redmine, and what is not there

    @Test
    void redmine_is_left_to_its_route() throws Exception {
        routes.start();
        Page page = TestPages.by("redmine", null);
        isTaken(page);

        assertThat(routes.inRedmine()).containsExactly(page);
    }

    @Test
    void a_means_that_is_not_there_is_named() throws Exception {
        routes.start();

        assertThat(routes.failure(TestPages.by("pigeon", "loft 7")))
                .isEqualTo("notify.camel.yaml has no means called pigeon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slack   | U012AB            | notify.slack.url (NOTIFY_SLACK_URL) is not set
            mail    | hanako@example.jp | notify.mail.host (NOTIFY_MAIL_HOST) is not set, notify.mail.from (NOTIFY_MAIL_FROM) is not set
            phone   | +819012345678     | notify.phone.account (NOTIFY_PHONE_ACCOUNT) is not set, notify.phone.token (NOTIFY_PHONE_TOKEN) is not set, notify.phone.from (NOTIFY_PHONE_FROM) is not set
            webhook | ''                | Hanako Yamada has no address for the means webhook
            """)
    void a_setting_that_is_missing_is_named_when_its_means_is_used(String means, String contact, String failure)
            throws Exception {
        routes.start();

        assertThat(routes.failure(TestPages.by(means, contact))).isEqualTo(failure);
    }

    @Test
    void the_page_is_the_body_again() throws Exception {
        toAll();
        Page page = TestPages.by("slack", "U012AB");
        Exchange sent = routes.send(page);

        assertThat(sent.getMessage().getBody()).isSameAs(page);
        assertThat(sent.getMessage().getHeaders()).isEmpty();
    }

    // --- what fails, and what nobody may read

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, the answer was 400: invalid_payload",
        "404, no_service, the answer was 404: no_service",
        "429, rate_limited, the answer was 429: rate_limited",
        "500, '', the answer was 500",
        "302, moved, the answer was 302: moved"
    })
    void an_answer_that_is_not_2xx_fails_and_is_named(int status, String answer, String failure) throws Exception {
        toAll();
        receiver.answering(status, answer);

        assertThat(routes.failure(TestPages.by("slack", "U012AB"))).isEqualTo(failure);
        assertThat(receiver.posts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void an_answer_of_2xx_is_taken(int status) throws Exception {
        toAll();
        receiver.answering(status, "");

        isTaken(TestPages.by("slack", "U012AB"));
    }

    @Test
    void a_failure_shows_no_address_also_where_the_answer_repeats_it() throws Exception {
        toAll();
        receiver.answering(
                404,
                "<p>The requested URL " + SECRET_PATH + " (" + receiver.url(SECRET_PATH)
                        + ") was not found: XXXXXXXXXXXXXXXXXXXXXXXX</p>" + "x".repeat(10_000));

        Exception failure = routes.send(TestPages.by("slack", "U012AB")).getException();

        assertThat(failure.getMessage())
                .startsWith("the answer was 404: <p>The requested URL … (…) was not found: …</p>xxx")
                .hasSizeLessThan(150);
        assertThat(failure).hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void a_failure_to_connect_shows_no_address(String address, String failure) throws Exception {
        routes.start();

        assertThat(routes.failure(TestPages.by("webhook", address)))
                .contains(failure)
                .doesNotContain("s3cret");
    }

    @Test
    void an_answer_that_does_not_come_fails_in_time() throws Exception {
        String impatient = Files.readString(Path.of("routes/service/page.camel.yaml"));
        assertThat(impatient)
                .contains("connectTimeout: \"5000\"", "responseTimeout: \"15000\"", "connectionTimeout: \"5000\"");
        routes.withSending(Files.writeString(
                folder.resolve("page.camel.yaml"),
                impatient.replace("responseTimeout: \"15000\"", "responseTimeout: \"300\"")));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            routes.start();

            assertThat(routes.failure(TestPages.by("webhook", "http://127.0.0.1:" + silent.getLocalPort() + "/s3cret")))
                    .isEqualTo("Read timed out");
        }
    }

    @Test
    void nobody_gets_a_page_who_cannot_prove_who_he_is() throws Exception {
        HttpsServer stranger = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.setHttpsConfigurator(
                new HttpsConfigurator(TestCertificate.in(folder).context()));
        stranger.start();
        try {
            routes.start();

            assertThat(routes.failure(TestPages.by(
                            "webhook",
                            "https://127.0.0.1:" + stranger.getAddress().getPort() + "/s3cret")))
                    .contains("unable to find valid certification path");
        } finally {
            stranger.stop(0);
        }
    }

    static Object[][] unreachable() {
        return new Object[][] {
            {"http://127.0.0.1:1/s3cret-path?key=s3cret", "Connection refused"},
            {"http://nobody.invalid/s3cret-path", "nobody.invalid"},
            {"http://127.0.0.1:1/s3cret path{", "Connection refused"},
            {"http://s3cret[/", "its address cannot be used"},
            {"s3cret", "its address cannot be used"},
            {"ftp://127.0.0.1/s3cret", ""},
        };
    }

    @Test
    void a_page_shows_no_contact_in_a_log() {
        assertThat(TestPages.by("webhook", "https://example.jp/s3cret"))
                .hasToString("page page-7 to Hanako Yamada by webhook");
    }

    // --- examples

    private static final Map<String, String> EXAMPLES = Map.of(
            "teams", "{{env:TEAMS_WEBHOOK}}",
            "google-chat", "{{env:GOOGLE_CHAT_WEBHOOK}}",
            "chatwork", "https://api.chatwork.com",
            "ntfy", "https://ntfy.sh");

    /** With a branch of examples/notify/ put above the first one, as its comment says. */
    private void withExample(String name) throws Exception {
        withBranch(name, Files.readString(Path.of("examples/notify/" + name + ".yaml")));
    }

    private void withBranch(String name, String example) throws Exception {
        String branch = example.lines()
                .filter(line -> !line.startsWith("#"))
                .reduce("", (a, b) -> a + b + "\n")
                .replace(EXAMPLES.get(name), receiver.url(EXAMPLES.get(name).startsWith("https") ? "" : SECRET_PATH))
                .replace("{{env:CHATWORK_TOKEN}}", "chatwork-t0ken")
                .replace("{{env:CHATWORK_ROOM}}", "123");
        String shipped = Files.readString(Path.of("routes/notify.camel.yaml"));
        Path edited = Files.writeString(
                folder.resolve("notify.camel.yaml"),
                shipped.replace("            when:\n", "            when:\n" + branch));
        routes.withNotify(edited).start();
        assertThat(Means.of(routes.camelContext())).contains(name, "slack");
    }

    @Test
    void teams_gets_a_card_that_pings_the_person_and_formats_nothing() throws Exception {
        withExample("teams");
        receiver.answering(202, "");
        isTaken(TestPages.by("teams", "hanako@example.jp", HOSTILE));

        JsonNode json = receiver.post().json();
        assertThat(receiver.post().path()).isEqualTo(SECRET_PATH);
        assertThat(receiver.post().bytes()).hasSizeLessThan(28_000);
        assertThat(json.path("type").asText()).isEqualTo("message");
        assertThat(json.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = json.at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/body/0/text").asText()).isEqualTo("<at>Hanako Yamada</at>");
        assertThat(card.at("/body/1/type").asText()).isEqualTo("RichTextBlock");
        assertThat(card.at("/body/1/inlines/0/text").asText())
                .contains("*bold*", "@channel")
                .doesNotContain("\n");
        assertThat(card.at("/msteams/entities")).hasSize(1);
        assertThat(card.at("/msteams/entities/0/text").asText()).isEqualTo("<at>Hanako Yamada</at>");
        assertThat(card.at("/msteams/entities/0/mentioned/id").asText()).isEqualTo("hanako@example.jp");
        assertThat(card.at("/actions/0/url").asText()).isEqualTo("https://redmine.example.jp/issues/42");
    }

    @Test
    void google_chat_gets_a_text_that_pings_the_person_alone() throws Exception {
        withExample("google-chat");
        isTaken(TestPages.by("google-chat", "123456789012345678901", HOSTILE));

        String text = receiver.post().json().path("text").asText();
        assertThat(text).startsWith("<users/123456789012345678901> ‹!channel›").contains("‹users/all›");
        assertThat(text.substring(30)).doesNotContain("<", ">", "*bold", "`");
    }

    @Test
    void chatwork_gets_a_form_that_pings_the_person_alone() throws Exception {
        withExample("chatwork");
        isTaken(TestPages.by("chatwork", "1234567", HOSTILE));

        PageReceiver.Post post = receiver.post();
        assertThat(post.path()).isEqualTo("/v2/rooms/123/messages");
        assertThat(post.header("x-chatworktoken")).isEqualTo("chatwork-t0ken");
        assertThat(post.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(post.form().get("body"))
                .startsWith("[To:1234567] <!channel>")
                .contains("［toall］", "［To:1］");
        assertThat(post.form().get("body").substring(12)).doesNotContain("[", "]");
    }

    @Test
    void a_means_of_your_own_is_five_lines() throws Exception {
        String page = Files.readString(Path.of("docs/notify.md"));
        String branch = page.replaceFirst("(?s).*```yaml\n(.*?)```.*", "$1");
        assertThat(branch.lines()).hasSize(5);
        withBranch("ntfy", branch);
        isTaken(TestPages.by("ntfy", "hanakos-phone"));

        assertThat(receiver.post().path()).isEqualTo("/hanakos-phone");
        assertThat(receiver.post().body()).isEqualTo(TestPages.TEXT);
    }

    @ParameterizedTest
    @CsvSource({"slack, U012AB", "phone, +819012345678", "webhook, ''"})
    void a_text_of_10000_characters_is_cut(String means, String contact) throws Exception {
        toAll();
        isTaken(TestPages.by(
                means, contact.isEmpty() ? receiver.url("/hook") : contact, "\ud83d\udd25".repeat(10_000)));

        assertThat(receiver.post().bytes()).hasSizeLessThan(16_000);
        assertThat(receiver.post().body()).doesNotContain("\ufffd");
    }
}
