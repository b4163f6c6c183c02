package org.cobnut.webconsole;

import java.util.List;
import java.util.Locale;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.model.StatusWords;

/** Renders the page of all devices and drivers; a pure function of its input. */
final class OverviewPage {
    /** The values at which people look first, with their headings and units. */
    private record Figure(String variable, String heading, String unit) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("battery.charge", "charge", " %"),
            new Figure("battery.runtime", "runtime", ""),
            new Figure("ups.load", "load", " %"),
            new Figure("input.voltage", "input", " V"),
            new Figure("output.voltage", "output", " V"));

    private final Html html = new Html();
    private final String root;

    /** {@code root} is the address of this page, to link from. */
    OverviewPage(String root) {
        this.root = root;
    }

    String page(List<Device> devices, List<RuntimeView.Offer> drivers) {
        html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.add("<div class=\"nut\"><h2>Devices</h2>");
        if (devices.isEmpty()) {
            html.add("<p class=\"nut-none\">ups.conf names no device. Add one under OSGi, Configuration, "
                    + "<b>ups.conf: a device</b>.</p>");
        }
        html.add("<div class=\"nut-cards\">");
        devices.forEach(this::card);
        html.add("</div><h2>Drivers</h2>");
        drivers(drivers);
        return html.add("</div>").toString();
    }

    private void card(Device device) {
        var snapshot = device.snapshot();
        html.add("<section class=\"nut-card nut-%s\"><h3>", tone(device));
        html.add("<a href=\"%s/%s\">%s</a></h3>", root, DevicePath.encode(device.name()), device.name());
        if (!device.description().isEmpty()) html.add("<p class=\"nut-what\">%s</p>", device.description());
        status(device);
        var why = StatusText.why(snapshot.health());
        if (!why.isEmpty()) html.add("<p class=\"nut-why\">%s</p>", why);
        snapshot.value("ups.alarm").ifPresent(alarm -> html.add("<p class=\"nut-why\">%s</p>", alarm));
        figures(snapshot);
        clients(device);
        if (!device.bundle().isEmpty()) {
            var answered = !snapshot.status().isEmpty() || snapshot.health() instanceof Health.Fresh;
            html.add(
                    "<p class=\"nut-foot\">%s of %s%s</p>",
                    snapshot.value("driver.name").orElse("a driver"),
                    device.bundle(),
                    answered ? ", values since " + StatusText.time(snapshot.taken()) : "");
        }
        html.add("</section>");
    }

    private void status(Device device) {
        html.add("<p class=\"nut-status\">");
        if (device.fsd()) html.add("<b title=\"FSD\">%s</b> ", StatusWords.meaning("FSD"));
        device.snapshot()
                .status()
                .forEach(word -> html.add("<b title=\"%s\">%s</b> ", word, StatusWords.meaning(word)));
        html.add("<span>%s</span></p>", StatusText.health(device.snapshot().health()));
    }

    private void figures(Snapshot snapshot) {
        html.add("<dl>");
        for (var figure : FIGURES) {
            snapshot.value(figure.variable()).ifPresent(value -> {
                var shown = figure.variable().equals("battery.runtime") ? StatusText.duration(value) : value;
                html.add("<div><dt>%s</dt><dd>%s%s</dd></div>", figure.heading(), shown, figure.unit());
            });
        }
        html.add("</dl>");
    }

    private void clients(Device device) {
        if (device.clients().isEmpty()) {
            html.add("<p class=\"nut-clients\">Nobody is logged in.</p>");
            return;
        }
        html.add("<p class=\"nut-clients\">Logged in:</p><ul>");
        device.clients().forEach(client -> html.add("<li>%s from %s</li>", client.user(), client.address()));
        html.add("</ul>");
    }

    private void drivers(List<RuntimeView.Offer> drivers) {
        if (drivers.isEmpty()) {
            html.add("<p class=\"nut-none\">No driver bundle is installed: drop one into the directory drivers.</p>");
            return;
        }
        html.add("<table class=\"nicetable nut-table\"><thead><tr><th>Driver</th><th>Bundle</th><th>Version</th></tr>"
                + "</thead><tbody>");
        drivers.forEach(offer -> html.add(
                "<tr><td>%s</td><td>%s</td><td>%s</td></tr>", offer.program(), offer.bundle(), offer.version()));
        html.add("</tbody></table>");
    }

    /** The class by which a card is coloured: bad before doubtful before good. */
    private static String tone(Device device) {
        var words = device.snapshot().status().stream()
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
        if (device.fsd() || words.contains("LB") || words.contains("FSD")) return "bad";
        if (!(device.snapshot().health() instanceof Health.Fresh)) return "grey";
        return words.contains("OB") || words.contains("RB") || words.contains("OVER") || words.contains("ALARM")
                ? "warn"
                : "good";
    }
}
