package org.cobnut.testkit;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.Links;

/** Links for one session under test: files below a folder, and a count of the polls that were asked for. */
public final class TestLinks implements Links {
    private final Path folder;
    private final AtomicInteger wakes = new AtomicInteger();

    public TestLinks(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    /** How often the session asked for a poll. */
    public int wakes() {
        return wakes.get();
    }
}
