package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.wire.ErrorText;

/** Sends the signal of option -c of NUT's daemons to the process that runs already. */
public record CommandSignal(StartMessages messages, String program) {
    /** The word that is meant; a prefix is enough, and of several the first counts. */
    public static Optional<String> word(String said, String... words) {
        return Stream.of(words)
                .filter(word -> !said.isEmpty() && word.startsWith(said))
                .findFirst();
    }

    /** Signals a process given by its number, else the one in the file; whether it could. */
    public boolean signal(Optional<String> pid, Path file, String signal) throws InterruptedException {
        var target = pid.isPresent() ? number(pid.get()) : stored(file);
        if (target.isEmpty()) return false;
        var failure = new NutProcess(target.getAsLong(), program).signal(signal);
        if (!failure.isEmpty()) messages.err().println(failure);
        return failure.isEmpty();
    }

    private OptionalLong number(String text) {
        if (text.matches("[1-9]\\d{0,9}")) return OptionalLong.of(Long.parseLong(text));
        messages.err().println("Ignoring invalid pid number " + text);
        return OptionalLong.empty();
    }

    /** Never signals another program that has the number of a process that is gone. */
    private OptionalLong stored(Path file) {
        try {
            var pid = NutProcess.in(file);
            if (pid.isEmpty()) messages.err().println(file + ": no process number in it");
            else if (new NutProcess(pid.getAsLong(), program).serves()) return pid;
            else messages.err().println("%s: process %d is no %s that runs".formatted(file, pid.getAsLong(), program));
        } catch (NoSuchFileException e) {
            messages.err().println("fopen " + file + ": No such file or directory");
        } catch (IOException e) {
            messages.err().println("fopen " + file + ": " + ErrorText.of(e));
        }
        return OptionalLong.empty();
    }
}
