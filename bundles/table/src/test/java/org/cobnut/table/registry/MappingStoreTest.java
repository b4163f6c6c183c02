package org.cobnut.table.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.grammar.Kinds;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingDrafter;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.MappingUser;
import org.junit.jupiter.api.Test;

class MappingStoreTest {
    private static final MappingSource OPERATOR = new MappingSource(MappingSource.FOLDER, "mappings");
    private static final MappingSource OURS = new MappingSource(7, "cobnut.drivers.acme");
    private static final MappingSource VENDOR = new MappingSource(9, "vendor");
    private static final String BASE = "mapping base 1 oid\nmatch sysobjectid 1.2\nvar ups.load 1.1\nvar ups.id 1.2\n";

    private final List<String> log = new ArrayList<>();
    private final MappingStore store = new MappingStore(log::add);
    private final MappingSet<String> oids = store.open(Kinds.OID);

    private static MappingText text(String file, String text) {
        return MappingText.of(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void put(MappingSource source, MappingText... texts) {
        store.replace(source, List.of(texts));
    }

    private String address(String mapping, String variable) {
        return oids.named(mapping).orElseThrow().table().rows().stream()
                .filter(row -> row instanceof org.cobnut.table.Row.Field<String> field
                        && field.name().equals(variable))
                .map(row -> ((org.cobnut.table.Row.Field<String>) row).source().address())
                .findFirst()
                .orElse("-");
    }

    @Test
    void letsTheOperatorCorrectAMappingOfABundle() {
        put(OURS, text("ours:base.map", BASE));
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
        put(OPERATOR, text("mappings/base.map", "mapping base 2 oid\nextends base\nvar ups.load 3.3\n"));
        assertThat(address("base", "ups.load")).isEqualTo("3.3");
        assertThat(address("base", "ups.id")).isEqualTo("1.2");
        assertThat(oids.named("base").orElseThrow().matches()).containsKey("sysobjectid");
        put(OPERATOR);
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
        assertThat(log).isEmpty();
    }

    @Test
    void keepsTheLastGoodVersionAndSaysFileLineAndReasonOnce() {
        put(OURS, text("ours:base.map", BASE));
        put(OPERATOR, text("mappings/base.map", "mapping base 2 oid\nextends base\nvar ups.load 3.3\n"));
        Mapping<String> good = oids.named("base").orElseThrow();
        put(OPERATOR, text("mappings/base.map", "mapping base 2 oid\nextends base\nvar ups.load x\nnonsense\n"));
        assertThat(oids.named("base")).contains(good);
        put(OPERATOR, text("mappings/base.map", "mapping base 2 oid\nextends base\nvar ups.load \"x\n"));
        assertThat(oids.named("base")).contains(good);
        put(OURS, text("ours:base.map", BASE + "\n"));
        assertThat(log)
                .containsExactly(
                        "mappings/base.map:3: 'x' is no OID (and 1 more); the version before it stays in force;"
                                + " nutctl mapping check FILE tells all",
                        "mappings/base.map:3: a quote begins here and never ends; the version before it stays in force;"
                                + " nutctl mapping check FILE tells all");
    }

    @Test
    void leavesTheOthersAloneWhenAFileWasNeverGood() {
        put(OURS, text("ours:base.map", BASE));
        put(
                OPERATOR,
                text("mappings/base.map", "mapping base 2 oid\nvar ups.load x\n"),
                text("mappings/fine.map", "mapping fine 1 oid\nextends base\n"));
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
        assertThat(address("fine", "ups.load")).isEqualTo("1.1");
        assertThat(log).hasSize(1).first().asString().contains("mappings/base.map:2", "the file is left out");
    }

    @Test
    void readsBeyondTheFirstLineOfABundlesFileWhenSomebodyOpensItsKind() {
        var later = new MappingStore(log::add);
        later.replace(OURS, List.of(text("ours:bad.map", "mapping bad 1 oid\nvar ups.load \"x\n")));
        assertThat(log).isEmpty();
        assertThat(later.lines()).extracting(line -> line.name() + line.kind()).containsExactly("badoid");
        later.open(Kinds.OID);
        assertThat(log).hasSize(1).first().asString().startsWith("ours:bad.map:2: a quote begins here");
    }

    @Test
    void countsTheOperatorsThenTheHigherVersionThenTheOlderBundle() {
        put(OURS, text("ours:base.map", BASE));
        put(VENDOR, text("vendor:base.map", BASE.replace("1.1", "9.9")));
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
        put(
                VENDOR,
                text("vendor:base.map", BASE.replace("base 1 ", "base 1.10 ").replace("1.1", "9.9")));
        assertThat(address("base", "ups.load")).isEqualTo("9.9");
        put(OURS, text("ours:base.map", BASE.replace("base 1 ", "base 1.9 ")));
        assertThat(address("base", "ups.load")).isEqualTo("9.9");
        put(OPERATOR, text("mappings/b.map", "mapping base 0 oid\nvar ups.load 3.3\n"));
        assertThat(address("base", "ups.load")).isEqualTo("3.3");
        assertThat(store.lines())
                .extracting(line -> line.file() + " " + line.overriddenBy().orElse("-"))
                .containsExactly("mappings/b.map -", "vendor:base.map mappings/b.map", "ours:base.map mappings/b.map");
    }

    @Test
    void saysThatTwoFilesOfTheOperatorHaveOneMapping() {
        put(
                OPERATOR,
                text("mappings/a.map", "mapping base 1 oid\nvar ups.load 1.1\n"),
                text("mappings/b.map", "mapping base 1 oid\nvar ups.load 2.2\n"));
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
        assertThat(log)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("mappings/b.map:1: the mapping base is in mappings/a.map");
        put(OPERATOR, text("mappings/b.map", "mapping base 1 oid\nvar ups.load 2.2\n"));
        assertThat(address("base", "ups.load")).isEqualTo("2.2");
    }

    @Test
    void changesWhatExtendsAChangedMapping() {
        put(OURS, text("ours:base.map", BASE));
        put(OPERATOR, text("mappings/mine.map", "mapping mine 1 oid\nextends base\n"));
        Mapping<String> before = oids.named("mine").orElseThrow();
        put(VENDOR, text("vendor:x.map", "mapping x 1 oid\nvar ups.load 8.8\n"));
        assertThat(oids.named("mine")).contains(before);
        put(OURS, text("ours:base.map", BASE.replace("1.1", "5.5")));
        assertThat(address("mine", "ups.load")).isEqualTo("5.5");
        put(OURS);
        assertThat(address("mine", "ups.load")).isEqualTo("5.5");
        assertThat(log)
                .hasSize(1)
                .first()
                .asString()
                .contains("mappings/mine.map:2: there is no mapping base to extend");
    }

    @Test
    void tellsFilesThatExtendEachOther() {
        put(
                OPERATOR,
                text("mappings/a.map", "mapping a 1 oid\nextends b\nvar ups.load 1.1\n"),
                text("mappings/b.map", "mapping b 1 oid\nextends a\n"));
        assertThat(oids.all()).isEmpty();
        assertThat(log).hasSize(2).allMatch(line -> line.contains("extends itself"));
    }

    @Test
    void keepsAMappingWhoseKindWasMistyped() {
        put(OPERATOR, text("mappings/a.map", "mapping a 1 oid\nvar ups.load 1.1\n"));
        put(OPERATOR, text("mappings/a.map", "mapping a 1 oit\nvar ups.load 1.1\n"));
        assertThat(oids.named("a")).isPresent();
        assertThat(log).hasSize(1).first().asString().startsWith("mappings/a.map:1: its kind was oid");
        put(OPERATOR, text("mappings/b.map", "mapping b 1 oit\nvar ups.load 1.1\n"));
        assertThat(log)
                .hasSize(2)
                .last()
                .asString()
                .startsWith("mappings/b.map:1: no driver that runs here knows the kind oit; there are: oid");
    }

    @Test
    void tellsOnlyThoseWhoseKindChanged() {
        var user = new User(oids);
        var registers = store.open(Kinds.REGISTER);
        var other = new User(registers);
        put(OPERATOR, text("mappings/a.map", "mapping a 1 oid\nvar ups.load 1.1\n"));
        put(OPERATOR, text("mappings/a.map", "mapping a 1 oid\nvar ups.load broken\n"));
        assertThat(user.changes).isEqualTo(1);
        assertThat(other.changes).isZero();
        oids.remove(user);
        put(OPERATOR);
        assertThat(user.changes).isEqualTo(1);
    }

    @Test
    void saysWhatBecomesOfEachEditAfterTheStart() {
        var edits = new ArrayList<String>();
        var watched = new MappingStore(
                log::add,
                edit -> edits.add(edit.file() + " " + edit.mapping() + (edit.gone() ? " gone" : "")
                        + edit.fault().map(fault -> " " + fault.line()).orElse("")));
        watched.open(Kinds.OID);
        watched.replace(OPERATOR, List.of(text("a.map", "mapping a 1 oid\nvar ups.load 1.1\n")));
        assertThat(edits).isEmpty();
        watched.replace(
                OPERATOR,
                List.of(
                        text("a.map", "mapping a 1 oid\nvar ups.load x\n"),
                        text("b.map", "mapping b 2 oid\nvar ups.load 1.1\n")));
        watched.replace(OPERATOR, List.of(text("b.map", "mapping b 2 oid\nvar ups.load 1.1\n")));
        assertThat(edits).containsExactly("a.map a 1 2", "b.map b 2", "a.map a 1 gone 2");
    }

    @Test
    void forgetsWhatWasMadeForADriverThatWent() {
        put(OURS, text("ours:base.map", BASE));
        oids.close();
        oids.close();
        assertThat(store.lines().get(0).idle()).isTrue();
        assertThat(store.lines().get(0).fault()).isEmpty();
        assertThat(store.open(Kinds.OID).named("base")).isPresent();
    }

    @Test
    void checksAFileAsIfItCameToTheOthers() {
        put(OURS, text("ours:base.map", BASE));
        put(OPERATOR, text("mappings/base.map", "mapping base 1 oid\nextends base\n"));
        assertThat(store.check(text("x", "mapping base 1 oid\nextends base\nvar ups.load 3.3\n")))
                .isEmpty();
        assertThat(store.check(text("x", "mapping base 1 oid\nextends base\nvar ups.load 3\nbad\n")))
                .hasToString("[x:3: '3' is no OID, x:4: 'bad' begins no line of a mapping]");
        assertThat(store.check(text("x", "nothing"))).hasSize(1);
        assertThat(store.check(text("x", "mapping a 1 tea\nvar a.b 1\n")))
                .hasToString("[x:1: no driver that runs here knows the kind tea; there are: oid]");
        assertThat(address("base", "ups.load")).isEqualTo("1.1");
    }

    @Test
    void refusesTextsOfAProgramThatHaveFaults() {
        byte[] bad = "mapping a 1 oid\nvar a.b c\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> MappingSet.of(Kinds.OID, Map.of("a.map", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a.map:2: 'c' is no OID");
    }

    @Test
    void showsWhatThereIsAndWhoUsesIt() {
        put(OURS, text("ours:base.map", BASE));
        put(OPERATOR, text("mappings/bad.map", "mapping\n"));
        var user = new User(oids);
        user.mapping = oids.named("base");
        var commands = new MappingCommands(store);
        assertThat(Arrays.stream(commands.mapping("list").toString().split("\n"))
                        .map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "NAME VERSION KIND FROM DEVICES NOTE",
                        "- - - mappings/bad.map - mappings/bad.map:1: the first line must be: mapping NAME VERSION KIND",
                        "base 1 oid ours:base.map rack");
        assertThat(commands.mapping("show", "base")).isEqualTo("# ours:base.map\n" + BASE.strip());
        assertThat(commands.mapping("explain", "RACK").toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "rack: mapping base 1 (ours:base.map)",
                        "USE NAME FROM",
                        "variable ups.load ours:base.map:3",
                        "command load.off its driver's own table");
        for (String[] wrong : new String[][] {{"show", "no"}, {"explain", "no"}, {"do", "it"}, {"check", "/nowhere"}})
            assertThatThrownBy(() -> commands.mapping(wrong[0], wrong[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commands.mapping("show"))
                .hasMessageContaining("list, show NAME, check FILE, explain UPS or draft DEVICE");
    }

    @Test
    void letsADriverDraftAMapping() {
        var commands = new MappingCommands(store);
        assertThatThrownBy(() -> commands.mapping("draft", "host")).hasMessageContaining("no driver that runs here");
        commands.add(new MappingDrafter() {
            @Override
            public String usage() {
                return "HOST [SECRET]";
            }

            @Override
            public String draft(List<String> words) throws IOException {
                if (words.size() > 2) throw new IOException("it is silent");
                return String.join("+", words);
            }
        });
        assertThat(commands.mapping("draft", "host")).isEqualTo("host");
        assertThat(commands.mapping("draft", "host", "secret")).isEqualTo("host+secret");
        assertThatThrownBy(() -> commands.mapping("draft", "host", "a", "b"))
                .hasMessage("host cannot be read: it is silent; nutctl mapping draft HOST [SECRET]");
        assertThatThrownBy(() -> commands.mapping("show", "base", "more")).hasMessageContaining("show");
    }

    private static final class User implements MappingUser {
        private int changes;
        private Optional<Mapping<String>> mapping = Optional.empty();

        User(MappingSet<?> set) {
            set.add(this);
        }

        @Override
        public String ups() {
            return "rack";
        }

        @Override
        public Optional<Mapping<?>> mapping() {
            return mapping.map(known -> known);
        }

        @Override
        public List<RowOrigin> origins() {
            return List.of(
                    new RowOrigin(RowOrigin.Use.VARIABLE, "ups.load", Optional.of("ours:base.map:3")),
                    new RowOrigin(RowOrigin.Use.COMMAND, "load.off", Optional.empty()));
        }

        @Override
        public void changed() {
            changes++;
        }
    }
}
