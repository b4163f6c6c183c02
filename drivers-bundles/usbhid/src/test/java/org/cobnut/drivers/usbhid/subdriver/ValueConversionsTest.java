package org.cobnut.drivers.usbhid.subdriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Known;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mapping files name behind {@code via}. */
class ValueConversionsTest {
    private static Known known(String values) {
        Map<String, String> all = values.isEmpty()
                ? Map.of()
                : Map.of(values.substring(0, values.indexOf('=')), values.substring(values.indexOf('=') + 1));
        return name -> Optional.ofNullable(all.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "kelvin, 298.15, '', 25.0",
        "kelvin, 0, '', ''",
        "kelvin, 28, '', 28.0",
        "kelvin, 65535, '', ''",
        "percent, 104, '', 100",
        "date, 20793, '', 2020/09/25",
        "date, 0, '', ''",
        "bcd-date, 599297, '', 2001/09/25",
        "bcd-date, 0, '', ''",
        "unix-date, 1796000000, '', 2026/11/30",
        "unix-time, 1796000000, '', 00:53:20",
        "ampere-hours, 32400, '', 9.00",
        "hex, 255, '', 000000ff",
        "tenfold-frequency, 499, '', 49.9",
        "tenfold-frequency, 60.1, '', 60.1",
        "two-thirds-voltage, 20.4, battery.voltage.nominal=12, 13.6",
        "two-thirds-voltage, 13.6, battery.voltage.nominal=12, 13.6",
        "line-voltage, 0.0000121, '', 121.0",
        "line-voltage, 0.00121, '', 121.0",
        "line-voltage, 121, '', 121.0",
        "nominal-voltage, 0.00000048, '', 48",
        "tenfold-battery, 136, '', 13.6",
        "tenfold-battery, 13.6, '', 13.6",
        "low-bits, 35, '', 3",
        "high-bits, 35, '', 2",
        "percent-sign, 100, '', 100%",
        "charge, 101.4, '', 101",
        "charge, 15926, '', ''",
        "real-power, 850, ups.load=24, 163",
        "battery-of-series, 13.5, ups.model=Evolution 850, 13.5",
        "battery-of-series, 13.5, ups.model=Ellipse ECO 650, ''",
        "product-and-model, 1100, product=Ellipse MAX, Ellipse MAX 1100",
        "product-and-model, '', product=Ellipse MAX, ''",
        "before-firmware, Back-UPS ES 850G2 FW:938.a2 .I USB FW:a2, '', Back-UPS ES 850G2",
        "before-firmware, Smart-UPS 750, '', Smart-UPS 750",
        "firmware, Back-UPS ES 850G2 FW:938.a2 .I USB FW:a2, '', 938.a2 .I",
        "usb-firmware, Back-UPS ES 850G2 FW:938.a2 .I USB FW:a2, '', a2",
        "firmware, Smart-UPS 750, '', ''",
        "powercom-startup, 256, '', 60",
        "powercom-shutdown, 276, '', 80"
    })
    void readValues(String function, String raw, String known, String value) {
        assertThat(ValueConversions.FORMATS
                        .get(function)
                        .value(raw, known(known))
                        .orElse(""))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2020/09/25, '', 20793",
        "bcd-date, 2001/09/25, '', 599297",
        "unix-time, 00:53:20, ups.date=2026/11/30, 1796000000",
        "unix-date, 2026/11/30, ups.time=00:53:20, 1796000000",
        "powercom-startup, 90, '', 0x200",
        "powercom-return, 80, '', 0x114",
        "powercom-stayoff, 80, '', 0x194",
        "powercom-stayoff, 80, powercom-swapped=yes, 0x9401",
        "powercom-return, 80, powercom-stepped=yes, 0xa",
        "powercom-return, 20, powercom-stepped=yes, 0x3"
    })
    void makeWhatIsWritten(String function, String text, String known, String raw) {
        assertThat(ValueConversions.ARGUMENTS.get(function).of(text, known(known)))
                .isEqualTo(raw);
    }
}
