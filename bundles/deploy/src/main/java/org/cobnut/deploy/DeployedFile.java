package org.cobnut.deploy;

import java.io.File;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Represents a file of the hot-deploy directory and its state. Used by the deployer's thread only. */
final class DeployedFile {
    private final File file;
    private String digest = "";
    private String told = "";
    private String reason = "";
    private long changedAt;
    private boolean changed;
    private boolean started;
    private boolean stuck;
    private @Nullable Bundle bundle;

    DeployedFile(File file) {
        this.file = file;
    }

    File file() {
        return file;
    }

    String name() {
        return file.getName();
    }

    /** The file is new, or another than it was. */
    void changed(long now) {
        changedAt = now;
        changed = true;
    }

    /** Tells whether the file is still to be taken. */
    boolean changed() {
        return changed;
    }

    @Nullable
    Bundle bundle() {
        return bundle;
    }

    String digest() {
        return digest;
    }

    /** What is in the file runs, or would if it could. */
    void taken(Bundle now, String contents) {
        bundle = now;
        digest = contents;
        changed = false;
    }

    /** Tells whether it ran once; then it was stopped on purpose since. */
    boolean started() {
        return started;
    }

    void started(boolean now) {
        started = now;
    }

    /** Tells whether the framework was called for its bundle and has not come back. */
    boolean stuck() {
        return stuck;
    }

    void stuck(boolean now) {
        stuck = now;
    }

    void waits(String why) {
        reason = why;
    }

    void settled() {
        reason = "";
        told = "";
    }

    /** Says why it waits; empty when it does not. */
    String reason() {
        return reason;
    }

    boolean waiting() {
        return !reason.isEmpty();
    }

    /** The reason why it waits, if it has stood for so long and was not told yet; empty else. Counts as told then. */
    String news(long now, long patience) {
        if (reason.equals(told) || now - changedAt < patience) return "";
        told = reason;
        return reason;
    }
}
