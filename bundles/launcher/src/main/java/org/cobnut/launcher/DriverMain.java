package org.cobnut.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.deploy.jar.TrustedSigners;
import org.cobnut.launcher.framework.InstallPolicy;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.AccountOptions;
import org.cobnut.launcher.program.Directories;
import org.cobnut.launcher.program.DriverJar;
import org.cobnut.launcher.program.NutConf;
import org.cobnut.launcher.program.Program.Driver;
import org.cobnut.launcher.program.RunMode;
import org.cobnut.launcher.program.RunningDriver;
import org.cobnut.launcher.program.StartMessages;
import org.cobnut.program.Getopt;

/** Runs a driver's program for one section of ups.conf (nutupsdrv(8)). */
final class DriverMain {
    static final String LETTERS = "a:s:kDFBd:hx:Lqr:u:g:Vi:c:P:";

    private static final List<String> ORDERS = List.of("reload", "reload-or-error", "reload-or-exit", "exit");

    private static final String HELP = """
            usage: %s (-a <id> | -s <id>) [OPTIONS]

              -a <id>        run the section <id> of ups.conf; what -x gives comes before what stands there
              -s <id>        run without ups.conf, on what -x gives: the port at least
              -x <var>=<val> set a variable of the driver; -x <flag> sets a flag
              -i <int>       seconds between two polls
              -d <count>     print what is known after so many updates, and end
              -k             switch the load off, and end
              -L             print the driver's variables in a form for programs
              -c <command>   tell the driver that runs already: reload, reload-or-error, reload-or-exit, exit
              -P <pid>       tell this process instead of the one in the PID file
              -D             debug lines; in the foreground, unless -B says otherwise
              -F             stay in the foreground, and write no PID file
              -FF            stay in the foreground, and write one
              -B             go to the background, even with -D
              -q             say less: warnings and errors only
              -g <group>     the group that may use the socket
              -u <user>      if started as root, become this user
              -r <dir>       if started as root, with -u: run in this jail ("nutctl jail" makes it)
              -V             say which version this is
              -h             say this
            """;

    private final Daemon daemon;
    private final StartMessages messages;
    private final Path home;

    DriverMain(Daemon daemon) {
        this.daemon = daemon;
        messages = daemon.messages();
        home = daemon.home();
    }

    int run(Getopt options) throws StartException, InterruptedException {
        var title = "Network UPS Tools - " + messages.program() + " " + StartMessages.level();
        if (options.has('V')) messages.version(title);
        else messages.banner(title);
        if (!options.fault().isEmpty()) {
            messages.fault(options.fault());
            throw new StartException("Error: unknown option. Try -h for help.");
        }
        var jar = DriverJar.of(messages.program(), home.resolve("drivers"))
                .orElseThrow(() -> new StartException(
                        "no jar in %s has a driver %s".formatted(home.resolve("drivers"), messages.program())));
        if (options.has('V')) return 0;
        checkSignature(jar);
        if (options.has('h')) return help(jar);
        if (options.has('L')) return describe(jar);
        messages.refuseWords(options);
        var ups = section(options);
        var program = new Driver(messages.program(), ups, jar, settings(options, messages.program(), ups));
        if (options.has('c')) return tell(options, daemon.seen(options), program);
        AccountOptions.check(options);
        var directories = daemon.directories();
        directories.check(program);
        directories.checkDrivers(NutConf.in(directories.conf()), messages::fault);
        if (options.has('k') && running(directories, program).kills()) return 0;
        if (options.has('k') || !options.has('d')) running(directories, program).dismiss();
        return serve(options, directories, program);
    }

    /** Even its options are told by its own code. */
    private void checkSignature(Path jar) throws StartException {
        var conf = daemon.directories().conf();
        if (!NutConf.in(conf).locked()) return;
        var signers = new TrustedSigners(conf.resolve("vendors"), messages.err()::println);
        var objection = InstallPolicy.objection(jar, signers);
        if (!objection.isEmpty())
            throw new StartException("%s is not run: %s, and this Cobnut is locked".formatted(jar, objection));
    }

    private int help(Path jar) throws StartException {
        messages.out().print(HELP.formatted(messages.program()));
        messages.out().println("\nAcceptable values for -x or ups.conf in this driver:\n");
        for (var option : DriverOptions.of(jar, messages.program(), home.resolve("system")))
            messages.out().println(option.help());
        return 0;
    }

    private int describe(Path jar) throws StartException {
        for (var option : DriverOptions.of(jar, messages.program(), home.resolve("system")))
            messages.out().println(option.parsable());
        return 0;
    }

    private static String section(Getopt options) throws StartException {
        var file = options.last('a');
        var ups = file.isPresent() ? file : options.last('s');
        if (ups.isEmpty())
            throw new StartException("Error: specifying '-a id' or '-s id' is now mandatory. Try -h for help.");
        if (options.has('a') && options.has('s'))
            throw new StartException("Error: options '-a id' and '-s id' are mutually exclusive. Try -h for help.");
        if (!ups.get().matches("[^\\s@:/\\\\\"\\[\\]=#]+"))
            throw new StartException("Error: no UPS can be called " + ups.get());
        return ups.get();
    }

    /** What the runtime is told beside the files; docs/architecture.md, "Framework properties". */
    private static Map<String, String> settings(Getopt options, String driver, String ups) throws StartException {
        var all = new LinkedHashMap<String, String>();
        all.put("cobnut.ups", ups);
        all.put("cobnut.driver", driver);
        all.put("cobnut.ups.file", Boolean.toString(options.has('a')));
        var lines = new StringBuilder();
        for (var given : options.all('x')) lines.append(line(given)).append('\n');
        var interval = options.last('i');
        if (interval.isPresent() && !interval.get().matches("0*[1-9]\\d{0,8}"))
            throw new StartException("Error: command-line: invalid pollinterval: " + interval.get());
        interval.ifPresent(
                seconds -> lines.append("pollinterval = ").append(seconds).append('\n'));
        AccountOptions.group(options)
                .ifPresent(group -> lines.append("group = ").append(group).append('\n'));
        all.put("cobnut.ups.lines", lines.toString());
        var dump = options.last('d');
        if (dump.isPresent() && !dump.get().matches("[1-9]\\d{0,4}"))
            throw new StartException("Error: -d wants a number of updates from 1, not " + dump.get());
        dump.ifPresent(updates -> all.put("cobnut.driver.dump", updates));
        if (options.has('k')) all.put("cobnut.driver.killpower", "true");
        if (Boolean.getBoolean(Driver.KEPT)) all.put(Driver.KEPT, "true");
        return all;
    }

    /** A line of ups.conf that says the same. */
    private static String line(String given) throws StartException {
        int sign = given.indexOf('=');
        var name = (sign < 0 ? given : given.substring(0, sign)).strip();
        if (name.isEmpty() || name.matches(".*[\\s\"#\\\\].*"))
            throw new StartException("Error: -x wants var=val, not " + given);
        if (sign < 0) return name;
        return name + " = \"" + given.substring(sign + 1).strip().replaceAll("[\\\\\"#]", "\\\\$0") + '"';
    }

    private RunningDriver running(Directories directories, Driver program) {
        return new RunningDriver(directories, program, messages);
    }

    private int tell(Getopt options, Directories directories, Driver program)
            throws StartException, InterruptedException {
        var said = options.last('c').orElse("");
        if (!ORDERS.contains(said))
            throw new StartException("Error: unknown command %s of -c: %s".formatted(said, String.join(", ", ORDERS)));
        if (options.has('P'))
            return daemon.tell(options.last('P'), program.name(), directories.pid(), RunningDriver.signal(said));
        return running(directories, program).tell(said) ? 0 : 1;
    }

    private int serve(Getopt options, Directories directories, Driver program)
            throws StartException, InterruptedException {
        boolean brief = options.has('d') || options.has('k');
        var runMode = brief ? RunMode.FRONT : RunMode.of(options);
        return daemon.serve(options, directories, program, runMode, runMode.pid());
    }
}
