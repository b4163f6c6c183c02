package org.cobnut.conf.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the state path that NUT's files name: {@code statepath} of ups.conf, else STATEPATH of upsd.conf. */
public final class StatePath {
    private StatePath() {}

    /** Returns the path that the files in that directory name; empty when none does. */
    public static Optional<Path> in(Path conf) {
        return NutFile.readIfThere(conf.resolve("ups.conf"), LineSyntax.SECTIONS)
                .global()
                .valueInAnyCase("statepath")
                .or(() -> inUpsdConf(conf))
                .map(Path::of);
    }

    private static Optional<String> inUpsdConf(Path conf) {
        return NutFile.readIfThere(conf.resolve("upsd.conf"), LineSyntax.DIRECTIVES)
                .global()
                .directives("STATEPATH")
                .stream()
                .filter(words -> !words.isEmpty())
                .map((List<String> words) -> words.get(0))
                .reduce((earlier, later) -> later);
    }
}
