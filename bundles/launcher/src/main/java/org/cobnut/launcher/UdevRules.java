package org.cobnut.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cobnut.launcher.program.DriverJar;
import org.cobnut.wire.ErrorText;

/**
 * Prints rules for udev that give the group nut access to USB devices: those that the drivers of a directory declare.
 */
public final class UdevRules {
    // The property of org.cobnut.driver.Driver, as bnd writes one value or several.
    private static final Pattern USB = Pattern.compile(
            "<property\\s+name=\"driver\\.usb\"[^>]*?(?:\\bvalue=\"([^\"]*)\"\\s*/>|>([^<]*)</property>)");

    private static final Pattern DEVICE = Pattern.compile("(\\p{XDigit}{4}):(\\p{XDigit}{4}|\\*)");

    private UdevRules() {}

    /** Prints the rules for the jars of a directory. */
    public static void main(String[] arguments) {
        try {
            System.out.print(rules(Path.of(arguments[0])));
        } catch (IllegalArgumentException wrong) { // its text is a sentence of ours
            System.err.println("nutctl udev: " + wrong.getMessage());
            System.exit(1);
        } catch (IOException wrong) {
            System.err.println(
                    "nutctl udev: cannot read the drivers in " + arguments[0] + ": " + ErrorText.withFile(wrong));
            System.exit(1);
        }
    }

    /** The rules; an IllegalArgumentException names the jar that declares what is no device. */
    static String rules(Path directory) throws IOException {
        var rules = new StringBuilder("""
                # Devices on USB of Cobnut's drivers, made by "nutctl udev". For /etc/udev/rules.d/62-cobnut.rules.
                ACTION=="remove", GOTO="cobnut_end"
                SUBSYSTEM!="usb", GOTO="cobnut_end"
                """);
        for (var jar : DriverJar.jars(directory)) {
            for (var component : DriverJar.components(jar)) {
                var devices = new TreeSet<String>();
                for (var found : USB.matcher(component).results().toList())
                    for (var value : (found.group(1) == null ? found.group(2) : found.group(1))
                            .strip()
                            .split("\\s+"))
                        devices.add(value.replaceFirst(";.*", "")); // what its strings must hold is no matter of udev's
                if (devices.isEmpty()) continue;
                rules.append("# %s (%s)\n"
                        .formatted(String.join(", ", new TreeSet<>(DriverJar.names(component))), jar.getFileName()));
                for (var device : devices) rules.append(rule(jar, device));
            }
        }
        return rules.append("LABEL=\"cobnut_end\"\n").toString();
    }

    private static String rule(Path jar, String device) {
        var parts = DEVICE.matcher(device);
        if (!parts.matches())
            throw new IllegalArgumentException(
                    jar + " declares driver.usb " + device + ", which is not VENDOR:PRODUCT in hexadecimal");
        var product = parts.group(2).equals("*")
                ? ""
                : "ATTR{idProduct}==\"%s\", ".formatted(parts.group(2).toLowerCase(java.util.Locale.ROOT));
        return "ATTR{idVendor}==\"%s\", %sMODE=\"664\", GROUP=\"nut\", TAG+=\"systemd\"\n"
                .formatted(parts.group(1).toLowerCase(java.util.Locale.ROOT), product);
    }
}
