package org.cobnut.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.cli.client.Recorder;
import org.cobnut.cli.client.Upsc;
import org.cobnut.cli.client.Upscmd;
import org.cobnut.cli.client.Upsrw;
import org.cobnut.cli.control.Nutctl;
import org.cobnut.cli.driver.Sockdebug;
import org.cobnut.cli.driver.Upsdrvctl;
import org.cobnut.cli.log.Upslog;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Help;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.Version;

/**
 * Runs the program that the system property {@code cobnut.program} names: upsc, upscmd, upsrw, upslog, upsdrvctl,
 * sockdebug, nut-recorder or nutctl.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = run(System.getProperty("cobnut.program", "upsc"), args, Terminal.real());
        System.out.flush();
        System.exit(status);
    }

    /** The exit code: 0, or 1 after a text on standard error; NUT's client programs know no other. */
    static int run(String program, String[] args, Terminal terminal) {
        try {
            switch (program) {
                case "upsc" -> upsc(args, terminal);
                case "upscmd" -> upscmd(args, terminal);
                case "upsrw" -> upsrw(args, terminal);
                case "upsdrvctl" -> {
                    return upsdrvctl(args, terminal);
                }
                case "upslog" -> new Upslog(Options.parse(Upslog.OPTIONS, args), terminal).run(args);
                case "sockdebug" -> new Sockdebug(terminal).run(args);
                case "nut-recorder" -> recorder(args, terminal);
                case "nutctl" -> new Nutctl(terminal).run(args);
                default -> throw new ProgramFailure("Error: no program of that name: " + program);
            }
            return 0;
        } catch (ProgramFailure e) {
            if (!e.text().isEmpty()) terminal.err(e.text());
        } catch (IOException e) {
            terminal.err("Error: " + FailureText.reason(e));
        }
        return 1;
    }

    private static void upsc(String[] args, Terminal terminal) throws ProgramFailure {
        var options = Options.parse("hVDlLcjW:A:", args);
        if (!Help.answered("upsc", options, Upsc.HELP, terminal)) new Upsc(options, terminal).run();
    }

    private static void upscmd(String[] args, Terminal terminal) throws ProgramFailure, IOException {
        var options = Options.parse("hVDlwu:p:t:W:A:", args);
        if (!Help.answered("upscmd", options, Upscmd.HELP, terminal)) new Upscmd(options, terminal).run();
    }

    private static void upsrw(String[] args, Terminal terminal) throws ProgramFailure, IOException {
        var options = Options.parse("hVDlws:u:p:t:W:A:", args);
        if (!Help.answered("upsrw", options, Upsrw.HELP, terminal)) new Upsrw(options, terminal).run();
    }

    private static int upsdrvctl(String[] args, Terminal terminal) throws ProgramFailure {
        var options = Options.parse(Upsdrvctl.LETTERS, args);
        String quiet = terminal.env("NUT_QUIET_INIT_BANNER");
        boolean asked = options.has('h') || options.has('V');
        if (!asked && !quiet.equalsIgnoreCase("true")) terminal.out(Version.of("- UPS driver controller") + '\n');
        if (Help.answered("upsdrvctl", "- UPS driver controller", options, Upsdrvctl.HELP, terminal)) return 0;
        try {
            return new Upsdrvctl(options, terminal, Path.of(System.getProperty("cobnut.home", ""))).run();
        } catch (InterruptedException e) {
            throw new ProgramFailure("interrupted");
        }
    }

    private static void recorder(String[] args, Terminal terminal) throws ProgramFailure, IOException {
        var options = Options.parse(Recorder.OPTIONS, args);
        if (!Help.answered("nut-recorder", options, Recorder.HELP, terminal)) new Recorder(options, terminal).run();
    }
}
