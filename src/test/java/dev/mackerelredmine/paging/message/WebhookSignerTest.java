package dev.mackerelredmine.paging.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class WebhookSignerTest {

    /** The example of the standard's own libraries. */
    @Test
    void signs_as_standard_webhooks_does() {
        assertThat(new WebhookSigner("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330L, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signs_nothing_without_a_secret() {
        assertThat(new WebhookSigner(null).sign("msg_1", 1614265330L, "{}")).isNull();
    }

    @Test
    void knows_a_secret_of_the_standard_and_makes_one() {
        assertThat(WebhookSigner.isSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isTrue();
        assertThat(WebhookSigner.isSecret(WebhookSigner.newSecret())).isTrue();
        assertThat(WebhookSigner.isSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isFalse();
        assertThat(WebhookSigner.isSecret("whsec_short")).isFalse();
        assertThat(WebhookSigner.isSecret("whsec_no base64, but long enough!")).isFalse();
    }
}
