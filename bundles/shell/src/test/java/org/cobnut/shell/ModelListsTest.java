package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class ModelListsTest {
    @TempDir
    Path folder;

    private final ModelLists lists = new ModelLists();

    @BeforeEach
    void addBundles() throws IOException {
        lists.add(bundle("acme.hid", "usbhid-ups\tAPC\tBack-UPS ES 700\nusbhid-ups\tAPC\tBack-UPS RS 800\n"));
        lists.add(bundle("acme.lines", "genericups upstype=1\tAPC\tBack-UPS\nthis is no row\n"));
        lists.add(bundle("acme.none", ""));
    }

    @Test
    void tellsTheDriverOfAModelWhateverStandsBetweenItsWords() {
        assertThat(lists.supported("back ups es-700").toString().lines())
                .containsExactly(
                        "MAKER  MODEL            BUNDLE    DRIVER", "APC    Back-UPS ES 700  acme.hid  usbhid-ups");
    }

    @Test
    void showsTheModelOfThatNameBeforeThoseThatHoldIt() {
        assertThat(lists.supported("APC Back-UPS").toString().lines().skip(1))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("genericups upstype=1");
    }

    @Test
    void tellsWhatIsNearestToAModelThatNoBundleLists() {
        assertThat(lists.supported("Back-UPS ES 900").toString())
                .startsWith("no bundle here lists \"Back-UPS ES 900\"; the nearest:\n")
                .contains("ES 700")
                .doesNotContain("RS 800");
        assertThat(lists.supported("Galaxy").toString()).contains("no bundle here lists a model like \"Galaxy\"");
        assertThatThrownBy(() -> lists.supported(" - ")).hasMessageContaining("takes the name of a model");
    }

    private Bundle bundle(String name, String models) throws IOException {
        Path list = folder.resolve(name);
        if (!models.isEmpty()) Files.writeString(list, models);
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getSymbolicName" -> name;
                    case "getEntry" -> models.isEmpty() ? null : list.toUri().toURL();
                    default -> throw new AssertionError(method);
                });
    }
}
