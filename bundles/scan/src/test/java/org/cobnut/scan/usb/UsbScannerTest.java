package org.cobnut.scan.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.scan.text.SectionWriter;
import org.cobnut.testkit.ScannerContract;
import org.cobnut.testkit.usb.FakeMegatecBridge;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UsbScannerTest extends ScannerContract {
    @TempDir
    private Path machine;

    private final List<DriverRow> rows = new ArrayList<>(List.of(
            DriverRow.parse("usbhid-ups", "0463:ffff", 0),
            DriverRow.parse("blazer_usb", "0665:5161", -1),
            DriverRow.parse("nutdrv_qx", "0665:5161", 0),
            DriverRow.parse("nutdrv_qx", "0001:0000", 0),
            DriverRow.parse("nutdrv_qx", "0001:0000;vendor=MEC;product=MEC\\d+;option.subdriver=fabula", 0),
            DriverRow.parse("nutdrv_atcl_usb", "0001:0000;vendor=ATCL", 0)));

    @BeforeEach
    void plugsOne() throws IOException {
        device("1-1", 1, 7, "0463", "ffff", Map.of("manufacturer", "EATON", "product", "5E (USB)", "serial", "A1"));
    }

    @Override
    protected Scanner scanner() {
        return new UsbScanner(machine, problems -> rows);
    }

    @Override
    protected ScanRequest request() {
        return ScanRequest.all();
    }

    @Override
    protected Optional<ScanRequest> silence() {
        return Optional.empty();
    }

    @Test
    void writesASectionForEachDeviceOfADriver() throws Exception {
        device("1-2", 1, 8, "0665", "5161", Map.of("manufacturer", "INNO TECH", "product", "USB to Serial"));
        device("1-3.4", 1, 9, "046d", "c077", Map.of("product", "Mouse"));
        device("usb1", 1, 1, "1d6b", "0002", Map.of("product", "Hub"));
        Files.createDirectories(machine.resolve("1-1:1.0"));
        assertThat(sections(request().withOption("detail", "0"))).isEqualTo("""
                        [nutdev-usb1]
                        	driver = "usbhid-ups"
                        	port = "auto"
                        	vendorid = "0463"
                        	productid = "FFFF"
                        	product = "5E \\\\(USB\\\\)"
                        	serial = "A1"
                        	vendor = "EATON"
                        	# bus = "001"
                        	# device = "007"
                        	# busport = "001"
                        [nutdev-usb2]
                        	driver = "nutdrv_qx"	# alternately: blazer_usb
                        	port = "auto"
                        	vendorid = "0665"
                        	productid = "5161"
                        	product = "USB to Serial"
                        	vendor = "INNO TECH"
                        	# bus = "001"
                        	# device = "008"
                        	# busport = "002"
                        """);
    }

    @Test
    void showsAsMuchOfThePlaceAsItIsAskedFor() throws Exception {
        assertThat(sections(request().withOption("detail", "1"))).contains("\tbus = ", "\tbusport = ", "# device = ");
        assertThat(sections(request().withOption("detail", "3")))
                .contains("\tdevice = \"007\"", "###NOTMATCHED-YET###", "bcdDevice = \"0110\"");
    }

    @Test
    void showsThePlaceOfDevicesThatNothingElseTellsApart() throws Exception {
        device("1-2", 1, 8, "0665", "5161", Map.of("product", "USB to Serial"));
        device("1-3", 1, 9, "0665", "5161", Map.of("product", "USB to Serial"));
        assertThat(sections(request())).contains("\tbusport = \"002\"", "\tbusport = \"003\"", "# busport = \"001\"");
    }

    @Test
    void takesTheDriverThatSaysMostOfADevice() throws Exception {
        device("1-2", 1, 8, "0001", "0000", Map.of("manufacturer", "MEC", "product", "MEC0003"));
        device("1-3", 1, 9, "0001", "0000", Map.of("manufacturer", "ATCL"));
        List<FoundDevice> found = scan(scanner(), request()).devices();
        assertThat(found.get(1).driver()).contains("nutdrv_qx");
        assertThat(found.get(1).option("subdriver")).contains("fabula");
        assertThat(found.get(1).alternatives()).isEmpty();
        assertThat(found.get(2).driver()).contains("nutdrv_atcl_usb");
        assertThat(found.get(2).alternatives()).containsExactly("nutdrv_qx");
    }

    @Test
    void readsWhatTheDriversOfAFolderDeclare() throws Exception {
        Path drivers = Files.createDirectories(machine.resolve("drivers"));
        jar(drivers.resolve("a.jar"), """
                <property name="driver.name" type="String" value="blazer_usb"/>
                <property name="service.ranking" type="Integer" value="-10"/>
                <property name="driver.usb" type="String">0665:5161
                06da:*;vendor=A&amp;B
                </property>""");
        jar(drivers.resolve("b.jar"), "<property name=\"driver.name\" value=\"dummy-ups\"/>");
        Files.writeString(drivers.resolve("c.jar"), "no jar");
        var problems = new ArrayList<String>();
        assertThat(DriverJars.components(drivers, problems)).singleElement().satisfies(component -> assertThat(
                        component)
                .containsEntry("driver.name", "blazer_usb")
                .containsEntry("service.ranking", "-10")
                .containsEntry("driver.usb", "0665:5161\n06da:*;vendor=A&B\n"));
        assertThat(problems).singleElement().asString().contains("c.jar").contains("its drivers are not known");
        assertThat(DriverJars.components(machine.resolve("none"), problems)).isEmpty();
        assertThat(problems).hasSize(2);
    }

    @Test
    void refusesADeclarationThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriverRow.parse("x", "51d:2", 0))
                .withMessageContaining("'51d:2' is not VENDOR:PRODUCT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriverRow.parse("x", "051d:0002;vendor=(", 0))
                .withMessageContaining("no regular expression");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriverRow.parse("x", "051d:0002;colour=red", 0))
                .withMessageContaining("'colour=red'");
    }

    @Test
    void findsNothingOnAMachineWithoutUsb() throws Exception {
        Told told = scan(new UsbScanner(machine.resolve("none"), problems -> rows), request());
        assertThat(told.devices()).isEmpty();
        assertThat(told.problems()).isEmpty();
    }

    /** Debian's, of NUT 2.8.0, always shows the bus, and has another order. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void findsWhatDebiansFinds() throws Exception {
        try (var bus = UsbBus.start()) {
            bus.plug(
                    "1-1",
                    new FakeUsbDevice(0x0463, 0xffff)
                            .strings("EATON", "Ellipse ECO", "AB1234")
                            .plain(0x81));
            bus.plug("1-2", new FakeMegatecBridge(0x0665, 0x5161).strings("INNO TECH", "USB to Serial", null));
            bus.plug("1-3", new FakeMegatecBridge(0x0001, 0x0000).strings("MEC", "MEC0003", null));
            var builder = new ProcessBuilder("/usr/bin/nut-scanner", "-q", "-U", "-P");
            builder.environment().putAll(bus.environment());
            Process theirs = builder.redirectErrorStream(true).start();
            Set<String> lines =
                    new TreeSet<>(new String(theirs.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                            .replace(",bus=\"001\"", "")
                            .lines()
                            .toList());
            assertThat(theirs.waitFor()).isZero();
            rows.remove(4);
            Path devices = Path.of(bus.environment().get("UMOCKDEV_DIR"), "sys/bus/usb/devices");
            List<FoundDevice> ours = scan(
                            new UsbScanner(devices, problems -> rows), request().withOption("detail", "0"))
                    .devices();
            assertThat(new TreeSet<>(SectionWriter.lines(ours).lines().toList()))
                    .isEqualTo(lines);
        }
    }

    private String sections(ScanRequest request) throws InterruptedException {
        return new SectionWriter().sections(scan(scanner(), request).devices());
    }

    private void device(String name, int bus, int number, String vendor, String product, Map<String, String> texts)
            throws IOException {
        Path folder = Files.createDirectories(machine.resolve(name));
        Files.writeString(folder.resolve("idVendor"), vendor + "\n");
        Files.writeString(folder.resolve("idProduct"), product + "\n");
        Files.writeString(folder.resolve("bcdDevice"), "0110\n");
        Files.writeString(folder.resolve("busnum"), bus + "\n");
        Files.writeString(folder.resolve("devnum"), number + "\n");
        for (Map.Entry<String, String> text : texts.entrySet())
            Files.writeString(folder.resolve(text.getKey()), text.getValue() + "\n");
    }

    private static void jar(Path file, String properties) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/a.xml, OSGI-INF/missing.xml");
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/a.xml"));
            jar.write(("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"a\">" + properties
                            + "</scr:component>")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
