package org.cobnut.scan.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialScannerTest extends ScannerContract {
    private static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r";

    @TempDir
    private Path machine;

    private FakeUps ups = FakeUps.silent();

    @BeforeEach
    void machine() throws IOException {
        Files.createDirectory(machine.resolve("sys"));
    }

    @AfterEach
    void everyLineIsClosed() {
        assertThat(ups.open()).isZero();
    }

    @Override
    protected Scanner scanner() {
        return new SerialScanner(
                (port, line) -> ups.open(port, line), new SerialPorts(machine.resolve("sys"), machine));
    }

    @Override
    protected ScanRequest request() {
        ups = new FakeUps(2400, said -> ends(said, "16") ? said : new byte[0]);
        return at("/dev/ttyS0");
    }

    @Override
    protected Optional<ScanRequest> silence() {
        ups = FakeUps.slow();
        return Optional.of(at("/dev/ttyS0"));
    }

    @ParameterizedTest
    @CsvSource({
        "16, 2400, 16, mge-shut",
        "51310d, 2400, '', blazer_ser",
        "ab01a0b4, 19200, ab, bcmxcp",
        "ab01a0b4, 1200, ab, bcmxcp",
        "16, 9600, 16, ",
    })
    void knowsADeviceByWhatItAnswers(String heard, int speed, String answer, String driver) throws Exception {
        byte[] reply = answer.isEmpty() ? STATUS.getBytes(StandardCharsets.US_ASCII) : FakeUps.bytes(answer);
        ups = new FakeUps(speed, said -> ends(said, heard) ? reply : new byte[0]);
        List<FoundDevice> found = scan(scanner(), at("/dev/ttyS7")).devices();
        assertThat(found.stream().flatMap(each -> each.driver().stream()).toList())
                .isEqualTo(Optional.ofNullable(driver).stream().toList());
        assertThat(found).allSatisfy(each -> assertThat(each.port()).isEqualTo("/dev/ttyS7"));
    }

    @Test
    void takesNoShortAnswerForAStatus() throws Exception {
        ups = new FakeUps(2400, said -> ends(said, "0d") ? "(NAK\r".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
        assertThat(scan(scanner(), at("/dev/ttyS0")).devices()).isEmpty();
    }

    /**
     * The order that docs/nut-scanner.md tells: what says least comes first. And nothing that switches a device of another
     * family off, at the speed at which that listens: the letters of APC, which count each for itself; the words of Megatec,
     * which end with CR; the bytes of Rhino and Microsol, of Powercom, and of Oneac.
     */
    @Test
    void asksShutThenQ1ThenXcpAndSendsNoOrderOfAnotherFamily() throws Exception {
        scan(scanner(), at("/dev/ttyS0"));
        String xcp = "%1$d 1d|%1$d ab04cf69e8d55c|%1$d ab|%1$d 01|%1$d a0|%1$d b4|";
        String whole = "2400 16|".repeat(4)
                + "2400 51310d|".repeat(3)
                + Stream.of(19200, 9600, 4800, 2400, 1200).map(xcp::formatted).collect(Collectors.joining());
        assertThat(String.join("|", ups.heard()) + '|').isEqualTo(whole);

        for (String apc : List.of("53", "4b", "5a", "40", "55", "44", "41", "5e"))
            assertThat(hex(2400)).as("APC at 2400").noneMatch(each -> bytes(each)
                    .contains(apc));
        for (String megatec : List.of("5330", "532e", "430d", "540d", "544c0d", "510d"))
            assertThat(hex(2400)).as("Megatec at 2400").noneMatch(each -> each.contains(megatec));
        for (String single : List.of("cc", "cd", "ce", "dd", "de", "b9", "ba", "0f"))
            for (int speed : List.of(1200, 9600, 19200))
                assertThat(hex(speed)).as("at " + speed).noneMatch(each -> bytes(each)
                        .contains(single));
    }

    @Test
    void opensNoPortThatNobodyNamed() throws Exception {
        port("ttyS0", "4");
        assertThat(scan(scanner(), ScanRequest.all()).devices())
                .singleElement()
                .satisfies(device -> assertThat(device.driver()).isEmpty());
        assertThat(ups.heard()).isEmpty();
    }

    @Test
    void goesOnBesideAPortThatCannotBeOpened() throws Exception {
        ScanRequest request = request();
        Told told = scan(scanner(), request.withPorts(List.of("/dev/none", "/dev/ttyS0")));
        assertThat(told.devices()).hasSize(1);
        assertThat(told.problems()).containsExactly("/dev/none does not exist");
    }

    @Test
    void listsPortsWithHardwareBehindThemAndTheNamesThatLast() throws Exception {
        port("ttyS1", "4");
        port("ttyS2", "0");
        Files.createDirectories(machine.resolve("sys/tty1"));
        Path adapter = Files.createDirectories(machine.resolve("usb/1-1"));
        Files.writeString(adapter.resolve("product"), "USB-Serial Controller\n");
        Files.writeString(adapter.resolve("manufacturer"), "Prolific\n");
        Path device = Files.createDirectories(adapter.resolve("1-1:1.0/ttyUSB10"));
        Files.createSymbolicLink(
                Files.createDirectories(machine.resolve("sys/ttyUSB10")).resolve("device"), device);
        Path node = Files.createFile(machine.resolve("ttyUSB10").toAbsolutePath());
        Path link = Files.createDirectories(machine.resolve("serial/by-id")).resolve("usb-Prolific-port0");
        Files.createSymbolicLink(link, node);

        List<FoundDevice> found = scan(scanner(), ScanRequest.all()).devices();
        assertThat(found).extracting(FoundDevice::port).containsExactly(machine + "/ttyS1", machine + "/ttyUSB10");
        assertThat(found)
                .extracting(FoundDevice::description)
                .containsExactly(
                        "serial port", "USB adapter, Prolific USB-Serial Controller; " + link + " names it for good");
    }

    private void port(String name, String type) throws Exception {
        Path terminal = Files.createDirectories(machine.resolve("sys").resolve(name));
        Files.createDirectories(terminal.resolve("device"));
        Files.writeString(terminal.resolve("type"), type + "\n");
    }

    /** All that was sent at a speed, each write in hex. */
    private List<String> hex(int speed) {
        return ups.heard().stream()
                .filter(each -> each.startsWith(speed + " "))
                .map(each -> each.substring(each.indexOf(' ') + 1))
                .toList();
    }

    private static List<String> bytes(String hex) {
        return Arrays.asList(hex.split("(?<=\\G..)"));
    }

    private static ScanRequest at(String port) {
        return ScanRequest.all().withPorts(List.of(port));
    }

    private static boolean ends(byte[] said, String hex) {
        return HexFormat.of().formatHex(said).endsWith(hex);
    }
}
