package org.cobnut.launcher;

import java.nio.file.Files;
import java.util.Map;
import org.cobnut.launcher.framework.Container;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.AccountOptions;
import org.cobnut.launcher.program.CommandSignal;
import org.cobnut.launcher.program.PidFile;
import org.cobnut.launcher.program.Program;
import org.cobnut.launcher.program.RunMode;
import org.cobnut.program.Getopt;

/** Runs the program upsmon alone (upsmon(8)). */
final class UpsmonMain {
    static final String LETTERS = "c:P:DFBKhpu:r:V";

    private static final String HELP = """
            Watches UPSes, and shuts this machine down in time.

            usage: upsmon [OPTIONS]

              -c <command>  tell the upsmon that runs already, by a signal:
                             - fsd: shut down everything that its UPSes supply
                             - reload: read the files anew
                             - stop: end
              -P <pid>      tell this process instead of the one in the PID file
              -D            debug lines; in the foreground, unless -B says otherwise
              -F            stay in the foreground
              -B            go to the background, even with -D
              -K            exit 0 if POWERDOWNFLAG orders the power-off, else 1
              -p            one process, as whoever starts it
              -u <user>     if started as root, become this user, instead of RUN_AS_USER in upsmon.conf; a helper stays
                            root, which can but run SHUTDOWNCMD and write POWERDOWNFLAG
              -r <dir>      if started as root, and another user: run in this jail ("nutctl jail" makes it)
              -V            say which version this is
              -h            say this
            """;

    private final Daemon daemon;

    UpsmonMain(Daemon daemon) {
        this.daemon = daemon;
    }

    int run(Getopt options) throws StartException, InterruptedException {
        if (daemon.answers(options, HELP)) return 0;
        var order = options.last('c');
        if (order.isPresent()) {
            var word = CommandSignal.word(order.get(), "fsd", "reload", "stop");
            return word.isEmpty() ? help() : tell(options, word.get());
        }
        return serve(options);
    }

    private int help() {
        daemon.messages().out().print(HELP);
        return 0;
    }

    /** The whole runtime has upsmon inside: it takes the same signals, but is not stopped by this name. */
    private int tell(Getopt options, String word) throws InterruptedException {
        var directories = daemon.seen(options);
        var pid = options.last('P');
        var own = directories.pid().resolve("upsmon.pid");
        var whole = directories.pid().resolve("upsd.pid");
        boolean inside = pid.isEmpty() && !word.equals("stop") && !Files.exists(own) && Files.exists(whole);
        String signal = Map.of("fsd", "USR1", "reload", "HUP").getOrDefault(word, "TERM");
        return daemon.tell(pid, inside ? "cobnut" : "upsmon", inside ? whole : own, signal);
    }

    private int serve(Getopt options) throws StartException, InterruptedException {
        if (!options.has('p')) AccountOptions.check(options);
        var directories = daemon.directories();
        var program = Program.Monitor.of(Container.managed(daemon.environment()), directories.conf());
        daemon.beOnly(directories, program);
        var whole = PidFile.holder(directories.pid().resolve("upsd.pid"), "cobnut");
        if (whole.filter(NutProcess::watches).isPresent())
            throw new StartException(("A previous upsmon instance is already running!\n"
                            + "It is part of process %d, cobnut run; start that with --no-upsmon if this one shall watch.")
                    .formatted(whole.get().pid()));
        directories.check(program);
        return daemon.serve(options, directories, program, RunMode.of(options), true);
    }
}
