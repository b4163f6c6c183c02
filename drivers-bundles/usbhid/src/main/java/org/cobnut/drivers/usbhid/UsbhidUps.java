package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.Declarations;
import org.cobnut.drivers.usbhid.subdriver.HidKind;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.link.Links;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** usbhid-ups: UPSes on USB that speak the HID Power Device class (usbhid-ups(8)). */
@Component(
        property = {
            Driver.NAME + "=usbhid-ups",
            Driver.VERSION + "=0.1",
            Driver.USB + "=0463:0001",
            Driver.USB + "=0463:ffff",
            Driver.USB + "=047c:ffff",
            Driver.USB + "=0592:0004",
            Driver.USB + "=03f0:1fe5",
            Driver.USB + "=03f0:1fe6",
            Driver.USB + "=03f0:1fe7",
            Driver.USB + "=03f0:1fe8",
            Driver.USB + "=2b2d:ffff",
            Driver.USB + "=06da:ffff",
            Driver.USB + "=04b3:0001",
            Driver.USB + "=09d6:0001",
            Driver.USB + "=051d:0000",
            Driver.USB + "=051d:0002",
            Driver.USB + "=051d:0003",
            Driver.USB + "=051d:0004",
            Driver.USB + "=051d:0005",
            Driver.USB + "=050d:0980",
            Driver.USB + "=050d:0900",
            Driver.USB + "=050d:0910",
            Driver.USB + "=050d:0912",
            Driver.USB + "=050d:0551",
            Driver.USB + "=050d:0750",
            Driver.USB + "=050d:0751",
            Driver.USB + "=050d:0375",
            Driver.USB + "=050d:0f51",
            Driver.USB + "=050d:1100",
            Driver.USB + "=10af:0000",
            Driver.USB + "=10af:0001",
            Driver.USB + "=10af:0002",
            Driver.USB + "=10af:0004",
            Driver.USB + "=10af:0008",
            Driver.USB + "=0764:0005",
            Driver.USB + "=0764:0501",
            Driver.USB + "=0764:0601",
            Driver.USB + "=0483:a430",
            Driver.USB + "=09ae:1003",
            Driver.USB + "=09ae:1007",
            Driver.USB + "=09ae:1008",
            Driver.USB + "=09ae:1009",
            Driver.USB + "=09ae:1010",
            Driver.USB + "=09ae:1330",
            Driver.USB + "=09ae:2005",
            Driver.USB + "=09ae:2007",
            Driver.USB + "=09ae:2008",
            Driver.USB + "=09ae:2009",
            Driver.USB + "=09ae:2010",
            Driver.USB + "=09ae:2011",
            Driver.USB + "=09ae:2012",
            Driver.USB + "=09ae:2013",
            Driver.USB + "=09ae:2014",
            Driver.USB + "=09ae:3008",
            Driver.USB + "=09ae:3009",
            Driver.USB + "=09ae:3010",
            Driver.USB + "=09ae:3011",
            Driver.USB + "=09ae:3012",
            Driver.USB + "=09ae:3013",
            Driver.USB + "=09ae:3014",
            Driver.USB + "=09ae:3015",
            Driver.USB + "=09ae:3016",
            Driver.USB + "=09ae:3024",
            Driver.USB + "=09ae:4001",
            Driver.USB + "=09ae:4002",
            Driver.USB + "=09ae:4003",
            Driver.USB + "=09ae:4004",
            Driver.USB + "=09ae:4005",
            Driver.USB + "=09ae:4006",
            Driver.USB + "=09ae:4007",
            Driver.USB + "=09ae:4008",
            Driver.USB + "=03f0:0001",
            Driver.USB + "=03f0:1fe0",
            Driver.USB + "=03f0:1fe1",
            Driver.USB + "=03f0:1fe2",
            Driver.USB + "=03f0:1fe3",
            Driver.USB + "=03f0:1f06",
            Driver.USB + "=03f0:1f08",
            Driver.USB + "=03f0:1f09",
            Driver.USB + "=03f0:1f0a",
            Driver.USB + "=05dd:a011",
            Driver.USB + "=05dd:a0a0",
            Driver.USB + "=075d:0300",
            Driver.USB + "=0d9f:00a2",
            Driver.USB + "=0d9f:00a3",
            Driver.USB + "=0d9f:00a4",
            Driver.USB + "=0d9f:00a5",
            Driver.USB + "=0d9f:00a6",
            Driver.USB + "=0d9f:0004",
            Driver.USB + "=04d8:d004",
            Driver.USB + "=04d8:d005",
            Driver.USB + "=05dd:041b",
            Driver.USB + "=1cb0:0038",
            Driver.USB + "=1cb0:0032",
            Driver.USB + "=2e66:0101",
            Driver.USB + "=2e66:0201",
            Driver.USB + "=2e66:0202",
            Driver.USB + "=2e66:0203",
            Driver.USB + "=2e66:0300",
            Driver.USB + "=2e66:0302",
            Driver.USB + "=0483:a113",
            Driver.USB + "=2e51:ffff",
            Driver.USB + "=2e51:0000",
            Driver.USB + "=4234:0002",
            Driver.USB + "=3746:ffff",
            Driver.USB + "=2341:0036",
            Driver.USB + "=2341:8036",
            Driver.USB + "=2a03:0036",
            Driver.USB + "=2a03:8036",
            Driver.USB + "=2a03:0040",
            Driver.USB + "=2a03:8040"
        })
public final class UsbhidUps implements Driver {
    private static final Options OPTIONS = declared();

    private final MappingSet<Address> mappings;
    private final OpenDevices opened;

    @Activate
    public UsbhidUps(@Reference Mappings mappings, @Reference OpenDevices opened) {
        this(mappings.open(HidKind.INSTANCE), opened);
    }

    /** A driver without a runtime. */
    UsbhidUps() {
        this(Subdrivers.SHIPPED, new OpenDevices());
    }

    private UsbhidUps(MappingSet<Address> mappings, OpenDevices opened) {
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
        if (settings.flag("explore") && settings.text("vendorid").isEmpty())
            throw new IllegalArgumentException(
                    "option 'explore' needs 'vendorid', such as vendorid = 051d, for it takes"
                            + " whatever device that is");
        return new MappedSession(settings.ups(), mappings, links::wake, () -> open(settings, config, links));
    }

    private Opened open(Settings settings, Config config, Links links) throws IOException {
        var subdrivers = new Subdrivers(mappings);
        UsbParameters parameters = parameters(settings, config, subdrivers);
        HidLink link = links.open(HidLink.class, settings.port(), parameters);
        boolean open = false;
        try {
            Optional<String> name = config.subdriver()
                    .or(() -> settings.flag("explore") ? Optional.of(Subdrivers.EXPLORE) : Optional.empty());
            Mapping<Address> mapping = subdrivers.choose(link.identity(), name);
            if (!parameters.setup().pollOnly()
                    && Declarations.of(mapping.declared()).pollsOnly(link.identity())) {
                link.close(); // which device it is, and so that it is one of these, is known only now
                link = links.open(HidLink.class, settings.port(), parameters.pollOnly());
            }
            OpenDevice device = OpenDevice.of(link, mapping, config);
            Opened result = opened.open(device, config, name.isPresent(), links::wake);
            open = true;
            return result;
        } finally {
            if (!open) link.close();
        }
    }

    private static UsbParameters parameters(Settings settings, Config config, Subdrivers subdrivers)
            throws IOException {
        List<UsbDeviceId> devices = settings.flag("explore")
                ? List.of()
                : subdrivers.devices(
                        config.subdriver(), settings.text("productid").isPresent());
        UsbParameters parameters = UsbParameters.of(settings, devices).acceptingDescriptor(OpenDevices::powerDevice);
        if (settings.values().containsKey("interruptsize"))
            parameters = parameters.withInterruptSize((int) settings.number("interruptsize"));
        return parameters;
    }

    private static Options declared() {
        var options = new ArrayList<>(UsbParameters.options());
        options.addAll(HidOptions.common());
        options.add(Option.flag("pollonly", "Takes no reports that the UPS sends by itself"));
        options.add(Option.flag("interruptonly", "Asks the UPS for nothing, and goes by what it sends by itself"));
        options.add(Option.number("interruptsize", "Bytes of a report that the UPS sends by itself, at most"));
        options.add(Option.flag("explore", "Takes any device of this vendorid, to see what it can tell"));
        return new Options(options);
    }
}
