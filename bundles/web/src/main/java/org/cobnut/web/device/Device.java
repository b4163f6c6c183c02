package org.cobnut.web.device;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.device.DriverFigures;
import org.cobnut.device.Logins;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.model.Variable;
import org.cobnut.web.variable.SecretVariables;

/**
 * A device at one moment, as it is shown.
 *
 * @param bundle that offers it; empty for a section of ups.conf that waits for its driver
 * @param figures how its driver gets on
 * @param fsd whether a forced shutdown was announced
 */
public record Device(
        String name,
        String description,
        String bundle,
        Snapshot snapshot,
        DriverFigures figures,
        boolean fsd,
        List<Logins.Client> clients) {
    private static final String FSD = "FSD";

    public Device {
        clients = List.copyOf(clients);
    }

    /** Whether its values are those of now. */
    public boolean fresh() {
        return snapshot.health() instanceof Health.Fresh;
    }

    /** Whether nothing differs but the time at which the values were read. */
    public boolean looksLike(Device other) {
        return snapshot.health().equals(other.snapshot.health())
                && snapshot.variables().equals(other.snapshot.variables())
                && snapshot.commands().equals(other.snapshot.commands())
                && fsd == other.fsd
                && clients.equals(other.clients)
                && description.equals(other.description);
    }

    /** The words of ups.status, with FSD in front when it was announced, as upsd has them. */
    public List<String> status() {
        var words = new ArrayList<>(snapshot.status());
        if (fsd && !words.contains(FSD)) words.add(0, FSD);
        return words;
    }

    /** The value as it may be shown. */
    public String shown(Variable variable) {
        if (variable.name().equals("ups.status")) return String.join(" ", status());
        return SecretVariables.holds(variable.name()) ? "********" : variable.value();
    }
}
