package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cobnut.link.usb.UsbIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between devices that fit a section: the one that it had before, by its serial number or else by its place, and otherwise
 * one that no other section had. Any thread.
 */
final class DeviceChoice {
    /** A section that has not asked for so long is gone from ups.conf: sections ask at least each minute. */
    private static final Duration KEPT = Duration.ofMinutes(3);
    /** So soon after it has lost its device a section asks, unless it is gone from ups.conf or has another name there. */
    private static final Duration REOPENED = Duration.ofSeconds(5);

    private final Map<String, Memory> memories = new HashMap<>();

    /** What a section had, and until when that counts for others; for ever while it is open. */
    private record Memory(UsbIdentity had, boolean open, long until) {
        static Memory kept(UsbIdentity had, Duration time) {
            return new Memory(had, false, System.nanoTime() + time.toNanos());
        }

        boolean counts() {
            return open || System.nanoTime() - until < 0;
        }
    }

    /**
     * The devices to try, the best first.
     *
     * @param free devices that fit and that no section has
     * @param named whether the section names a serial number or a place, which counts more than what others had
     * @param duplicates whether one of several that cannot be told apart may be taken
     * @throws IOException when they cannot be told apart; a sentence for the operator
     */
    synchronized List<UsbIdentity> order(String ups, List<UsbIdentity> free, boolean named, boolean duplicates)
            throws IOException {
        Memory mine = memories.get(ups);
        if (mine != null) memories.put(ups, Memory.kept(mine.had(), KEPT));
        List<UsbIdentity> places = free.stream()
                .sorted(Comparator.comparing(DeviceChoice::sortable))
                .toList();
        UsbIdentity had = mine == null ? null : before(mine.had(), places);
        if (had != null) return List.of(had);
        List<UsbIdentity> others = places.stream()
                .filter(device -> named || !isOthers(ups, device, places))
                .toList();
        if (!duplicates) refuseAlike(others);
        return others;
    }

    /** The section has this device from now on. */
    synchronized void opened(String ups, UsbIdentity device) {
        memories.put(ups, new Memory(device, true, 0));
    }

    /** The section has given its device back. */
    synchronized void closed(String ups) {
        memories.computeIfPresent(ups, (same, memory) -> Memory.kept(memory.had(), REOPENED));
    }

    private boolean isOthers(String ups, UsbIdentity device, List<UsbIdentity> places) {
        return memories.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(ups)
                        && other.getValue().counts()
                        && device.equals(before(other.getValue().had(), places)));
    }

    /** The one of these that is the same device; null when none is. */
    private static @Nullable UsbIdentity before(UsbIdentity had, List<UsbIdentity> devices) {
        List<UsbIdentity> alike = devices.stream()
                .filter(device -> device.ids().equals(had.ids())
                        && device.vendor().equals(had.vendor())
                        && device.product().equals(had.product())
                        && device.serial().equals(had.serial()))
                .toList();
        if (alike.size() == 1 && had.serial().isPresent()) return alike.get(0);
        return alike.stream()
                .filter(device -> device.path().equals(had.path()))
                .findFirst()
                .orElse(null);
    }

    private static void refuseAlike(List<UsbIdentity> devices) throws IOException {
        Map<String, List<UsbIdentity>> alike = devices.stream()
                .collect(Collectors.groupingBy(device -> device.ids()
                        + device.vendor().orElse("")
                        + '\0'
                        + device.product().orElse("")
                        + '\0'
                        + device.serial().orElse("")));
        for (List<UsbIdentity> group : alike.values()) {
            if (group.size() < 2) continue;
            UsbIdentity first = group.get(0);
            List<String> places = group.stream().map(UsbIdentity::path).toList();
            throw new IOException("%d devices %s fit and cannot be told apart, at %s; say which: port = usb:%s"
                    .formatted(
                            group.size(),
                            first.ids()
                                    + first.product().map(text -> " " + text).orElse("")
                                    + first.serial()
                                            .map(text -> " with serial number " + text)
                                            .orElse(" without serial numbers"),
                            String.join(" and ", places),
                            first.path()));
        }
    }

    /** Its place, so that 1-10 comes behind 1-9. */
    private static String sortable(UsbIdentity device) {
        var parts = new ArrayList<String>();
        for (String number : device.path().split("[-.]")) parts.add("%5s".formatted(number));
        return String.join(" ", parts);
    }
}
