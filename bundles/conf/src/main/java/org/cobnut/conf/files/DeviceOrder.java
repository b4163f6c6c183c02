package org.cobnut.conf.files;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers the devices for LIST UPS: in the order of the file at first; devices that a later load adds come before all
 * others, and a number never changes.
 */
public final class DeviceOrder {
    private final Map<String, Integer> numbers = new HashMap<>();
    private int lowest;

    /** Numbers the names of a load, given in the order of the file; who is not named is forgotten. */
    void load(List<String> names) {
        boolean first = numbers.isEmpty() && lowest == 0;
        numbers.keySet().retainAll(Set.copyOf(names));
        List<String> added =
                names.stream().filter(name -> !numbers.containsKey(name)).toList();
        int next = first ? 0 : lowest - added.size();
        lowest = Math.min(lowest, next);
        for (String name : added) numbers.put(name, next++);
    }

    int of(String name) {
        return numbers.getOrDefault(name, 0);
    }
}
