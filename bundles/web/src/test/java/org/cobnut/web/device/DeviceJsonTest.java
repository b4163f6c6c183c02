package org.cobnut.web.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.device.DriverFigures;
import org.cobnut.web.http.Reply;
import org.junit.jupiter.api.Test;

class DeviceJsonTest {
    @Test
    void textOfADeviceEndsNoScriptAndNoString() {
        var device = Devices.fresh("demo", "ups.model", "</script><img src=x onerror=\"alert(1)\">");
        assertThat(Reply.encode(json -> DeviceJson.flat(json, device)))
                .isEqualTo(
                        "{\"ups.model\":\"\\u003c/script\\u003e\\u003cimg src\\u003dx onerror\\u003d\\\"alert(1)\\\"\\u003e\"}");
    }

    @Test
    void whatADriverLogsInWithIsShownToNobody() {
        var device = Devices.fresh("demo", "driver.parameter.password", "hush", "driver.parameter.port", "auto");
        assertThat(Reply.encode(json -> DeviceJson.flat(json, device)))
                .contains("\"driver.parameter.password\":\"********\"", "\"driver.parameter.port\":\"auto\"")
                .doesNotContain("hush");
    }

    @Test
    void anAnnouncedShutdownStandsInTheStatus() {
        var plain = Devices.fresh("demo", "ups.status", "OB LB");
        var device = new Device("demo", "", "", plain.snapshot(), plain.figures(), true, List.of());
        assertThat(Reply.encode(json -> DeviceJson.overview(json, device)))
                .contains("\"status\":[\"FSD\",\"OB\",\"LB\"]");
    }

    @Test
    void howItsDriverGetsOnIsTold() {
        var plain = Devices.fresh("demo");
        var figures = new DriverFigures(
                2, Optional.of(Duration.ofMillis(20)), Optional.empty(), "no answer", Optional.of(Instant.EPOCH));
        var device = new Device("demo", "", "", plain.snapshot(), figures, false, List.of());
        assertThat(Reply.encode(json -> DeviceJson.driver(json, device.figures())))
                .isEqualTo(
                        "{\"restarts\":2,\"poll\":0.02,\"longestPoll\":null,\"lastError\":\"no answer\",\"failed\":0}");
    }

    @Test
    void whatIsNotKnownInASeriesIsNull() {
        assertThat(Reply.encode(json -> DeviceJson.series(json, Map.of("load", new double[] {1.005, Double.NaN, 3}))))
                .isEqualTo("{\"load\":[1.0,null,3.0]}");
    }
}
