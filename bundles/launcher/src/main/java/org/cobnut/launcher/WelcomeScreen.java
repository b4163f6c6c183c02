package org.cobnut.launcher;

import java.nio.file.Files;
import java.util.Optional;
import org.cobnut.launcher.framework.WebConsole;
import org.cobnut.launcher.program.Directories;

/** Prints one screen of help after a start from the sources. */
final class WelcomeScreen {
    private WelcomeScreen() {}

    /** The screen; {@code tools} is how the user would type the directory of the programs. */
    static String screen(Directories directories, String tools, Optional<WebConsole> console) {
        return """

                Cobnut is running: drivers and upsd in one process, number %d.

                  devices          %s/ups.conf
                  addresses        %s/upsd.conf
                  users            %s/upsd.users
                  drivers          %s/drivers: drop a jar in, take it out
                  state            %s
                %s
                Edits of these files are taken up within a second. In another terminal, try

                  %s/upsc -l
                  %s/upsc demo

                Ctrl-C ends it.
                """.formatted(
                        ProcessHandle.current().pid(),
                        directories.conf(),
                        directories.conf(),
                        directories.conf(),
                        directories.home(),
                        directories.state(),
                        console.map(shown -> console(directories, shown)).orElse(""),
                        tools,
                        tools);
    }

    /** Where the secret is, not what it is: screens are kept in logs. */
    private static String console(Directories directories, WebConsole console) {
        var first = directories.state().resolve("console.secret.first");
        return """
                  web console      %s
                                   user admin, password %s
                """.formatted(console.url(), Files.exists(first) ? "in " + first : "as before");
    }
}
