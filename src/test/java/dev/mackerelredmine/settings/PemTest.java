package dev.mackerelredmine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("service")
class PemTest {

    /** What stands before an RSA key of 2048 bits in PKCS#8. */
    private static final int HEAD_OF_PKCS_8 = 26;

    private static final String NO_KEY =
            "holds no private key in PEM, RSA or EC and without a passphrase, that fits the first certificate in ";

    @TempDir
    Path folder;

    private static SettingFile file(Path path) {
        return new SettingFile("server.tls.key", path.toString());
    }

    private static void assertRefused(ThrowingCallable reading, Path file, String why) {
        assertThatThrownBy(reading)
                .isInstanceOf(SettingsException.class)
                .hasMessage("server.tls.key (SERVER_TLS_KEY) names " + file + ", which " + why);
    }

    @Test
    void takes_a_certificate_with_those_that_vouch_for_it() throws Exception {
        TestCertificate certificate = TestCertificate.signed(folder);

        assertThat(Pem.certificates(file(certificate.certificate())))
                .extracting(it -> it.getSubjectX500Principal().getName())
                .containsExactly("CN=127.0.0.1", "CN=Example's own authority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n"})
    void refuses_a_file_without_certificates(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("certificate.pem"), content);

        assertRefused(() -> Pem.certificates(file(file)), file, "holds no certificate in PEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void takes_a_key_that_fits(String algorithm) throws Exception {
        TestCertificate certificate = TestCertificate.server(folder, "-keyalg", algorithm);

        assertThatCode(() -> Pem.pair(file(certificate.certificate()), file(certificate.key())))
                .doesNotThrowAnyException();
    }

    @Test
    void takes_an_rsa_key_in_its_older_form() throws Exception {
        TestCertificate certificate = TestCertificate.server(folder, "-keyalg", "RSA", "-keysize", "2048");
        byte[] pkcs8 = certificate.keyInPkcs8();
        Path key = certificate.pem(
                "old", "RSA PRIVATE KEY", List.of(Arrays.copyOfRange(pkcs8, HEAD_OF_PKCS_8, pkcs8.length)));

        assertThatCode(() -> Pem.pair(file(certificate.certificate()), file(key)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void refuses_the_key_of_another_certificate(String algorithm) throws Exception {
        Path certificate = TestCertificate.in(folder).certificate();
        Path key = TestCertificate.server(folder, "-keyalg", algorithm).key();

        assertRefused(() -> Pem.pair(file(certificate), file(key)), key, NO_KEY + certificate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nbm9uZQ==\n-----END ENCRYPTED PRIVATE KEY-----\n"
            })
    void refuses_a_file_without_a_key(String content) throws Exception {
        Path certificate = TestCertificate.in(folder).certificate();
        Path key = Files.writeString(folder.resolve("key.pem"), content);

        assertRefused(() -> Pem.pair(file(certificate), file(key)), key, NO_KEY + certificate);
    }
}
