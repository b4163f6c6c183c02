package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.drivers.usbhid.descriptor.DescriptorFix;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.DeviceMatch;
import org.cobnut.drivers.usbhid.subdriver.HidKind;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.DriverPageContract;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.annotations.Component;

/** The page of the driver names what the code and the mappings have. */
class UsbhidPageTest extends DriverPageContract {
    private static final Pattern NUMBERS = Pattern.compile("([0-9a-f]{4}):([0-9a-f]{4}(?:/[0-9a-f]{4})*)");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```mapping\n(.*?)^```$");

    @Override
    protected String page() {
        return "usbhid-ups";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new UsbhidUps());
    }

    @Override
    protected List<String> names() {
        var names = new ArrayList<String>();
        Subdrivers.SHIPPED.all().forEach(mapping -> names.add(mapping.name()));
        names.addAll(HidKind.INSTANCE.formats().keySet());
        names.addAll(HidKind.INSTANCE.arguments().keySet());
        for (DescriptorFix fix : DescriptorFix.values()) names.add("fix " + fix.word());
        names.addAll(Address.Fact.DEVICE);
        return names;
    }

    @Test
    void namesTheDevicesOfEachMapping() throws IOException {
        for (Mapping<Address> mapping : Subdrivers.SHIPPED.all()) {
            String[] cells = row(mapping.name()).split(" \\| ");
            DeviceMatch match = DeviceMatch.of(mapping);
            assertThat(numbers(cells[2])).as(mapping.name()).isEqualTo(texts(match.known()));
            assertThat(numbers(cells[3])).as(mapping.name()).isEqualTo(texts(match.asked()));
        }
    }

    /** How sure the page says to be is what there is: descriptors and reports of real units, and comparisons with C. */
    @Test
    void saysHowSureEachMappingIs() throws IOException {
        List<String> devices = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/devices"))) {
            files.forEach(file -> devices.add(file.getFileName().toString()));
        }
        for (Mapping<Address> mapping : Subdrivers.SHIPPED.all()) {
            String name = mapping.name();
            var proofs = new ArrayList<String>();
            if (devices.stream().anyMatch(file -> file.startsWith(name + "-") && file.endsWith(".txt")))
                proofs.add("recording");
            else if (devices.stream().anyMatch(file -> file.startsWith(name + "-"))) proofs.add("descriptor");
            // C writes what it explores into its log, and publishes nothing that could be compared.
            boolean compared = DifferentialTest.recorded().contains(name)
                    || DifferentialTest.subdrivers().contains(name);
            if (compared && !name.equals(Subdrivers.EXPLORE)) proofs.add("C");
            String[] cells = row(name).split(" \\| ");
            assertThat(cells[4].replace(" |", "").strip())
                    .as(name)
                    .isEqualTo(proofs.isEmpty() ? "document" : String.join(", ", proofs));
        }
    }

    private String row(String mapping) throws IOException {
        return Files.readAllLines(file()).stream()
                .filter(line -> line.startsWith("| `" + mapping + "` |"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void offersTheDevicesOfTheMappingsToUdev() throws IOException {
        String[] properties = declared();
        var offered = new TreeSet<String>();
        for (String property : properties)
            if (property.startsWith(Driver.USB + "=")) offered.add(property.substring(Driver.USB.length() + 1));
        var known = new TreeSet<String>();
        Subdrivers.SHIPPED
                .all()
                .forEach(mapping -> known.addAll(texts(DeviceMatch.of(mapping).known())));
        assertThat(offered).isEqualTo(known);
    }

    /** The annotation is gone from the class, so its source tells. */
    private static String[] declared() throws IOException {
        String source = Files.readString(Path.of("src/main/java/org/cobnut/drivers/usbhid/UsbhidUps.java"));
        assertThat(source).contains(Component.class.getSimpleName());
        return source.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Driver.USB + \"="))
                .map(line -> Driver.USB + line.substring("Driver.USB + \"".length(), line.lastIndexOf('"')))
                .toArray(String[]::new);
    }

    @Test
    void hasExamplesThatAreTaken() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(file()));
        int found = 0;
        while (matcher.find()) {
            byte[] text = matcher.group(1).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(MappingSet.of(HidKind.INSTANCE, Map.of("example.map", text))
                            .all())
                    .hasSize(1);
            found++;
        }
        assertThat(found).isEqualTo(1);
    }

    private static Set<String> numbers(String cell) {
        var all = new TreeSet<String>();
        Matcher matcher = NUMBERS.matcher(cell);
        while (matcher.find())
            for (String product : matcher.group(2).split("/")) all.add(matcher.group(1) + ":" + product);
        return all;
    }

    private static Set<String> texts(List<?> ids) {
        var texts = new TreeSet<String>();
        ids.forEach(id -> texts.add(id.toString()));
        return texts;
    }
}
