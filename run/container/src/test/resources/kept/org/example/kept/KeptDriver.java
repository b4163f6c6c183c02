package org.example.kept;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;

/** A driver as a vendor writes one: its port is a file, whose first line is ups.status. */
public final class KeptDriver implements Driver {
    private static final String ID = "ups.id";
    private static final String BEEPER = "ups.beeper.status";

    @Override
    public Options options() {
        return Options.of(
                Option.text("greeting", "what it says as ups.model").fallback("hello"),
                Option.number("low", 20, "battery.charge.low"),
                Option.choice("mood", "what it says as ups.mfr", "good", "bad").fallback("good"),
                Option.secret("password", "what it never says"));
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Path file = links.file(settings.port());
        if (!Files.isRegularFile(file)) throw new IOException(file + " is not there");
        return new KeptSession(settings, file);
    }

    private static final class KeptSession implements Session {
        private final Settings settings;
        private final Path file;
        private String id = "none";
        private boolean beeps = true;
        private int full;

        KeptSession(Settings settings, Path file) {
            this.settings = settings;
            this.file = file;
        }

        @Override
        public void poll(Report report, Due due) throws IOException {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty()) throw new IOException(file + " is empty");
            for (String word : lines.get(0).split(" ")) report.status(word);
            if (lines.get(0).contains("RB")) report.alarm("Replace battery!");
            if (due == Due.FULL) {
                full++;
                report.set("ups.mfr", settings.text("mood").orElse(""));
                report.set("ups.model", settings.text("greeting").orElse(""));
                report.set("battery.charge.low", Long.toString(settings.number("low")), VarType.number(0, 100));
                report.command("beeper.toggle");
            }
            report.set("experimental.full", Integer.toString(full));
            report.set(ID, id, VarType.text(32));
            report.set(BEEPER, beeps ? "enabled" : "disabled", VarType.choice("enabled", "disabled"));
        }

        @Override
        public Outcome set(String variable, String value) {
            switch (variable) {
                case ID:
                    id = value;
                    return Outcome.handled();
                case BEEPER:
                    beeps = value.equals("enabled");
                    return Outcome.handled();
                default:
                    return Outcome.failed("it stays as it is");
            }
        }

        @Override
        public Outcome run(String command, String argument) {
            if (!command.equals("beeper.toggle")) return Outcome.unknown();
            beeps = !beeps;
            return Outcome.handled();
        }

        @Override
        public void close() {
            id = "closed";
        }
    }
}
