package org.cobnut.launcher;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** The program upsmon by itself (upsmon(8)), as one process: whoever starts it must be allowed to shut down. */
final class UpsmonMain {
    static final String LETTERS = "c:P:DFBKhpu:V";

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
              -p            one process with all privileges; it is always so here
              -u <user>     taken, and of no effect: see -p
              -V            say which version this is
              -h            say this
            """;

    private final Daemon daemon;
    private final Talk talk;

    UpsmonMain(Daemon daemon) {
        this.daemon = daemon;
        talk = daemon.talk();
    }

    int run(Getopt options) throws Refused, InterruptedException {
        talk.banner("Network UPS Tools upsmon " + Talk.level());
        if (!options.fault().isEmpty()) talk.fault(options.fault());
        var order = options.last('c');
        if (options.has('h') || !options.fault().isEmpty() || !options.rest().isEmpty()) return help();
        if (options.has('V')) return 0;
        if (order.isPresent()) {
            var word = Telling.word(order.get(), "fsd", "reload", "stop");
            return word.isEmpty() ? help() : tell(options.last('P'), word.get());
        }
        return serve(options);
    }

    private int help() {
        talk.out().print(HELP);
        return 0;
    }

    /** The whole runtime has upsmon inside: it takes the same signals, but is not stopped by this name. */
    private int tell(Optional<String> pid, String word) throws InterruptedException {
        var places = daemon.places();
        var own = places.pid().resolve("upsmon.pid");
        var whole = places.pid().resolve("upsd.pid");
        boolean inside = pid.isEmpty() && !word.equals("stop") && !Files.exists(own) && Files.exists(whole);
        String signal = Map.of("fsd", "USR1", "reload", "HUP").getOrDefault(word, "TERM");
        return daemon.tell(pid, inside ? "cobnut" : "upsmon", inside ? whole : own, signal);
    }

    private int serve(Getopt options) throws Refused, InterruptedException {
        var places = daemon.places();
        daemon.beOnly(places);
        places.check();
        var user = options.last('u').filter(name -> !name.equals(System.getProperty("user.name", "")));
        user.ifPresent(name -> talk.err()
                .println("upsmon: stays %s, and does not become %s: there is one process only"
                        .formatted(System.getProperty("user.name", ""), name)));
        return daemon.serve(options, places, new Program.Monitor(), Ground.of(options), true);
    }
}
