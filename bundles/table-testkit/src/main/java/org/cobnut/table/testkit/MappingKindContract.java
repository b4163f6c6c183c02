package org.cobnut.table.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.cobnut.table.Known;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What mapping files expect of every {@link MappingKind}. A family extends this and says what its kind and its files are.
 *
 * @param <A> the address of the kind
 */
@Timeout(60)
public abstract class MappingKindContract<A> {
    /** The first parts of the names that NUT's dictionary has. */
    private static final Set<String> DOMAINS = Set.of(
            "ups", "input", "output", "battery", "ambient", "outlet", "device", "driver", "server", "experimental");

    private static final String ALPHABET = "abcXYZ0123456789.:-_{}()[]#\"\\/ %$\u00e9\u0000";
    private static final Known NOTHING = name -> Optional.empty();

    private final Random random = new Random(63);

    protected abstract MappingKind<A> kind();

    /** The files that the family brings, by their names. */
    protected abstract Map<String, byte[]> files();

    private List<Mapping<A>> mappings() {
        return MappingSet.of(kind(), files()).all();
    }

    private String noise() {
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return text.toString();
    }

    @Test
    void compilesEveryFileOfTheFamily() {
        assertThat(mappings()).hasSize(files().size());
    }

    @Test
    void usesNamesOfTheDictionaryAndEachCommandAndSettingOnce() {
        for (Mapping<A> mapping : mappings()) {
            for (Field<A> field : mapping.table().<Field<A>>all(Field.class))
                if (field.name().contains("."))
                    assertThat(DOMAINS).as(field.name()).contains(field.name().split("\\.", 2)[0]);
            assertThat(mapping.table().<Command<A>>all(Command.class))
                    .extracting(Command::name)
                    .doesNotHaveDuplicates();
            assertThat(mapping.table().<Setting<A>>all(Setting.class))
                    .extracting(Setting::name)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void saysWhereEveryRowStands() {
        for (Mapping<A> mapping : mappings())
            for (Field<A> field : mapping.table().<Field<A>>all(Field.class))
                assertThat(field.source().origin()).as(field.name()).hasValueSatisfying(origin -> assertThat(origin)
                        .matches(".+:\\d+"));
    }

    @Test
    void refusesAddressesAndDeclarationsThatMakeNoSenseWithAReason() {
        var declared = new ArrayList<List<String>>();
        for (int i = 0; i < 2_000; i++) {
            try {
                declared.clear();
                for (String keyword : kind().declarations())
                    declared.add(List.of(keyword, noise(), noise()).subList(0, 1 + random.nextInt(3)));
                kind().addresses(random.nextBoolean() ? "" : noise(), declared).parse(noise());
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).*\\S.*");
            }
        }
    }

    @Test
    void hasFunctionsThatTakeAnything() {
        for (int i = 0; i < 500; i++) {
            String text = noise();
            kind().formats()
                    .forEach((name, format) ->
                            assertThat(format.value(text, NOTHING)).as(name).isNotNull());
            kind().words().forEach((name, words) -> {
                try {
                    assertThat(words.of(text)).as(name).isNotNull();
                } catch (IOException unfit) {
                    assertThat(unfit).as(name).hasMessageMatching("(?s).*\\S.*");
                }
            });
            kind().arguments().forEach((name, argument) -> {
                try {
                    assertThat(argument.of(text, NOTHING)).as(name).isNotNull();
                } catch (IllegalArgumentException invalid) {
                    assertThat(invalid).as(name).hasMessageMatching("(?s).*\\S.*");
                }
            });
        }
    }

    @Test
    void takesAFileThatExtendsAnyOfItsOwn() {
        for (Mapping<A> mapping : mappings()) {
            var all = new HashMap<>(files());
            String child = "mapping child 1 %s\nextends %s\n".formatted(kind().name(), mapping.name());
            all.put("child.map", child.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(MappingSet.of(kind(), all).named("child")).isPresent();
        }
    }
}
