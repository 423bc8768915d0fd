package dev.mackerelredmine.settings;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Certificates and keys in files of PEM. A file that cannot be used is refused, by its setting and its name. */
public final class Pem {

    private Pem() {}

    /** One at least, in the order of the file. */
    public static List<X509Certificate> certificates(SettingFile file) {
        try {
            byte[] pem = file.text().getBytes(StandardCharsets.UTF_8);
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!all.isEmpty()) {
                return all;
            }
        } catch (CertificateException e) {
            // as without any
        }
        throw file.refuse("holds no certificate in PEM");
    }

    public static TrustManager trusting(SettingFile authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<X509Certificate> certificates = certificates(authorities);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers()[0];
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate, with those that vouch for it after it, and the key that fits it. */
    public static PemKeyCertOptions pair(SettingFile certificate, SettingFile key) {
        X509Certificate first = certificates(certificate).get(0);
        PemKeyCertOptions pair = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.text()))
                .addKeyValue(Buffer.buffer(key.text()));
        if (!fits(pair, first)) {
            throw key.refuse(
                    "holds no private key in PEM, RSA or EC and without a passphrase, that fits the first certificate in "
                            + certificate.name());
        }
        return pair;
    }

    /** To read what is no key, and to put a key beside a certificate of another kind, fails in many ways. */
    private static boolean fits(PemKeyCertOptions pair, X509Certificate certificate) {
        try {
            KeyStore store = pair.loadKeyStore(null);
            X509KeyManager keys =
                    (X509KeyManager) pair.getKeyManagerFactory(null).getKeyManagers()[0];
            return fits(keys.getPrivateKey(store.aliases().nextElement()), certificate);
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        return signature.verify(signed);
    }
}
