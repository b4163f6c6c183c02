package org.cobnut.drivers.usbhid.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Report descriptors of real devices, and of none. */
class ReportDescriptorTest {
    private static final UsageNames NAMES = UsageNames.standard();

    private static byte[] recorded(String name) throws IOException {
        return FakeHidDevice.hex(
                Files.readString(Path.of("src/test/resources/devices", name + ".hex"), StandardCharsets.US_ASCII));
    }

    private static ReportDescriptor parse(String hex) throws DescriptorException {
        return ReportDescriptor.parse(FakeHidDevice.hex(hex));
    }

    private static HidField field(String hex) throws DescriptorException {
        return parse(hex).fields().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "mge-0463-ffff-santak-tg-box-850, 166",
        "apc-051d-0002-back-ups-rs-1000g, 112",
        "apc-051d-0002-back-ups-es-850g2.head, 21",
        "powerwalker-vi-3000-rt.head, 20"
    })
    void readsTheDescriptorsOfDevices(String name, int values) throws IOException {
        assertThat(ReportDescriptor.parse(recorded(name)).fields()).hasSize(values);
    }

    @ParameterizedTest
    @CsvSource({
        "UPS.PowerSummary.PresentStatus.ACPresent, 01250000, 1",
        "UPS.PowerSummary.PresentStatus.Charging, 01250000, 1",
        "UPS.PowerSummary.PresentStatus.Discharging, 01250000, 0",
        "UPS.PowerSummary.PresentStatus.Good, 01250000, 1",
        "UPS.PowerSummary.RemainingCapacity, 0664e0040000, 100",
        "UPS.PowerSummary.RunTimeToEmpty, 0664e0040000, 1248",
        "UPS.PowerSummary.PercentLoad, 0702020100031802, 24",
        "UPS.PowerSummary.RemainingCapacityLimit, 0814, 20",
        "UPS.Flow.[4].ConfigApparentPower, 0d520332, 850",
        "UPS.Flow.[4].ConfigFrequency, 0d520332, 50",
        "UPS.PowerConverter.Output.Voltage, 0ee600, 230",
        "UPS.Flow.[4].ConfigVoltage, 12dc, 220",
        "UPS.PowerConverter.Output.HighVoltageTransfer, 130801, 264",
        "UPS.PowerConverter.Output.LowVoltageTransfer, 14b8, 184",
        "UPS.PowerSummary.AudibleAlarmControl, 1f02, 2"
    })
    void readsTheValuesThatADeviceTold(String path, String report, double value) throws IOException {
        var descriptor = ReportDescriptor.parse(recorded("mge-0463-ffff-santak-tg-box-850"));
        byte[] bytes = FakeHidDevice.hex(report);
        HidField field = descriptor.find(NAMES.path(path), ReportType.FEATURE).orElseThrow();
        assertThat(field.report()).isEqualTo(bytes[0]);
        byte[] data = Arrays.copyOfRange(bytes, 1, bytes.length);
        assertThat(data).hasSize(descriptor.length(ReportType.FEATURE, field.report()));
        assertThat(field.physical(field.logical(data).orElseThrow())).isEqualTo(value);
    }

    @Test
    void readsALargestValueThatWasWrittenInTooFewBytesAsItWasMeant() throws DescriptorException {
        assertThat(field("050409 30 1500 25ff 7508 9501 b102").logical()).isEqualTo(new HidField.Limits(0, 255));
        assertThat(field("0504 0930 150a 2505 7508 9501 b102").logical()).isEqualTo(new HidField.Limits(10, 255));
    }

    @Test
    void readsValuesWithASign() throws DescriptorException {
        HidField field = field("0584 0957 16ffff 26ff7f 7510 9501 b102");
        assertThat(field.logical(new byte[] {-1, -1})).hasValue(-1);
        assertThat(field.logical(new byte[] {44, 1})).hasValue(300);
        HidField small = field("0584 0936 1581 257f 7508 9501 b102");
        assertThat(small.logical(new byte[] {-5})).hasValue(-5);
    }

    @Test
    void readsBitsAboveTheLargestValueAsRubbish() throws DescriptorException {
        assertThat(field("0585 0966 1500 2564 7508 9501 b102").logical(new byte[] {(byte) 0xc8}))
                .hasValue(72);
    }

    @Test
    void knowsThatADeviceHasNoValueWhenItSaysSo() throws DescriptorException {
        HidField field = field("0585 0966 1500 2564 7508 9501 b142");
        assertThat(field.logical(new byte[] {(byte) 0xc8})).isEmpty();
        assertThat(field.logical(new byte[] {99})).hasValue(99);
    }

    @ParameterizedTest
    @CsvSource({"07, 230", "06, 23", "05, 2.3", "00, 0.000023"})
    void takesTheExponentOfVolts(String exponent, double volts) throws DescriptorException {
        HidField field = field("0584 0930 1500 27ffff0000 6721d1f000 55" + exponent + " 7510 9501 b102");
        assertThat(field.physical(230)).isEqualTo(volts);
        assertThat(field.logical(volts)).isEqualTo(230);
    }

    @Test
    void takesTheLimitsOfAQuantity() throws DescriptorException {
        HidField field = field("0584 0935 1500 25c8 3500 4564 7508 9501 b102");
        assertThat(field.physical(100)).isEqualTo(50);
        assertThat(field.logical(25.0)).isEqualTo(50);
    }

    @Test
    void keepsAndBringsBackTheState() throws DescriptorException {
        var descriptor = parse("0584 8501 7508 9501 a4 8502 7510 0930 b102 b4 0932 b102");
        assertThat(descriptor.fields()).extracting(HidField::report).containsExactly(2, 1);
        assertThat(descriptor.fields()).extracting(HidField::size).containsExactly(16, 8);
    }

    @Test
    void expandsRangesOfUsagesAndGivesTheLastToAllThatRemain() throws DescriptorException {
        var descriptor = parse("0584 1960 2962 7501 9505 b102");
        assertThat(descriptor.fields())
                .extracting(field -> NAMES.text(field.path()))
                .containsExactly("Present", "Good", "InternalFailure", "InternalFailure", "InternalFailure");
        assertThat(descriptor.fields()).extracting(HidField::offset).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void passesOverLongItemsAndWhatIsPadding() throws DescriptorException {
        var descriptor = parse("0584 7508 9501 fe02aa0102 b101 0930 b102");
        assertThat(descriptor.fields()).hasSize(1);
        assertThat(descriptor.fields().get(0).offset()).isEqualTo(8);
    }

    @Test
    void countsTheBitsOfEachTypeOfReportByItself() throws DescriptorException {
        var descriptor = parse("0584 7508 9501 0930 8102 0930 b102 0932 b102 0932 9102");
        assertThat(descriptor.fields()).extracting(HidField::offset).containsExactly(0, 0, 8, 0);
        assertThat(descriptor.length(ReportType.FEATURE, 0)).isEqualTo(2);
        assertThat(descriptor.numbered()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no value",
        "0584, holds no value",
        "0584 0930 7508 97ffffffff b102, longer than any device's",
        "0584 0930 77ffffff7f 9501 b102, longer than any device's",
        "0584 1b00000000 2bffff0000 7501 960110 b102, more than 4096 values"
    })
    void saysWhatIsWrong(String hex, String reason) {
        assertThatThrownBy(() -> parse(hex))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void throwsNothingElseWhateverTheBytes() {
        var random = new Random(16);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            DescriptorFuzz.fuzzerTestOneInput(bytes);
        }
    }

    @Test
    void readsEveryBeginningOfADescriptor() throws IOException {
        byte[] whole = recorded("apc-051d-0002-back-ups-rs-1000g");
        int values = 0;
        for (int length = 0; length <= whole.length; length++) {
            try {
                int now = ReportDescriptor.parse(Arrays.copyOf(whole, length))
                        .fields()
                        .size();
                assertThat(now).isGreaterThanOrEqualTo(values);
                values = now;
            } catch (DescriptorException tooShort) {
                assertThat(values).isZero();
            }
        }
    }

    @Test
    void writesAFieldAndLeavesTheOthers() throws IOException {
        var descriptor = ReportDescriptor.parse(recorded("mge-0463-ffff-santak-tg-box-850"));
        byte[] data = FakeHidDevice.hex("64e0040000");
        descriptor
                .find(NAMES.path("UPS.PowerSummary.RunTimeToEmpty"))
                .orElseThrow()
                .put(data, 600);
        assertThat(data).isEqualTo(FakeHidDevice.hex("6458020000"));
    }

    @Test
    void namesPathsAsItReadsThem() throws IOException {
        for (HidField field : ReportDescriptor.parse(recorded("mge-0463-ffff-santak-tg-box-850"))
                .fields()) assertThat(NAMES.path(NAMES.text(field.path()))).isEqualTo(field.path());
    }
}
