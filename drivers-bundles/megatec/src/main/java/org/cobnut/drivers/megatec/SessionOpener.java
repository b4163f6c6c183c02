package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.dialect.Config;
import org.cobnut.drivers.megatec.dialect.Delays;
import org.cobnut.drivers.megatec.dialect.Detection;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.link.Links;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a device for a section of ups.conf: port, dialect, delays; whatever fails, the port is given back. */
final class SessionOpener {
    private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

    private final Settings settings;
    private final Links links;
    private final LineOpener lines;
    private final Config config;
    private final Supplier<List<Dialect>> dialects;
    /** What was found when the device was opened before: the dialect, and which UPSes all dialects were for then. */
    private String last = "";

    private List<Object> lastProbes = List.of();

    private SessionOpener(
            Settings settings, Links links, LineOpener lines, Config config, Supplier<List<Dialect>> dialects) {
        this.settings = settings;
        this.links = links;
        this.lines = lines;
        this.config = config;
        this.dialects = dialects;
    }

    /** Opens a device that is opened again whenever the mapping changes that its dialect comes from. */
    static Session open(
            Settings settings,
            Links links,
            LineOpener lines,
            Config config,
            MappingSet<Address> mappings,
            Function<MappingSet<Address>, List<Dialect>> choose)
            throws IOException {
        var opening = new SessionOpener(settings, links, lines, config, () -> choose.apply(mappings));
        var session = new MappedSession(settings.ups(), mappings, links::wake, opening::open);
        for (String warning : Config.warnings(settings)) log.warn("UPS [{}]: {}", settings.ups(), warning);
        return session;
    }

    private Opened open() throws IOException {
        List<Dialect> offered = MegatecOptions.dialects(settings, dialects.get());
        check(offered);
        var line = new Connection(lines.open(settings, links));
        boolean open = false;
        try {
            Dialect dialect = find(new Detection(line, config), offered);
            var session = new MegatecSession(line, dialect, config, System::nanoTime);
            open = true;
            return new Opened(
                    session, dialect.mapping(), settings.text("protocol").isPresent(), session::origins);
        } finally {
            if (!open) line.close();
        }
    }

    /**
     * The dialect of the UPS. While all dialects are for the same UPSes as before, it is the same as before, edited or not;
     * to find it out again would take seconds.
     */
    private Dialect find(Detection detection, List<Dialect> offered) throws IOException {
        List<Object> probes = offered.stream()
                .map(dialect ->
                        (Object) Map.entry(dialect.name(), dialect.mapping().map(Mapping::matches)))
                .toList();
        Optional<Dialect> same = probes.equals(lastProbes)
                ? offered.stream()
                        .filter(dialect -> dialect.name().equals(last))
                        .findFirst()
                : Optional.empty();
        Dialect dialect = same.isPresent()
                ? same.get()
                : detection.among(offered, settings.text("protocol").isPresent());
        last = dialect.name();
        lastProbes = probes;
        return dialect;
    }

    /** Delays that no dialect in question takes are told at once, and not when a UPS was found. */
    private void check(List<Dialect> offered) {
        if (offered.size() == 1) Delays.check(config, offered.get(0).limits());
    }
}
