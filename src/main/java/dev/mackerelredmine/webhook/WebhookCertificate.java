package dev.mackerelredmine.webhook;

import dev.mackerelredmine.settings.Pem;
import dev.mackerelredmine.settings.SettingFile;
import dev.mackerelredmine.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the webhook shows, and its key. A renewed pair is shown to all who connect from then on; while the files cannot be
 * used, the pair before stays, and a WARN says why, once.
 */
public final class WebhookCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCertificate.class);

    private static final Duration CHECK_FOR_A_RENEWED = Duration.ofMinutes(1);

    private final SettingFile certificate;
    private final SettingFile key;
    private final Duration checkEvery;
    private volatile PemKeyCertOptions shown;
    private String reported;

    WebhookCertificate(SettingFile certificate, SettingFile key, Duration checkEvery) {
        this.certificate = certificate;
        this.key = key;
        this.checkEvery = checkEvery;
    }

    /** None where the webhook is reached by plain http. */
    static Optional<WebhookCertificate> of(Settings settings) {
        return settings.file("server.tls.certificate")
                .flatMap(certificate -> settings.file("server.tls.key")
                        .map(key -> new WebhookCertificate(certificate, key, CHECK_FOR_A_RENEWED)));
    }

    /** Refuses files that cannot be used. */
    PemKeyCertOptions read() {
        return Pem.pair(certificate, key);
    }

    /** Of a server that is not open yet. */
    HttpServerOptions shownBy(HttpServerOptions server) {
        shown = read();
        report(expiry());
        return server.setSsl(true).setKeyCertOptions(shown);
    }

    void renewIn(HttpServer server, Vertx vertx) {
        vertx.setPeriodic(
                checkEvery.toMillis(),
                timer -> vertx.executeBlocking(() -> {
                    renewed(server);
                    return null;
                }));
    }

    private void renewed(HttpServer server) {
        try {
            PemKeyCertOptions found = read();
            if (!found.equals(shown)) {
                server.updateSSLOptions(new SSLOptions().setKeyCertOptions(found))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
                shown = found;
                LOG.info("The webhook shows the renewed certificate in {}", certificate.name());
            }
            report(expiry());
        } catch (RuntimeException e) {
            report("the renewed one cannot be used, and the one before stays: " + e.getMessage());
        }
    }

    private String expiry() {
        Instant end = Pem.certificates(certificate).get(0).getNotAfter().toInstant();
        return end.isAfter(Instant.now())
                ? null
                : certificate.name() + " has expired on " + end + ", so posts may fail. Renew it: no restart is needed";
    }

    private void report(String trouble) {
        if (trouble != null && !trouble.equals(reported)) {
            LOG.warn("Webhook certificate: {}", trouble);
        }
        reported = trouble;
    }
}
