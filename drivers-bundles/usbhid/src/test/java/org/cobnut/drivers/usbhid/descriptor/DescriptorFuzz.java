package org.cobnut.drivers.usbhid.descriptor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a report descriptor, and others behind them as its reports: values, or one fault with a reason. It begins with the
 * descriptors of real devices.
 */
class DescriptorFuzz {
    @MethodSource("recorded")
    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** A descriptor, and a report of eight bytes. */
    static Stream<byte[]> recorded() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/devices"))) {
            return files.filter(file -> file.toString().endsWith(".hex")).sorted().toList().stream()
                    .map(DescriptorFuzz::seed);
        }
    }

    private static byte[] seed(Path file) {
        try {
            byte[] descriptor = FakeHidDevice.hex(Files.readString(file, StandardCharsets.US_ASCII));
            byte[] seed = Arrays.copyOf(new byte[] {8}, 1 + descriptor.length + 8);
            System.arraycopy(descriptor, 0, seed, 1, descriptor.length);
            return seed;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The form in which the fuzzer's own program takes a target. The first byte is the length of the report, at the end. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        int end = bytes.length == 0 ? 0 : Math.max(1, bytes.length - (bytes[0] & 0xff));
        byte[] report = Arrays.copyOfRange(bytes, end, bytes.length);
        ReportDescriptor descriptor;
        try {
            descriptor = ReportDescriptor.parse(Arrays.copyOfRange(bytes, Math.min(1, end), end));
        } catch (DescriptorException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "no reason");
            return;
        }
        for (HidField field : descriptor.fields()) read(descriptor, field, report);
        for (DescriptorFix fix : DescriptorFix.values()) fix.apply(descriptor);
    }

    private static void read(ReportDescriptor descriptor, HidField field, byte[] bytes) {
        int length = descriptor.length(field.type(), field.report());
        require(field.end() <= length, "a field behind its report");
        require(!UsageNames.standard().text(field.path()).isEmpty(), "no name");
        field.logical(bytes).ifPresent(value -> {
            double physical = field.physical(value);
            require(!Double.isNaN(physical), "no number");
            field.logical(physical);
        });
        byte[] report = Arrays.copyOf(bytes, descriptor.length(ReportType.FEATURE, field.report()));
        long bits = field.bits(report);
        field.put(report, bits);
        require(field.bits(report) == bits, "what was put is not what is read");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
