package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of this machine's own with its key, that nobody vouches for, or an authority of its own. */
public record TestCertificate(Path keys) {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";

    /** Nobody vouches for it. */
    public static TestCertificate in(Path folder) throws IOException, InterruptedException {
        return server(folder, "-keyalg", "EC");
    }

    /** Other arguments of keytool, such as another algorithm, or a time that is over. */
    public static TestCertificate server(Path folder, String... options) throws IOException, InterruptedException {
        Path keys = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        make(keys, SERVER, "CN=127.0.0.1", with(options, "-ext", "san=ip:127.0.0.1,dns:localhost"));
        return new TestCertificate(keys);
    }

    /** An authority of its own vouches for it. */
    public static TestCertificate signed(Path folder) throws IOException, InterruptedException {
        Path keys = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        make(keys, AUTHORITY, "CN=Example's own authority", "-keyalg", "EC", "-ext", "bc:c");
        make(
                keys,
                SERVER,
                "CN=127.0.0.1",
                "-keyalg",
                "EC",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-signer",
                AUTHORITY);
        return new TestCertificate(keys);
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void make(Path keys, String alias, String name, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                name,
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(keys.resolveSibling("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** For a server that shows the certificate, and for a client that trusts it. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = store();
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        store.deleteEntry(AUTHORITY);
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return tls;
    }

    /** A file of PEM, with the certificates of those that vouch for it after it. */
    public Path certificate() throws IOException, GeneralSecurityException {
        return pem("certificate", "CERTIFICATE", encoded(store().getCertificateChain(SERVER)));
    }

    /** A file of PEM. */
    public Path authority() throws IOException, GeneralSecurityException {
        return pem(AUTHORITY, "CERTIFICATE", encoded(store().getCertificate(AUTHORITY)));
    }

    /** A file of PEM, in PKCS#8. */
    public Path key() throws IOException, GeneralSecurityException {
        return pem("key", "PRIVATE KEY", List.of(keyInPkcs8()));
    }

    public byte[] keyInPkcs8() throws IOException, GeneralSecurityException {
        return store().getKey(SERVER, PASSWORD.toCharArray()).getEncoded();
    }

    private static List<byte[]> encoded(Certificate... certificates) throws GeneralSecurityException {
        List<byte[]> all = new ArrayList<>();
        for (Certificate certificate : certificates) {
            all.add(certificate.getEncoded());
        }
        return all;
    }

    public Path pem(String name, String kind, List<byte[]> blocks) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (byte[] block : blocks) {
            pem.append("-----BEGIN ").append(kind).append("-----\n");
            pem.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(block));
            pem.append("\n-----END ").append(kind).append("-----\n");
        }
        return Files.writeString(keys.resolveSibling(name + ".pem"), pem);
    }
}
