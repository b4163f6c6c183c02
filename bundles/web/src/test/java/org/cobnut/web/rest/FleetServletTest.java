package org.cobnut.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cobnut.fleet.Fleet;
import org.cobnut.fleet.FleetUps;
import org.junit.jupiter.api.Test;

/** The UPSes of all machines over HTTP. */
class FleetServletTest {
    @Test
    void showsEachUpsAndWhatIsWrong() {
        var fleet = new Fleet() {
            @Override
            public List<FleetUps> upses() {
                return List.of(new FleetUps(
                        "cellar", "a", true, "OB LB", "12", "90", "", "<b>", "M", Optional.of(Instant.EPOCH)));
            }

            @Override
            public Optional<String> fault() {
                return Optional.of("the broker is away");
            }
        };
        assertThat(FleetServlet.reply(fleet).body())
                .isEqualTo(
                        "{\"fault\":\"the broker is away\",\"upses\":[{\"node\":\"cellar\",\"ups\":\"a\",\"reachable\":true,"
                                + "\"status\":\"OB LB\",\"charge\":\"12\",\"runtime\":\"90\",\"load\":\"\",\"alarm\":\"\\u003cb\\u003e\","
                                + "\"model\":\"M\",\"since\":\"1970-01-01T00:00:00Z\"}]}");
        assertThat(FleetServlet.reply(null).status()).isEqualTo(404);
        assertThat(FleetServlet.reply(null).body()).contains("FEATURE-NOT-CONFIGURED", "mqtt.conf");
    }
}
