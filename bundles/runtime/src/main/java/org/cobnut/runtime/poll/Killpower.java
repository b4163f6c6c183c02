package org.cobnut.runtime.poll;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.runtime.section.Section;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches the load off by the first of the section's commands that works (ups.conf(5), "sdcommands"). */
record Killpower(Section section) implements DeviceOrder.Body {
    private static final Logger log = LoggerFactory.getLogger(Killpower.class);

    @Override
    public Outcome ask(Session session) throws IOException {
        for (String command : section.shutdowns()) {
            log.warn("UPS [{}]: switching the load off by {}", section.ups(), command);
            if (session.run(command, "").code() == Outcome.Code.HANDLED) return Outcome.handled();
        }
        return Outcome.failed("none of " + String.join(", ", section.shutdowns()) + " was handled");
    }
}
