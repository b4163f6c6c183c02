package org.cobnut.drivers.netxml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Driver;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.DriverPageContract;
import org.junit.jupiter.api.Test;

class NetxmlPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "netxml";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new NetxmlUps());
    }

    @Override
    protected List<String> names() {
        var names = new ArrayList<>(List.of("netxml-ups", "mge-xml", "card", "card.serial"));
        names.addAll(NetxmlKind.INSTANCE.formats().keySet());
        return names;
    }

    @Test
    void hasAnExampleOfAMappingThatIsTaken() throws IOException {
        Matcher example = Pattern.compile("(?ms)^```mapping\n(.*?)^```$").matcher(Files.readString(file()));
        assertThat(example.find()).isTrue();
        var texts = new LinkedHashMap<>(NetxmlKind.shipped());
        String text = example.group(1).replaceFirst("(?m)^(mapping \\S+) +\\S+", "$1 2");
        texts.put("example.map", text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(MappingSet.of(NetxmlKind.INSTANCE, texts).all())
                .anyMatch(mapping -> mapping.file().equals("example.map"));
    }
}
