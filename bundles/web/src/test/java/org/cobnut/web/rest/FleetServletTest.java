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
    private final List<FleetUps> upses = List.of(
            ups("attic", "fine", true, "OL CHRG"),
            ups("attic", "odd", true, "OL RB"),
            new FleetUps("cellar", "a", true, "OB LB", "12", "90", "", "<b>", "M", Optional.of(Instant.EPOCH)),
            ups("cellar", "away", false, "OL"));

    private final Fleet fleet = new Fleet() {
        @Override
        public List<FleetUps> upses() {
            return upses;
        }

        @Override
        public Optional<String> fault() {
            return Optional.of("the broker is away");
        }
    };

    private static FleetUps ups(String node, String name, boolean reachable, String status) {
        return new FleetUps(node, name, reachable, status, "", "", "", "", "", Optional.empty());
    }

    private static List<String> names(FleetSelection selection) {
        return selection.upses().stream().map(FleetUps::ups).toList();
    }

    @Test
    void showsEachUpsAndWhatIsWrong() {
        assertThat(FleetServlet.reply(fleet, "", 1).body())
                .isEqualTo("{\"fault\":\"the broker is away\",\"total\":4,\"matching\":4,\"troubled\":3,"
                        + "\"upses\":[{\"node\":\"cellar\",\"ups\":\"a\",\"reachable\":true,"
                        + "\"status\":\"OB LB\",\"charge\":\"12\",\"runtime\":\"90\",\"load\":\"\",\"alarm\":\"\\u003cb\\u003e\","
                        + "\"model\":\"M\",\"since\":\"1970-01-01T00:00:00Z\"}]}");
        assertThat(FleetServlet.reply(null, "", 1).status()).isEqualTo(404);
        assertThat(FleetServlet.reply(null, "", 1).body()).contains("FEATURE-NOT-CONFIGURED", "mqtt.conf");
    }

    @Test
    void whoIsInTroubleComesFirstAndATextFindsItsOwn() {
        assertThat(names(FleetSelection.of(upses, "", 9))).containsExactly("a", "away", "odd", "fine");
        assertThat(names(FleetSelection.of(upses, "ATTIC", 9))).containsExactly("odd", "fine");
        assertThat(names(FleetSelection.of(upses, "chrg", 9))).containsExactly("fine");
        assertThat(FleetSelection.of(upses, "ATTIC", 1).matching()).isEqualTo(2);
    }
}
