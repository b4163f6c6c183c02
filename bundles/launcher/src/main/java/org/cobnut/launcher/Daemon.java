package org.cobnut.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What NUT's daemons do alike, once their options are read. */
record Daemon(Map<String, String> environment, Path home, Talk talk) {
    Places places() {
        return Places.of(home, environment);
    }

    /** The same as seen from here, for what runs in the jail of option -r. */
    Places seen(Getopt options) {
        return Places.seenIn(Account.root(options), home, environment);
    }

    /** Refuses to be the second of its kind. */
    void beOnly(Places places, Program program) throws Refused {
        var file = places.pid().resolve(program.stem() + ".pid");
        if (PidFile.holder(file, program.name()).isPresent())
            throw new Refused(program.alreadyRunning(file, OptionalLong.empty()));
    }

    /** Signals the one of that PID file, or of that number; the exit code. */
    int tell(Optional<String> pid, String program, Path file, String signal) throws InterruptedException {
        return new Telling(talk, program).signal(pid, file, signal) ? 0 : 1;
    }

    /** Is that program until it ends; the exit code. */
    int serve(Getopt options, Places places, Program program, Ground ground, boolean pidFile)
            throws Refused, InterruptedException {
        Verbosity.of(options, NutConf.in(places.conf()), environment).apply(true);
        var run = new Run(program, places, environment, talk.err());
        return run.serve(Optional.empty(), pidFile, container -> {
            if (ground == Ground.BACK) run.detach();
        });
    }
}
