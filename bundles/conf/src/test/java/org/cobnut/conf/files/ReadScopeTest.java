package org.cobnut.conf.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver's program reads. */
class ReadScopeTest {
    @TempDir
    private Path directory;

    @Test
    void readsOneSectionOfOneFile() throws IOException {
        ups("[a]\ndriver = dummy-ups\nport = a.dev\n[b]\ndriver = dummy-ups\nport = b.dev\n");
        var files = files("b", "true", "");
        assertThat(files.inForce().missing())
                .as("upsd.conf is not its business")
                .isEmpty();
        assertThat(files.configurations().keySet()).containsExactlyInAnyOrder("cobnut.drivers", "cobnut.ups~b");
        assertThat(files.readScope().fault(files.inForce())).isEmpty();
    }

    @Test
    void theCommandLineComesBeforeTheFile() throws IOException {
        ups("[b]\ndriver = dummy-ups\nport = b.dev\nmode = dummy-loop\npollinterval = 9\ndesc = kept\n");
        var values = files("b", "true", "port = \"c.dev\"\nmode = \"dummy-once\"\npollinterval = 3\n")
                .configurations()
                .get("cobnut.ups~b");
        assertThat(values)
                .containsEntry("port", "c.dev")
                .containsEntry("pollinterval", 3)
                .containsEntry("desc", "kept");
        assertThat((String[]) values.get("options")).containsExactly("mode = dummy-once");
    }

    @Test
    void aSectionOfTheCommandLineAloneNeedsNoFile() {
        var files = files("x", "false", "port = \"x.dev\"\n");
        assertThat(files.inForce().missing()).isEmpty();
        assertThat(files.configurations().get("cobnut.ups~x"))
                .containsEntry("driver", "dummy-ups")
                .containsEntry("port", "x.dev");
    }

    @Test
    void saysWhyThereIsNothingToRun() throws IOException {
        ups("[b]\ndriver = usbhid-ups\nport = auto\n");
        assertThat(fault(files("nosuch", "true", ""))).isEqualTo("Section nosuch not found in ups.conf");
        assertThat(fault(files("b", "true", ""))).isEqualTo("UPS [b] is for driver usbhid-ups, but this is dummy-ups");
        assertThat(fault(files("x", "false", ""))).isEqualTo("-s x wants at least -x port=<value>");
    }

    private static String fault(NutFiles files) {
        return files.readScope().fault(files.inForce()).orElse("");
    }

    private void ups(String text) throws IOException {
        Files.writeString(directory.resolve("ups.conf"), text);
    }

    private NutFiles files(String ups, String file, String lines) {
        var properties = Map.of(
                "cobnut.driver", "dummy-ups", "cobnut.ups", ups, "cobnut.ups.file", file, "cobnut.ups.lines", lines);
        var files = new NutFiles(directory, ReadScope.of(properties::get));
        files.adopt(files.readDisk());
        return files;
    }
}
