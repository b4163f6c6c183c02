package ${package};

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The driver that ups.conf calls ${driver}. */
@Component(property = {Driver.NAME + "=${driver}", Driver.VERSION + "=${version}"})
public final class DeviceDriver implements Driver {
    private static final int SPEED = 9600;
    private static final Options OPTIONS =
            Options.of(Option.number("pollfreq", 30, "Seconds between two polls of everything"));

    private final MappingSet<AnswerPart> mappings;

    /** Uses the mapping of this bundle, or the one that the operator put in its place. */
    @Activate
    public DeviceDriver(@Reference Mappings mappings) {
        this(mappings.open(DeviceKind.INSTANCE));
    }

    DeviceDriver(MappingSet<AnswerPart> mappings) {
        this.mappings = mappings;
    }

    @Deactivate
    void stop() {
        mappings.close();
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        return new MappedSession(settings.ups(), mappings, links::wake, () -> {
            Mapping<AnswerPart> mapping = mappings.named(DeviceKind.MAPPING)
                    .orElseThrow(() -> new IOException("there is no mapping " + DeviceKind.MAPPING
                            + "; \"nutctl mapping list\" lists those that there are"));
            var line = new RequestLine(links.open(ByteLink.class, settings.port(), SerialParameters.at(SPEED)));
            var wire = new LineWire<>("the UPS", new DeviceProtocol(line), Set.of(DeviceProtocol.STATUS));
            var session = new TableSession<>(wire, mapping.table());
            return new Opened(session, Optional.of(mapping), true, session::origins);
        });
    }
}
