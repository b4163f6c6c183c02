package org.cobnut.conf.doctor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cobnut.conf.mirror.NutPersistence;
import org.cobnut.driver.Driver;
import org.cobnut.wire.Columns;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For the shell and the page: what {@code nutctl doctor} finds, with the devices of the drivers that run. */
@Component(
        service = DoctorCommand.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=doctor"})
public final class DoctorCommand {
    private final BundleContext context;
    private final Path directory;

    @Activate
    public DoctorCommand(BundleContext context, @Reference NutPersistence persistence) {
        this.context = context;
        directory = persistence.files().directory();
    }

    /** All that is found, what is grave first. */
    public Columns doctor() {
        Path home = Path.of(String.valueOf(context.getProperty("cobnut.home")));
        return DoctorProgram.columns(
                DoctorProgram.findings(new Machine(Path.of("/")), directory, home, devices(), Instant.now()));
    }

    /** The devices on USB that drivers here declare, as udev's rules name them. */
    private List<String> devices() {
        var rules = new ArrayList<String>();
        for (ServiceReference<Driver> driver : drivers())
            for (String device : texts(driver.getProperty(Driver.USB))) rules.add(rule(device));
        return rules;
    }

    private Collection<ServiceReference<Driver>> drivers() {
        try {
            return context.getServiceReferences(Driver.class, null);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@code VENDOR:PRODUCT}, with a star for any product; what may stand behind it does not matter here. */
    static String rule(String device) {
        String[] ids = device.replaceFirst(";.*", "").split(":", 2);
        String product = ids.length < 2 || ids[1].equals("*") ? "" : "ATTR{idProduct}==\"" + ids[1] + "\", ";
        return "ATTR{idVendor}==\"" + ids[0] + "\", " + product;
    }

    private static List<String> texts(Object property) {
        if (property instanceof String[] all) return List.of(all);
        return property instanceof String one ? List.of(one.split("\\s+")) : List.of();
    }
}
