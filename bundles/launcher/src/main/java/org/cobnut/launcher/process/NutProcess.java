package org.cobnut.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;

/**
 * Represents another process of NUT or Cobnut, identified by its number.
 *
 * @param program NUT's name of the program: upsd, or a driver
 */
public record NutProcess(long pid, String program) {
    private static final long SECONDS = 5;

    /** Tells whether processes can be looked at: not in a jail, which has no /proc, for that leads out of it. */
    public static boolean visible() {
        return Files.exists(Path.of("/proc/self"));
    }

    /** The process that a PID file names. */
    public static OptionalLong in(Path file) throws IOException {
        return number(Files.readString(file));
    }

    /** The number that such a file holds. */
    public static OptionalLong number(String content) {
        var text = content.strip();
        return text.matches("[1-9]\\d{0,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    public boolean alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Tells whether it lives and is that program, ours or NUT's; one that cannot be looked at counts as one. */
    public boolean serves() {
        if (!alive()) return false;
        try {
            var words = words();
            return words.get(0).matches("(.*/)?" + java.util.regex.Pattern.quote(program))
                    || words.contains("-Dcobnut.program=" + program)
                    || (program.equals("upsd") && words.contains("-Dcobnut.program=cobnut"));
        } catch (IOException e) {
            return true;
        }
    }

    /** Tells whether it is all in one with upsmon in it, as far as its command line tells. */
    public boolean watches() {
        try {
            var words = words();
            return words.contains("-Dcobnut.program=cobnut") && !words.contains("--no-upsmon");
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> words() throws IOException {
        return List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                .split("\0", -1));
    }

    /**
     * Sends it a signal by its name without SIG.
     *
     * @return the system's words when that did not work, else nothing
     */
    public String signal(String name) throws InterruptedException {
        try {
            // Java itself can send TERM and KILL only; every shell has kill.
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                    .redirectErrorStream(true)
                    .start();
            kill.getOutputStream().close();
            var said = new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
            if (!kill.waitFor(SECONDS, TimeUnit.SECONDS)) return "kill does not end";
            return kill.exitValue() == 0 ? "" : said.strip().replaceFirst("^.*kill: ", "kill: ");
        } catch (IOException e) {
            return "cannot run /bin/sh, which sends signals: " + ErrorText.of(e);
        }
    }
}
