package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Session;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.MappingUser;
import org.cobnut.table.mapping.Mappings;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;

/** A mapping of the operator, while the driver runs. */
class OwnMappingTest {
    private static final String HALF = "extends megatec\nvar battery.voltage status:28-31 times 0.5 round 2\n";

    private final Edited mappings = new Edited();
    private final TestReport report = new TestReport();
    private Transcript link = new Transcript();
    private int wakes;

    private Transcript plugged() {
        try {
            link = PtyUps.transcript("megatec");
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Session open(String... lines) throws IOException {
        var driver = new NutdrvQx(mappings);
        return driver.open(Bench.settings(driver, lines), Bench.links(this::plugged, () -> wakes++));
    }

    @Test
    void correctsAFactorWithoutFindingTheDialectAgain() throws IOException {
        Session session = open();
        assertThat(report.poll(session).values()).containsEntry("battery.voltage", "27.30");
        mappings.put("mapping megatec 2 megatec\n" + HALF);
        assertThat(wakes).isEqualTo(1);
        assertThat(report.poll(session).values())
                .containsEntry("battery.voltage", "13.65")
                .containsEntry("device.model", "SM100")
                .containsEntry("driver.version.data", "Megatec");
        assertThat(link.asked()).doesNotContain("QGS", "QS", "M", "D");
        mappings.put("");
        assertThat(report.poll(session).values()).containsEntry("battery.voltage", "27.30");
    }

    @Test
    void isUsedWhereTheSectionNamesIt() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> open("protocol = mine"))
                .withMessageStartingWith(
                        "option 'protocol' is mine, and there is no such dialect; there are omron, voltronic,");
        mappings.put("mapping mine 1 megatec\ntitle Mine\n" + HALF);
        assertThat(report.poll(open()).values()).containsEntry("driver.version.data", "Megatec");
        assertThat(report.poll(open("protocol = mine")).values())
                .containsEntry("driver.version.data", "Mine")
                .containsEntry("battery.voltage", "13.65");
    }

    @Test
    void isFoundBeforeTheOthersWhereItSaysForWhichUps() throws IOException {
        mappings.put("mapping mine 1 megatec\ntitle Mine\nmatch identity \"\\#ACME   SN123456 SM100       V1.23    \"\n"
                + HALF);
        assertThat(report.poll(open()).values()).containsEntry("driver.version.data", "Mine");
    }

    /** The files of the bundle, and one more. */
    private static final class Edited implements Mappings {
        private final List<MappingUser> users = new ArrayList<>();
        private String own = "";

        void put(String text) {
            own = text;
            List.copyOf(users).forEach(MappingUser::changed);
        }

        @Override
        @SuppressWarnings("unchecked") // of this kind only
        public <A> MappingSet<A> open(MappingKind<A> kind) {
            return (MappingSet<A>) new Files();
        }

        private final class Files implements MappingSet<Address> {
            private String compiled = "-";
            private List<Mapping<Address>> all = List.of();

            @Override
            public List<Mapping<Address>> all() {
                if (compiled.equals(own)) return all;
                Map<String, byte[]> texts = Dialects.shipped();
                if (!own.isEmpty()) texts.put("own.map", own.getBytes(StandardCharsets.ISO_8859_1));
                compiled = own;
                all = MappingSet.of(MegatecKind.INSTANCE, texts).all();
                return all;
            }

            @Override
            public Optional<Mapping<Address>> named(String name) {
                return all().stream()
                        .filter(mapping -> mapping.name().equals(name))
                        .findFirst();
            }

            @Override
            public void add(MappingUser user) {
                users.add(user);
            }

            @Override
            public void remove(MappingUser user) {
                users.remove(user);
            }

            @Override
            public void close() {}
        }
    }
}
