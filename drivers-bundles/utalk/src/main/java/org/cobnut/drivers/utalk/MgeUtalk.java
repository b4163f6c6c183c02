package org.cobnut.drivers.utalk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** mge-utalk: older UPSes of MGE (mge-utalk(8)). */
@Component(property = {Driver.NAME + "=mge-utalk", Driver.VERSION + "=0.1"})
public final class MgeUtalk implements Driver {
    private static final Logger log = LoggerFactory.getLogger(MgeUtalk.class);

    private static final Options OPTIONS = Options.of(
            Option.text("lowbatt", "Percent of charge at which the battery is low"),
            Option.text("ondelay", "Minutes until the load comes back"),
            Option.text("offdelay", "Seconds until the load goes off"),
            Option.text("LowBatt", "The same as lowbatt"),
            Option.text("OnDelay", "The same as ondelay"),
            Option.text("OffDelay", "The same as offdelay"),
            Option.flag("oldmac", "The port is one of an old Macintosh: other modem lines"));

    /** What a section sets in the UPS. */
    private record Preset(String option, String other, String question) {}

    private static final List<Preset> PRESETS = List.of(
            new Preset("lowbatt", "LowBatt", "Bl"),
            new Preset("ondelay", "OnDelay", "Sm"),
            new Preset("offdelay", "OffDelay", "Sn"));

    private final LongSupplier clock;

    public MgeUtalk() {
        this(System::nanoTime);
    }

    MgeUtalk(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        for (Preset preset : PRESETS)
            if (given(settings, preset)
                    .filter(text -> !text.matches("\\d{1,5}"))
                    .isPresent())
                throw new IllegalArgumentException("option '" + preset.option() + "' wants a whole number");
        boolean mac = settings.flag("oldmac");
        SerialParameters parameters = SerialParameters.at(2400).lines(!mac, mac);
        var line = new Talk(links.open(ByteLink.class, settings.port(), parameters));
        String numbers = line.open();
        for (Preset preset : PRESETS) set(settings, line, preset);
        Identity identity = Identity.of(numbers, answer(line, "Si 1"));
        return new UtalkSession(new UtalkWire(line), Rows.table(identity, answer(line, "Ai")), clock);
    }

    private static Optional<String> given(Settings settings, Preset preset) {
        return settings.text(preset.option()).or(() -> settings.text(preset.other()));
    }

    private static void set(Settings settings, Talk line, Preset preset) throws IOException {
        Optional<String> value = given(settings, preset);
        if (value.isEmpty()) return;
        String answer = answer(line, preset.question() + " " + value.get());
        if (!answer.equals("OK"))
            log.warn(
                    "UPS [{}]: option '{}' is not set: the UPS answered '{}'", settings.ups(), preset.option(), answer);
    }

    /** The answer; nothing for silence. */
    private static String answer(Talk line, String question) throws IOException {
        try {
            return line.ask(question);
        } catch (NoAnswerException e) {
            return "";
        }
    }
}
