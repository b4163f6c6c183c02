package org.cobnut.drivers.virtual;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Settings;

/** Which words of a status make a device fit, by the section's own rules; a list that is empty asks for nothing. */
record Filters(Set<String> haveAny, Set<String> haveAll, Set<String> notAny, Set<String> notAll) {
    static Filters of(Settings settings) {
        return new Filters(
                words(settings, "status_have_any"),
                words(settings, "status_have_all"),
                words(settings, "status_nothave_any"),
                words(settings, "status_nothave_all"));
    }

    boolean given() {
        return !(haveAny.isEmpty() && haveAll.isEmpty() && notAny.isEmpty() && notAll.isEmpty());
    }

    boolean pass(List<String> status) {
        if (notAny.stream().anyMatch(status::contains)) return false;
        if (!status.containsAll(haveAll)) return false;
        if (!notAll.isEmpty() && status.containsAll(notAll)) return false;
        return haveAny.isEmpty() || haveAny.stream().anyMatch(status::contains);
    }

    private static Set<String> words(Settings settings, String option) {
        return Set.copyOf(Arrays.stream(settings.text(option).orElse("").split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .toList());
    }
}
