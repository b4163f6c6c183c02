package org.cobnut.conf.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceOrderTest {
    private final DeviceOrder deviceOrder = new DeviceOrder();

    private List<Integer> load(String... names) {
        deviceOrder.load(List.of(names));
        return List.of(names).stream().map(deviceOrder::of).toList();
    }

    @Test
    void countsTheFirstLoadFromZero() {
        assertThat(load("a", "b", "c")).containsExactly(0, 1, 2);
    }

    @Test
    void putsWhatIsNewBeforeAllThatIsThere() {
        load("a", "b");
        assertThat(load("a", "x", "b", "y")).containsExactly(0, -2, 1, -1);
        assertThat(load("z", "a", "x", "b", "y")).containsExactly(-3, 0, -2, 1, -1);
    }

    @Test
    void treatsAsNewWhatWasGoneInBetween() {
        load("a", "b");
        load("b");
        assertThat(load("a", "b")).containsExactly(-1, 1);
    }

    @Test
    void countsALoadAfterAnEmptyOneAsItsOwn() {
        load();
        assertThat(load("a", "b")).containsExactly(0, 1);
    }
}
