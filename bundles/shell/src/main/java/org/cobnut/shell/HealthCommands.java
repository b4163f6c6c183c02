package org.cobnut.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.health.CheckResult;
import org.cobnut.health.HealthChecks;
import org.cobnut.wire.Columns;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs the checks of health, for the command and for other bundles. */
@Component(
        service = {HealthCommands.class, HealthChecks.class},
        property = {"osgi.command.scope=nut", "osgi.command.function=health"})
public final class HealthCommands implements HealthChecks {
    private final DeviceCommands devices;
    private final ConfigurationAdmin configurations;
    private final Path files;

    @Activate
    public HealthCommands(
            BundleContext context, @Reference DeviceCommands devices, @Reference ConfigurationAdmin configurations) {
        this.devices = devices;
        this.configurations = configurations;
        files = Path.of(Objects.requireNonNullElse(context.getProperty("cobnut.confpath"), ""));
    }

    @Descriptor(
            "whether all is well: every device, the server's certificate, and whether an outage would shut this machine"
                    + " down; ends with 1 when one is critical")
    public Columns health() {
        return HealthReport.columns(
                TAGS.stream().flatMap(tag -> run(tag).stream()).toList());
    }

    @Override
    public List<CheckResult> run(String tag) {
        try {
            return switch (tag) {
                case DRIVER -> HealthReport.devices(devices.all());
                case TLS ->
                    certificate().map(HealthReport::certificate).stream().toList();
                case SHUTDOWN ->
                    devices.unprotected().map(HealthReport::unprotected).stream()
                            .toList();
                case SYSTEMREADY -> List.of(HealthReport.start(devices.all()));
                default -> throw new IllegalArgumentException("there is no check " + tag);
            };
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** CERTFILE of upsd.conf, if there is one. */
    private Optional<Path> certificate() throws IOException {
        Dictionary<String, Object> upsd =
                configurations.getConfiguration("cobnut.upsd", "?").getProperties();
        Object file = upsd == null ? null : upsd.get("certfile");
        return Optional.ofNullable(file)
                .map(String::valueOf)
                .filter(name -> !name.isEmpty())
                .map(files::resolve);
    }
}
