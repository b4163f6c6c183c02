package org.cobnut.webconsole;

import java.io.PrintWriter;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
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
    private final House house;

    @Activate
    public NutPrinter(@Reference House house) {
        this.house = house;
    }

    @Override
    public void print(PrintWriter out, Format format, boolean zip) {
        for (var offer : house.drivers()) {
            out.printf("driver %s: %s %s%n", offer.program(), offer.bundle(), offer.version());
        }
        for (var device : house.devices()) {
            var health = device.snapshot().health();
            out.printf("%n[%s] %s %s%n", device.name(), Words.health(health), Words.why(health));
            device.snapshot()
                    .variables()
                    .values()
                    .forEach(variable -> out.printf("%s: %s%n", variable.name(), Words.value(variable)));
            device.clients().forEach(client -> out.printf("logged in: %s from %s%n", client.user(), client.address()));
        }
    }
}
