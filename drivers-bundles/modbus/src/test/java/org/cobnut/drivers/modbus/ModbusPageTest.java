package org.cobnut.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Driver;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.DriverPageContract;
import org.junit.jupiter.api.Test;

class ModbusPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "modbus";
    }

    @Override
    protected List<Driver> drivers() {
        return Arrays.stream(Devices.values()).map(Devices::driver).toList();
    }

    @Override
    protected List<String> names() {
        var names = new ArrayList<>(List.of("generic_modbus"));
        for (var mapping : ModbusKind.SHIPPED.all()) {
            names.add(mapping.name());
            for (var command : mapping.table().<Command<Address>>all(Command.class)) names.add(general(command.name()));
            for (var setting : mapping.table().<Setting<Address>>all(Setting.class)) names.add(general(setting.name()));
        }
        names.addAll(ModbusKind.INSTANCE.formats().keySet());
        names.addAll(ModbusKind.INSTANCE.words().keySet());
        names.addAll(ModbusKind.INSTANCE.arguments().keySet());
        return names;
    }

    /** Outlets are written once for all. */
    private static String general(String name) {
        return name.replaceFirst("^(outlet(?:\\.group)?)\\.\\d", "$1.N");
    }

    @Test
    void hasAnExampleOfAMappingThatIsTaken() throws IOException {
        Matcher example = Pattern.compile("(?ms)^```mapping\n(.*?)^```$").matcher(Files.readString(file()));
        assertThat(example.find()).isTrue();
        var texts = new LinkedHashMap<>(ModbusKind.shipped());
        String text = example.group(1).replaceFirst("(?m)^(mapping \\S+) +\\S+", "$1 2");
        texts.put("example.map", text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(MappingSet.of(ModbusKind.INSTANCE, texts).all())
                .anyMatch(mapping -> mapping.file().equals("example.map"));
    }
}
