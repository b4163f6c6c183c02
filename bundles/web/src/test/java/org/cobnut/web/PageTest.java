package org.cobnut.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the page, and the description of the interface. */
class PageTest {
    private static final Path FILES = Path.of("src/main/resources/page");
    /** With the library that draws the charts. */
    private static final Path BUILT = Path.of("target/classes/page");

    private static final int LARGEST = 300 * 1024;

    @Test
    void thePageIsSmallNeedsNoOtherMachineAndMakesNoMarkupOfText() throws IOException {
        long size = 0;
        try (var files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
                String text = Files.readString(file);
                assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                        .as(file.toString())
                        .doesNotContain(
                                "http://",
                                "https://",
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacent",
                                "document.write",
                                "eval(",
                                " style=");
            }
        }
        for (String name : List.of("uplot.js", "uplot.css")) {
            Path file = BUILT.resolve(name);
            size += Files.size(file);
            assertThat(Files.readString(file))
                    .as(name)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "eval(");
        }
        assertThat(BUILT.resolveSibling("META-INF/licenses/uplot.txt"))
                .content()
                .contains("MIT License");
        assertThat(size).isLessThan(LARGEST);
    }

    @Test
    void theDescriptionOfTheInterfaceIsJsonAndItsReferencesLeadSomewhere() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/openapi.json"));
        JsonObject whole = JsonParser.parseString(text).getAsJsonObject();
        var references = Pattern.compile("\"\\$ref\": \"#/([^\"]+)\"")
                .matcher(text)
                .results()
                .toList();
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            JsonObject at = whole;
            for (String part : List.of(reference.group(1).split("/"))) {
                assertThat(at.has(part)).as(reference.group(1)).isTrue();
                at = at.getAsJsonObject(part);
            }
        });
        assertThat(whole.getAsJsonObject("paths").keySet())
                .contains("/api/v1/devices/{ups}/var/{name}", "/api/v1/events", "/api/v2/devices/{ups}/history");
    }
}
