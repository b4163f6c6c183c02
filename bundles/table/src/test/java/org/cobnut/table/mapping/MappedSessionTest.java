package org.cobnut.table.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.table.TableSession;
import org.cobnut.table.grammar.Kinds;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappedSessionTest {
    private static final String HEAD = "mapping m 1 oid\nmatch sysobjectid 1.9\nstatus 1.1 1=OL\n";

    private final EditedMappings mappings = new EditedMappings();
    private final TestReport report = new TestReport();
    private final List<Kinds.Memory<String>> opened = new ArrayList<>();
    private boolean named;
    private boolean lost;
    private int wakes;

    @BeforeEach
    void begin() {
        mappings.put("m.map", HEAD + "var battery.voltage 1.2\nvar ups.load 1.3\ncommand load.off 1.4 1\n");
    }

    private MappedSession session() throws IOException {
        return new MappedSession("u", mappings.set(), () -> wakes++, this::open);
    }

    private Opened open() throws IOException {
        if (lost) throw new IOException("no answer");
        Mapping<String> mapping = mappings.set().named("m").orElseThrow(() -> new IllegalArgumentException("none"));
        var wire = new Kinds.Memory<String>();
        wire.values.put("1.1", "1");
        wire.values.put("1.2", "54");
        wire.values.put("1.3", "7");
        opened.add(wire);
        var session = new TableSession<>(wire, mapping.table());
        return new Opened(session, Optional.of(mapping), named, session::origins);
    }

    @Test
    void takesAnEditedMappingAtTheNextPollAndTakesBackWhatIsGone() throws IOException {
        var session = session();
        assertThat(report.poll(session).values()).containsKeys("battery.voltage", "ups.load");
        mappings.put("m.map", HEAD + "var battery.voltage 1.2 times 0.5\n");
        assertThat(wakes).isEqualTo(1);
        assertThat(report.poll(session).values())
                .containsEntry("battery.voltage", "27.0")
                .doesNotContainKey("ups.load");
        assertThat(report.commands()).isEmpty();
        assertThat(report.status()).containsExactly("OL");
        assertThat(opened).hasSize(2);
        assertThat(mappings.users()).hasSize(1).first().satisfies(user -> assertThat(user.origins())
                .extracting(row -> row.origin().orElse("-"))
                .containsExactly("m.map:4", "m.map:3"));
        session.close();
        assertThat(mappings.users()).isEmpty();
    }

    @Test
    void staysOpenWhenAnotherMappingChanges() throws IOException {
        var session = session();
        report.poll(session);
        mappings.put("other.map", "mapping other 1 oid\nvar ups.load 1.3\n");
        mappings.put("broken.map", "mapping broken 1 oid\nvar ups.load\n");
        mappings.put("m.map", HEAD + "var battery.voltage oops\n");
        report.poll(session);
        assertThat(opened).hasSize(1);
        assertThat(wakes).isZero();
    }

    @Test
    void looksAgainForItsMappingWhenAnotherIsForDevicesUnlessItIsNamed() throws IOException {
        var found = session();
        named = true;
        var told = session();
        named = false;
        mappings.put("new.map", "mapping new 1 oid\nmatch sysobjectid 1.9\nvar ups.load 1.3\n");
        report.poll(found);
        report.poll(told);
        assertThat(opened).hasSize(3);
        mappings.put("new.map", "mapping new 1 oid\nmatch sysobjectid 1.9\nvar ups.load 1.2\n");
        report.poll(found);
        assertThat(opened).hasSize(3);
    }

    @Test
    void failsThePollsUntilTheDeviceIsOpenAgainAndNeverGoesOnWithTheOldTable() throws IOException {
        var session = session();
        report.poll(session);
        mappings.put("m.map", HEAD + "var battery.voltage 1.2 times 0.5\n");
        lost = true;
        assertThatIOException().isThrownBy(() -> report.poll(session)).withMessage("no answer");
        assertThatIOException().isThrownBy(() -> session.run("load.off", "")).withMessage("no answer");
        lost = false;
        assertThat(report.poll(session).values())
                .containsEntry("battery.voltage", "27.0")
                .doesNotContainKey("ups.load");
        mappings.remove("m.map");
        assertThatIOException().isThrownBy(() -> report.poll(session)).withMessage("none");
    }

    @Test
    void isNoUserWhenItDidNotOpen() {
        lost = true;
        assertThatIOException().isThrownBy(this::session);
        mappings.remove("m.map");
        lost = false;
        assertThatThrownBy(this::session).isInstanceOf(IllegalArgumentException.class);
        assertThat(mappings.users()).isEmpty();
    }
}
