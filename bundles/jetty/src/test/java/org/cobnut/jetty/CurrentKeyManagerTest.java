package org.cobnut.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.tls.TlsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of a file that is renewed, broken and mended while connections come. */
class CurrentKeyManagerTest {
    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private CertificateAuthority authority;
    private Path file;
    private int edition;

    @BeforeEach
    void make() throws Exception {
        authority = new CertificateAuthority(directory);
        authority.selfSigned("one", "");
        authority.selfSigned("two", "");
        file = directory.resolve("current.pem");
        put(Files.readString(authority.path("one.both")));
    }

    /** Its time differs from the one before, however soon it comes. */
    private void put(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + ++edition)));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    }

    private CurrentKeyManager keys() throws IOException {
        return new CurrentKeyManager(new TlsFiles(Optional.of(file), Optional.empty(), "", ""), nanos::get);
    }

    private static String name(CurrentKeyManager keys) {
        String alias = keys.chooseEngineServerAlias("RSA", null, null);
        if (alias == null) alias = keys.chooseEngineServerAlias("EC", null, null);
        return keys.getCertificateChain(alias)[0].getSubjectX500Principal().getName();
    }

    @Test
    void aRenewedFileCountsAndABadOneLeavesWhatWasBefore() throws IOException {
        var keys = keys();
        assertThat(name(keys)).contains("CN=one");
        put("no certificate");
        assertThat(name(keys)).contains("CN=one");
        put(Files.readString(authority.path("two.both")));
        assertThat(name(keys)).contains("CN=two");
        Files.delete(file);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(name(keys)).contains("CN=two");
    }

    @Test
    void aFileWithoutAKeyIsRefusedWithItsName() throws IOException {
        put("no certificate");
        assertThatThrownBy(this::keys).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
    }
}
