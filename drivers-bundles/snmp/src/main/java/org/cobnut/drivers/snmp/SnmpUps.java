package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** snmp-ups: UPSes, power distribution units and transfer switches with a network card (snmp-ups(8)). */
@Component(property = {Driver.NAME + "=snmp-ups", Driver.VERSION + "=0.1"})
public final class SnmpUps implements Driver {
    private final MappingSet<Address> mappings;

    @Activate
    public SnmpUps(@Reference Mappings mappings) {
        this(mappings.open(SnmpKind.INSTANCE));
    }

    /** A driver without a runtime. */
    SnmpUps(MappingSet<Address> mappings) {
        this.mappings = mappings;
    }

    @Deactivate
    void stop() {
        mappings.close();
    }

    @Override
    public Options options() {
        return SnmpOptions.ALL;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String port = SnmpOptions.port(settings);
        SnmpParameters parameters = SnmpOptions.parameters(settings);
        return new MappedSession(
                settings.ups(),
                mappings,
                links::wake,
                () -> open(settings, links.open(SnmpLink.class, port, parameters)));
    }

    private Opened open(Settings settings, SnmpLink link) throws IOException {
        boolean open = false;
        try {
            List<String> names = SnmpOptions.mappings(settings);
            Mapping<Address> mapping = MappingChoice.find(link, mappings.all(), names);
            var session = new SnmpSession(
                    new SnmpWire(
                            link,
                            settings.text("snmp_version").orElse("v1").equals("v1"),
                            SnmpKind.pairs(mapping, SnmpKind.LOCK),
                            new RowCounts(SnmpKind.pairs(mapping, SnmpKind.ROWS))),
                    Tables.of(mapping.table(), settings),
                    mapping.name() + " MIB " + mapping.version(),
                    SnmpKind.chain(mapping));
            open = true;
            return new Opened(session, Optional.of(mapping), !names.isEmpty(), session::origins);
        } catch (NoAnswerException silence) {
            throw new IOException(
                    "%s does not answer over SNMP: %s; check the address, and the %s"
                            .formatted(
                                    settings.port(),
                                    silence.getMessage(),
                                    settings.text("snmp_version").orElse("").equals("v3")
                                            ? "user"
                                            : "community, of which a wrong one is met with silence"),
                    silence);
        } finally {
            if (!open) link.close();
        }
    }
}
