package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the Tab key gives in a real bash, and in zsh where there is one, beside a server on NUT's port in a network of its own. */
@Timeout(120)
class CompletionIT {
    private static final Path HOME =
            Path.of(CobnutServer.program("cobnut")).getParent().getParent();

    /** What is typed, and some of what may follow. */
    private static final Map<String, List<String>> TYPED = typed();

    private static Map<String, List<String>> typed() {
        var typed = new LinkedHashMap<String, List<String>>();
        typed.put("upsc ", List.of("demo"));
        typed.put("upsc -j demo battery.ch", List.of("battery.charge", "battery.charge.low"));
        typed.put("upsc -", List.of("-l", "-j", "-W"));
        typed.put("upscmd -u admin demo lo", List.of("load.off"));
        typed.put("upsrw -s ups.d", List.of("ups.delay.shutdown="));
        typed.put("upsmon -c ", List.of("fsd", "reload", "stop"));
        typed.put("upsdrvctl start ", List.of("demo"));
        typed.put("nutctl pl", List.of("plan"));
        typed.put("nutctl mapping e", List.of("explain"));
        typed.put("nutctl mapping explain ", List.of("demo"));
        typed.put("nutctl vars demo input.v", List.of("input.voltage"));
        typed.put("nutctl config ", List.of("check", "set-mode", "diff"));
        return typed;
    }

    @Test
    void completesWhatProgramsAndServerSay() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).as("only root can have a network of its own").isEqualTo("root");
        try (var house = new House(Path.of("src/test/resources/completion"), Map.of())) {
            var script = new StringBuilder("""
                    . "$HOME_OF_COBNUT/completion/cobnut.bash"
                    complete_line() {
                        read -ra COMP_WORDS <<< "$1"
                        [[ $1 != *' ' ]] || COMP_WORDS+=("")
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                        COMPREPLY=()
                        _cobnut "${COMP_WORDS[0]}"
                        echo "$1: ${COMPREPLY[*]}"
                    }
                    """);
            TYPED.keySet()
                    .forEach(line ->
                            script.append("complete_line '").append(line).append("'\n"));
            Files.writeString(house.dir.resolve("type.bash"), script);
            House.Ran ran =
                    house.run("unshare", "--net", "sh", house.dir.resolve("run").toString(), HOME.toString());
            Map<String, List<String>> said = new LinkedHashMap<>();
            ran.out()
                    .lines()
                    .forEach(line -> said.put(
                            line.substring(0, line.indexOf(": ")),
                            List.of(line.substring(line.indexOf(": ") + 2).split(" "))));
            TYPED.forEach(
                    (line, some) -> assertThat(said.get(line)).as(line + ran).containsAll(some));
            // What begins otherwise is not offered.
            assertThat(said.get("nutctl pl")).containsExactly("plan");
            if (Files.exists(Path.of("/usr/bin/zsh")))
                assertThat(house.text("zsh")).contains("nutctl plan");
        }
    }
}
