package org.cobnut.drivers.usbhid.descriptor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.cobnut.link.usb.ReportType;

/** Any bytes as a report descriptor, and the same bytes as its reports: values, or one fault with a reason. */
class DescriptorFuzz {
    @FuzzTest(maxDuration = "5s")
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        ReportDescriptor descriptor;
        try {
            descriptor = ReportDescriptor.parse(bytes);
        } catch (DescriptorException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "no reason");
            return;
        }
        for (HidField field : descriptor.fields()) read(descriptor, field, bytes);
    }

    private static void read(ReportDescriptor descriptor, HidField field, byte[] bytes) {
        require(field.end() <= descriptor.length(field.type(), field.report()), "a field behind its report");
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
