package org.cobnut.webconsole;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.driver.Driver;
import org.cobnut.model.Health;
import org.cobnut.model.Variable;
import org.cobnut.web.variable.SecretVariables;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices and drivers as plain text, for the console's status pages and what people send when they ask for help. */
@Component(
        property = {
            InventoryPrinter.NAME + "=nut",
            InventoryPrinter.TITLE + "=NUT Devices",
            InventoryPrinter.FORMAT + "=TEXT"
        })
public final class NutPrinter implements InventoryPrinter {
    private final BundleContext context;
    private final Logins logins;

    @Activate
    public NutPrinter(BundleContext context, @Reference Logins logins) {
        this.context = context;
        this.logins = logins;
    }

    @Override
    public void print(PrintWriter out, Format format, boolean zip) {
        for (ServiceReference<Driver> driver : services(Driver.class))
            out.printf(
                    "driver %s: %s %s%n",
                    names(driver.getProperty(Driver.NAME)),
                    driver.getBundle().getSymbolicName(),
                    driver.getBundle().getVersion());
        for (ServiceReference<DeviceService> reference : services(DeviceService.class)) {
            DeviceService device = context.getService(reference);
            if (device != null) device(out, String.valueOf(reference.getProperty(DeviceService.NAME)), device);
            context.ungetService(reference);
        }
    }

    private void device(PrintWriter out, String name, DeviceService device) {
        Health health = device.snapshot().health();
        out.printf("%n[%s] %s %s%n", name, health.word(), health.reason());
        for (Variable variable : device.snapshot().variables().values())
            out.printf(
                    "%s: %s%n",
                    variable.name(), SecretVariables.holds(variable.name()) ? "********" : variable.value());
        logins.clients(name).forEach(client -> out.printf("logged in: %s from %s%n", client.user(), client.address()));
    }

    private <T> Collection<ServiceReference<T>> services(Class<T> type) {
        try {
            return context.getServiceReferences(type, null).stream().sorted().toList();
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String names(Object property) {
        return property instanceof String[] all ? String.join(", ", List.of(all)) : String.valueOf(property);
    }
}
