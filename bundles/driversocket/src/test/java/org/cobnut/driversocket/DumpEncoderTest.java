package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Range;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.wire.Lexer;
import org.junit.jupiter.api.Test;

class DumpEncoderTest {
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "OL",
            "ol",
            "a b",
            "\"",
            "#",
            "\\",
            "say \"hi\" #1\\",
            "C:\\dir\\",
            "\"\"",
            "x=y",
            "[z]",
            "DATAOK");

    @Test
    void tellsOfADeviceInNutsOrder() {
        assertThat(DumpEncoder.all(device(), true)).isEqualTo("""
                SETINFO battery.low "20"
                ADDRANGE battery.low 10 50
                SETFLAGS battery.low RW NUMBER
                SETINFO ups.beeper "on"
                ADDENUM ups.beeper "on"
                ADDENUM ups.beeper "off"
                SETFLAGS ups.beeper RW NUMBER
                SETINFO ups.id "my \\"own\\" \\#1"
                SETAUX ups.id 16
                SETFLAGS ups.id RW STRING
                SETINFO ups.status "OL"
                ADDCMD load.off
                DATAOK
                DUMPDONE
                """);
        assertThat(DumpEncoder.all(device(), false))
                .startsWith("DATASTALE\nSETINFO")
                .endsWith("load.off\nDUMPDONE\n");
        assertThat(DumpEncoder.one(device(), "UPS.STATUS")).isEqualTo("SETINFO ups.status \"OL\"\nDUMPDONE\n");
        assertThat(DumpEncoder.one(device(), "none")).isEqualTo("DUMPDONE\n");
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(DumpEncoder.difference(device(), true, device(), true)).isEmpty();
        assertThat(DumpEncoder.difference(device(), true, device(), false)).isEqualTo("DATASTALE\n");
        assertThat(DumpEncoder.difference(device(), false, device(), true)).isEqualTo("DATAOK\n");
    }

    /** What one side writes the other reads, from any device to any other. */
    @Test
    void whoeverHearsTheDifferencesHasTheSameDevice() {
        var random = new Random(4);
        var image = new RemoteVariables();
        Snapshot before = any(random);
        hear(image, DumpEncoder.all(before, true));
        for (int i = 0; i < 500; i++) {
            Snapshot after = any(random);
            String lines = DumpEncoder.difference(before, true, after, true);
            hear(image, lines);
            assertThat(image.variables()).as(lines).isEqualTo(after.variables());
            assertThat(image.commands()).isEqualTo(after.commands());
            before = after;
        }
    }

    private static void hear(RemoteVariables image, String lines) {
        for (List<String> words : Lexer.lines(lines)) {
            if (words.get(0).equals("DATAOK") || words.get(0).equals("DUMPDONE")) continue;
            assertThat(image.accept(words))
                    .as("%s", words)
                    .isIn(RemoteVariables.Effect.CHANGED, RemoteVariables.Effect.SAME);
        }
    }

    private static Snapshot any(Random random) {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        for (int i = 0; i < 6; i++) {
            if (random.nextInt(4) > 0) variables.put("v." + i, new Variable("v." + i, value(random), type(random)));
        }
        var commands = new TreeSet<>(Names.ORDER);
        for (int i = 0; i < 3; i++) if (random.nextBoolean()) commands.add("c." + i);
        return new Snapshot(Instant.EPOCH, new Health.Fresh(), variables, commands);
    }

    private static VarType type(Random random) {
        var choices = new ArrayList<String>();
        var ranges = new ArrayList<Range>();
        for (String value : VALUES) if (random.nextInt(8) == 0) choices.add(value);
        for (int i = 0; i < 3; i++) if (random.nextInt(4) == 0) ranges.add(new Range(i, 10L * i));
        var length = random.nextBoolean() ? OptionalInt.of(random.nextInt(3)) : OptionalInt.empty();
        return VarType.READ_ONLY
                .writable(random.nextBoolean())
                .maxLength(length)
                .choices(choices)
                .ranges(ranges);
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static Snapshot device() {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        variables.put("ups.status", new Variable("ups.status", "OL", VarType.READ_ONLY));
        variables.put("ups.id", new Variable("ups.id", "my \"own\" #1", VarType.text(16)));
        variables.put("ups.beeper", new Variable("ups.beeper", "on", VarType.choice("on", "off")));
        variables.put("battery.low", new Variable("battery.low", "20", VarType.number(10, 50)));
        var commands = new TreeSet<>(Names.ORDER);
        commands.add("load.off");
        return new Snapshot(Instant.EPOCH, new Health.Fresh(), variables, commands);
    }
}
