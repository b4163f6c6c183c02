package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.table.Cadence;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Parameter;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;

/** Opens a device for a section of ups.conf: port, line and mapping; whatever fails, the port is given back. */
final class SessionOpener {
    private final Settings settings;
    private final Links links;
    private final Profile profile;
    private final String port;
    private final List<ModbusParameters> candidates;

    /**
     * A section.
     *
     * @param candidates how the device may be reached; the first at which it answers counts
     */
    SessionOpener(Settings settings, Links links, Profile profile, String port, List<ModbusParameters> candidates) {
        this.settings = settings;
        this.links = links;
        this.profile = profile;
        this.port = port;
        this.candidates = candidates;
    }

    /** Opens a device by the profile alone, whose section says only where it is. */
    static Session open(Settings settings, Links links, Profile profile, MappingSet<Address> mappings)
            throws IOException {
        var candidates = new ArrayList<ModbusParameters>();
        for (SerialParameters line : profile.lines())
            candidates.add(ModbusOptions.parameters(profile.unit(), line, profile.response()));
        return new SessionOpener(settings, links, profile, ModbusOptions.port(settings, Optional.empty()), candidates)
                .open(mappings);
    }

    /** Opens a device that is opened again whenever its mapping changes. */
    Session open(MappingSet<Address> mappings) throws IOException {
        return new MappedSession(settings.ups(), mappings, links::wake, () -> open(mapping(mappings)));
    }

    private Opened open(Mapping<Address> mapping) throws IOException {
        var session = new ModbusSession(open(presets(mapping.table().rows()), mapping.toString()));
        return new Opened(session, Optional.of(mapping), true, session::origins);
    }

    /** Opens a device of these rows. */
    TableSession<Address> open(List<Row<Address>> rows, String title) throws IOException {
        ModbusLink link = link(rows);
        return new TableSession<>(
                new ModbusWire(link, needed(rows), profile.several(), profile.longest()), Table.of(title, rows));
    }

    private Mapping<Address> mapping(MappingSet<Address> mappings) throws IOException {
        return mappings.named(profile.mapping())
                .orElseThrow(() -> new IOException("there is no mapping " + profile.mapping()
                        + " of the kind modbus; \"nutctl mapping list\" lists those that there are"));
    }

    /** The link by the first parameters at which the device answers anything. */
    private ModbusLink link(List<Row<Address>> rows) throws IOException {
        int last = port.startsWith("tcp:") ? 0 : candidates.size() - 1;
        for (int i = 0; i < last; i++) {
            ModbusLink link = links.open(ModbusLink.class, port, candidates.get(i));
            if (answers(link, rows)) return link;
            link.close();
        }
        return links.open(ModbusLink.class, port, candidates.get(last));
    }

    private static boolean answers(ModbusLink link, List<Row<Address>> rows) throws IOException {
        List<Address> first = rows.stream()
                .filter(Reading.class::isInstance)
                .map(row -> ((Reading<Address>) row).source().address())
                .limit(1)
                .toList();
        try {
            new ModbusWire(link, Set.of(), false, 1).read(first);
            return true;
        } catch (ModbusException refused) {
            return true;
        } catch (NoAnswerException | ModbusFrameException other) {
            return false;
        }
    }

    /** What is read in every poll and for every device; without it there is no status. */
    private static Set<Address> needed(List<Row<Address>> rows) {
        var needed = new HashSet<Address>();
        for (Row<Address> row : rows)
            if (row instanceof Reading<Address> reading && reading.source().cadence() == Cadence.QUICK)
                needed.add(reading.source().address());
        return needed;
    }

    /** The rows, whose kept values begin with what the section says. */
    private List<Row<Address>> presets(List<Row<Address>> rows) {
        var all = new ArrayList<Row<Address>>();
        for (Row<Address> row : rows) {
            Optional<String> given = row instanceof Parameter<Address> parameter
                    ? Optional.ofNullable(profile.presets().get(parameter.name()))
                            .flatMap(settings::text)
                    : Optional.empty();
            if (given.isEmpty() || !(row instanceof Parameter<Address> parameter)) all.add(row);
            else
                all.add(new Parameter<>(
                        parameter.name(),
                        parameter.type(),
                        given.get().strip(),
                        parameter.accept(),
                        parameter.origin()));
        }
        return all;
    }
}
