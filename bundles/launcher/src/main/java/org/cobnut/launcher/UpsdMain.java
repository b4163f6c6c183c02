package org.cobnut.launcher;

import java.util.Optional;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.AccountOptions;
import org.cobnut.launcher.program.CommandSignal;
import org.cobnut.launcher.program.Program.Server;
import org.cobnut.launcher.program.RunMode;
import org.cobnut.program.Getopt;

/** Runs the program upsd alone (upsd(8)). */
final class UpsdMain {
    static final String LETTERS = "c:P:DFBhr:qu:V46i:p:";

    private static final String HELP = """
            Network server for UPS data.

            usage: upsd [OPTIONS]

              -c <command>  tell the upsd that runs already, by a signal:
                             - reload: read the files anew
                             - stop: end
              -P <pid>      tell this process instead of the one in the PID file
              -D            debug lines; in the foreground, unless -B says otherwise
              -F            stay in the foreground, and write no PID file
              -FF           stay in the foreground, and write one
              -B            go to the background, even with -D
              -q            say less: warnings and errors only
              -4            IPv4 only
              -6            IPv6 only
              -u <user>     if started as root, become this user
              -r <dir>      if started as root, with -u: run in this jail ("nutctl jail" makes it)
              -V            say which version this is
              -h            say this
            """;

    private final Daemon daemon;

    UpsdMain(Daemon daemon) {
        this.daemon = daemon;
    }

    int run(Getopt options) throws StartException, InterruptedException {
        if (daemon.answers(options, HELP)) return 0;
        var order = options.last('c');
        if (options.has('i') || options.has('p'))
            throw new StartException("-i and -p are no more: say LISTEN <address> [<port>] in upsd.conf");
        if (order.isPresent()) {
            var signal = CommandSignal.word(order.get(), "reload", "stop");
            return signal.isEmpty() ? help() : tell(options, signal.get());
        }
        return serve(options);
    }

    private int help() {
        daemon.messages().out().print(HELP);
        return 0;
    }

    private int tell(Getopt options, String word) throws InterruptedException {
        var file = daemon.seen(options).pid().resolve("upsd.pid");
        return daemon.tell(options.last('P'), "upsd", file, word.equals("stop") ? "TERM" : "HUP");
    }

    private int serve(Getopt options) throws StartException, InterruptedException {
        AccountOptions.check(options);
        var directories = daemon.directories();
        var family = options.has('6') ? Optional.of("6") : Optional.of("4").filter(four -> options.has('4'));
        var program = new Server(family);
        daemon.beOnly(directories, program);
        directories.check(program);
        // Names are resolved by Java, which reads these before its first use of the network.
        if (family.filter("4"::equals).isPresent()) System.setProperty("java.net.preferIPv4Stack", "true");
        if (family.filter("6"::equals).isPresent()) System.setProperty("java.net.preferIPv6Addresses", "true");
        var runMode = RunMode.of(options);
        return daemon.serve(options, directories, program, runMode, runMode.pid());
    }
}
