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
    private final RuntimeView view;

    @Activate
    public NutPrinter(@Reference RuntimeView view) {
        this.view = view;
    }

    @Override
    public void print(PrintWriter out, Format format, boolean zip) {
        for (var offer : view.drivers()) {
            out.printf("driver %s: %s %s%n", offer.program(), offer.bundle(), offer.version());
        }
        for (var device : view.devices()) {
            var health = device.snapshot().health();
            out.printf("%n[%s] %s %s%n", device.name(), StatusText.health(health), StatusText.why(health));
            device.snapshot()
                    .variables()
                    .values()
                    .forEach(variable -> out.printf("%s: %s%n", variable.name(), StatusText.value(variable)));
            device.clients().forEach(client -> out.printf("logged in: %s from %s%n", client.user(), client.address()));
        }
    }
}
