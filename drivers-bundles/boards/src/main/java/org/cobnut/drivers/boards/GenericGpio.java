package org.cobnut.drivers.boards;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** generic_gpio_libgpiod: a UPS whose contacts are at GPIO lines of the board. */
@Component(property = {Driver.NAME + "=generic_gpio_libgpiod", Driver.VERSION + "=1.03", Driver.EXPERIMENTAL + "=true"})
public final class GenericGpio implements Driver {
    private static final String RULES = "rules";
    private static final Options OPTIONS = Options.of(
            Option.text(RULES, "Words of ups.status by the lines that are high, such as OL=^0;OB=0;LB=3;"),
            Option.text("mfr", "The maker, as device.mfr"),
            Option.text("model", "The model, as device.model"),
            Option.text("description", "What it is, as device.description"));

    /** The names that give the charge of a low battery. */
    private static final List<String> CHARGE_LOW = List.of("override.battery.charge.low", "default.battery.charge.low");

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String text = settings.text(RULES)
                .orElseThrow(() -> new IOException(
                        "option 'rules' is missing: it says which lines mean what, such as OL=^0;OB=0;LB=3;"));
        try {
            var rules = new LineRules(text.strip());
            if (rules.lines().size() > GpioLines.MOST)
                throw new IOException("option 'rules' names more than " + GpioLines.MOST + " lines");
            return new GpioSession(rules, GpioLines.open(settings.port(), rules.lines()), settings);
        } catch (IllegalArgumentException e) {
            throw new IOException("option 'rules': " + e.getMessage(), e);
        }
    }

    private record GpioSession(LineRules rules, GpioLines lines, Settings settings) implements Session {
        @Override
        public void poll(Report report, Due due) throws IOException {
            List<String> words = rules.words(lines.high());
            words.forEach(report::status);
            settings.text("mfr").ifPresent(text -> report.set("ups.mfr", text));
            settings.text("model").ifPresent(text -> report.set("ups.model", text));
            settings.text("description").ifPresent(text -> report.set("device.description", text));
            if (words.contains("CHRG")) report.set("battery.charger.status", "charging");
            else if (words.contains("DISCHRG")) report.set("battery.charger.status", "discharging");
            else report.remove("battery.charger.status");
            Optional<String> low = CHARGE_LOW.stream()
                    .filter(settings.values()::containsKey)
                    .map(settings.values()::get)
                    .findFirst();
            if (low.isPresent() && !words.contains("BYPASS"))
                report.set("battery.charge", words.contains("LB") ? low.get() : "100");
            else report.remove("battery.charge");
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
