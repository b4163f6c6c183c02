package org.cobnut.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.cobnut.launcher.framework.ProgramRunner;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.AccountOptions;
import org.cobnut.launcher.program.CommandSignal;
import org.cobnut.launcher.program.Directories;
import org.cobnut.launcher.program.NutConf;
import org.cobnut.launcher.program.PidFile;
import org.cobnut.launcher.program.Program;
import org.cobnut.launcher.program.RunMode;
import org.cobnut.launcher.program.StartMessages;
import org.cobnut.launcher.program.Verbosity;
import org.cobnut.program.Getopt;

/** Holds what all of NUT's daemons do in the same way once their options are read. */
record Daemon(Map<String, String> environment, Path home, StartMessages messages) {
    /** Says what -V, -h and a command line with a fault are answered with; whether that is all there is to do. */
    boolean answers(Getopt options, String help) throws StartException {
        var title = "Network UPS Tools " + messages.program() + " " + StartMessages.level();
        if (options.has('V')) {
            messages.version(title);
            return true;
        }
        messages.banner(title);
        if (!options.fault().isEmpty()) messages.fault(options.fault());
        if (options.has('h') || !options.fault().isEmpty()) {
            messages.out().print(help);
            return true;
        }
        messages.refuseWords(options);
        return false;
    }

    Directories directories() {
        return Directories.of(home, environment);
    }

    /** The same as seen from here, for what runs in the jail of option -r. */
    Directories seen(Getopt options) {
        return Directories.seenIn(AccountOptions.root(options), home, environment);
    }

    /** Refuses to be the second of its kind. */
    void beOnly(Directories directories, Program program) throws StartException {
        var file = directories.pid().resolve(program.stem() + ".pid");
        if (PidFile.holder(file, program.name()).isPresent())
            throw new StartException(program.alreadyRunning(file, OptionalLong.empty()));
    }

    /** Signals the one of that PID file, or of that number; the exit code. */
    int tell(Optional<String> pid, String program, Path file, String signal) throws InterruptedException {
        return new CommandSignal(messages, program).signal(pid, file, signal) ? 0 : 1;
    }

    /** Is that program until it ends; the exit code. */
    int serve(Getopt options, Directories directories, Program program, RunMode runMode, boolean pidFile)
            throws StartException, InterruptedException {
        Verbosity.of(options, NutConf.in(directories.conf()), environment).apply(program.name(), true, environment);
        var run = new ProgramRunner(
                program, directories, environment, LaunchLog.of(program.name(), true, environment, messages.err()));
        return run.serve(Optional.empty(), pidFile, container -> {
            if (runMode == RunMode.BACK) run.detach();
        });
    }
}
