package org.cobnut.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.cobnut.deploy.jar.TrustedSigners;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses, or warns of, a jar of the directory without a trusted signature. The launcher requires the same of every
 * bundle of a locked Cobnut, from any installer; this class reports the reason with the name of the file before
 * anything is installed. Used by the deployer's thread only.
 */
final class SignatureRule {
    private static final Logger log = LoggerFactory.getLogger(SignatureRule.class);

    private final TrustedSigners signers;
    private final Path list;
    private final boolean locked;
    /** What the list says, and when it was written. */
    private String shipped = "";

    private @Nullable FileTime written;

    SignatureRule(BundleContext context) {
        signers = new TrustedSigners(
                path(context.getProperty("cobnut.confpath")).resolve("vendors"), problem -> log.error("{}", problem));
        list = path(context.getProperty("cobnut.home")).resolve("lib/drivers.sha256");
        locked = Boolean.parseBoolean(context.getProperty("cobnut.locked"));
    }

    /**
     * Passes a jar that is to be installed, or warns of it.
     *
     * @throws Refusal when it is revoked, or when it has no trusted signature and this Cobnut is locked
     */
    void check(String file, JarCopy jar) throws Refusal {
        Optional<String> objection;
        try {
            Optional<String> revoked = signers.revoked(jar.digest(), jar.signature());
            if (revoked.isPresent()) throw new Refusal(revoked.get());
            objection = signers.objection(jar.signature());
        } catch (IOException e) {
            throw new Refusal("it is not known what is revoked: " + ErrorText.withFile(e), e);
        }
        if (objection.isPresent() && locked) throw new Refusal(objection.get() + ", and this Cobnut is locked");
        if (objection.isPresent() && !shipped(jar.digest()))
            log.warn("{}: {} is taken though {}", file, jar.title(), objection.get());
    }

    /** Tells whether a jar is the distribution's own and runs whoever signed it, so that nothing in it needs a check. */
    boolean known(String digest) {
        try {
            return !locked && shipped(digest) && signers.revokesNone();
        } catch (IOException e) {
            return false; // the check of the jar says so
        }
    }

    /** Tells whether it is one of those that the distribution was put together with. */
    boolean shipped(String digest) {
        try {
            FileTime now = Files.getLastModifiedTime(list);
            if (!now.equals(written)) shipped = Files.readString(list);
            written = now;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", list, ErrorText.of(e));
            return false;
        }
        return shipped.contains(digest);
    }

    private static Path path(@Nullable String property) {
        return Path.of(property == null ? "" : property).toAbsolutePath();
    }
}
