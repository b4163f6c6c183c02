package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.ArrayList;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.usbhid.shut.ShutLink;
import org.cobnut.drivers.usbhid.shut.ShutLink.Notifications;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.HidKind;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.link.Links;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** mge-shut: MGE and Eaton units that speak HID on a serial line (mge-shut(8)). */
@Component(property = {Driver.NAME + "=mge-shut", Driver.VERSION + "=0.1"})
public final class MgeShut implements Driver {
    private static final String MAPPING = "mge";
    private static final int SPEED = 2400;
    private static final Options OPTIONS = declared();

    private final MappingSet<Address> mappings;
    private final OpenDevices opened;

    @Activate
    public MgeShut(@Reference Mappings mappings, @Reference OpenDevices opened) {
        this(mappings.open(HidKind.INSTANCE), opened);
    }

    /** A driver without a runtime. */
    MgeShut() {
        this(Subdrivers.SHIPPED, new OpenDevices());
    }

    private MgeShut(MappingSet<Address> mappings, OpenDevices opened) {
        this.mappings = mappings;
        this.opened = opened;
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
        var config = Config.of(settings);
        return new MappedSession(settings.ups(), mappings, links::wake, () -> open(settings, config, links));
    }

    private Opened open(Settings settings, Config config, Links links) throws IOException {
        var mapping = new Subdrivers(mappings).named(config.subdriver().orElse(MAPPING));
        SerialLink serial = links.open(
                SerialLink.class, settings.port(), SerialParameters.at(SPEED).lines(false, true));
        boolean open = false;
        try {
            var link = new ShutLink(serial, notifications(settings));
            Opened result = opened.open(
                    OpenDevice.of(link, mapping, config),
                    config,
                    config.subdriver().isPresent(),
                    links::wake);
            open = true;
            return result;
        } finally {
            if (!open) serial.close();
        }
    }

    private static Notifications notifications(Settings settings) {
        return switch (settings.text("notification").orElse("1")) {
            case "2" -> Notifications.LIGHT;
            case "3" -> Notifications.ALL;
            default -> Notifications.NONE;
        };
    }

    private static Options declared() {
        var options = new ArrayList<Option>();
        for (Option option : HidOptions.common()) if (!option.name().startsWith("powercom")) options.add(option);
        options.add(Option.choice(
                        "notification",
                        "What the unit sends by itself: 1 nothing, 2 what matters, 3 all",
                        "1",
                        "2",
                        "3")
                .fallback("1"));
        return new Options(options);
    }
}
