package org.cobnut.scan.usb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.cobnut.driver.Driver;
import org.cobnut.wire.ErrorText;

/** Reads what the drivers of a folder declare, in a program where none of them runs: the descriptions of their components. */
final class DriverJars {
    private DriverJars() {}

    /**
     * The properties of all components that are drivers of USB devices; several values have a line each.
     *
     * @param problems gets a sentence for each jar that cannot be read
     */
    static List<Map<String, String>> components(Path folder, List<String> problems) {
        var components = new ArrayList<Map<String, String>>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                try {
                    read(jar, components);
                } catch (IOException | XMLStreamException | SecurityException broken) {
                    problems.add(jar + " cannot be read, so its drivers are not known: " + ErrorText.of(broken));
                }
            }
        } catch (IOException e) {
            problems.add(folder + ": the drivers there are not known: " + ErrorText.of(e));
        }
        return components;
    }

    private static void read(Path jar, List<Map<String, String>> components) throws IOException, XMLStreamException {
        try (var file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Service-Component");
            if (names == null) return;
            for (String name : names.split("\\s*,\\s*")) {
                ZipEntry entry = file.getEntry(name);
                if (entry == null) continue;
                try (InputStream in = file.getInputStream(entry)) {
                    Map<String, String> properties = properties(in);
                    if (properties.containsKey(Driver.USB)) components.add(properties);
                }
            }
        }
    }

    private static Map<String, String> properties(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        var properties = new HashMap<String, String>();
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT
                    || !reader.getLocalName().equals("property")) continue;
            String name = reader.getAttributeValue(null, "name");
            String value = reader.getAttributeValue(null, "value");
            if (name != null) properties.put(name, value == null ? reader.getElementText() : value);
        }
        return properties;
    }
}
