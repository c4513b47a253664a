package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that nobody has signed, its key, and clients that trust it. */
final class SelfSigned {

    static final String PASSWORD = "a password for the key store";

    private static final String ALIAS = "parlour";

    private final Path keyStore;
    private final KeyStore keys;

    /** Makes a new one below this directory. */
    SelfSigned(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        keyStore = directory.resolve("parlour.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    }

    /** In PKCS #12. */
    Path keyStore() {
        return keyStore;
    }

    /** Certificate and key in PEM. */
    Path pem() throws IOException, GeneralSecurityException {
        var pem = keyStore.resolveSibling("parlour.pem");
        var key = keys.getKey(ALIAS, PASSWORD.toCharArray());
        return Files.writeString(
                pem,
                block("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()) + block("PRIVATE KEY", key.getEncoded()));
    }

    private static String block(String kind, byte[] content) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    SSLContext trusting() throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    HttpClient client() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .sslContext(trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
