package org.cobnut.notify.exec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Notifier;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.upsmon.command.Command;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the program of a target for each message, as upsmon runs NOTIFYCMD (upsmon.conf(5)): as the user of this process,
 * with the text as the last argument, and with NOTIFYTYPE and UPSNAME in its environment.
 */
@Component(property = Notifier.KIND + "=exec")
public final class ExecNotifier implements Notifier {
    /** By this exit code (sysexits.h, EX_TEMPFAIL) a program asks to be run again. */
    private static final int TEMPORARY = 75;

    @Override
    public Sender open(TargetSettings settings) {
        settings.required("command");
        return new Program(settings.words("command"), settings.timeout().toMillis());
    }

    private static final class Program implements Sender {
        private final List<String> command;
        private final long timeout;
        private volatile @Nullable Process process;

        Program(List<String> command, long timeout) {
            this.command = command;
            this.timeout = timeout;
        }

        @Override
        public void send(Message message) throws IOException, InterruptedException {
            Process started = start(message);
            process = started;
            try {
                if (!started.waitFor(timeout, TimeUnit.MILLISECONDS))
                    throw new DeliveryRefusedException("%s has not ended within %d s, and is ended"
                            .formatted(command.get(0), TimeUnit.MILLISECONDS.toSeconds(timeout)));
                int code = started.exitValue();
                if (code == TEMPORARY) throw new IOException(command.get(0) + " ended with 75, to be run again");
                if (code != 0) throw new DeliveryRefusedException(command.get(0) + " ended with " + code);
            } finally {
                end(started);
            }
        }

        private Process start(Message message) throws IOException {
            try {
                return new Command(
                                message.ups(),
                                message.event(),
                                message.severity() == Severity.CRITICAL,
                                command,
                                message.text(),
                                Map.of("NOTIFYTYPE", message.event(), "UPSNAME", message.ups()),
                                "")
                        .start();
            } catch (IOException failed) {
                throw new DeliveryRefusedException(command.get(0) + " cannot be run: " + ErrorText.of(failed), failed);
            }
        }

        @Override
        public void close() {
            Process running = process;
            if (running != null) end(running);
        }

        /** Ends the program before what it started: a script would go on with its next line. */
        private static void end(Process running) {
            if (!running.isAlive()) return;
            List<ProcessHandle> started = running.descendants().toList();
            running.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
