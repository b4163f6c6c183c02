package org.cobnut.drivers.usbhid.subdriver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.drivers.usbhid.descriptor.DescriptorFix;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbIdentity;

/**
 * What a mapping file of this kind declares beside its rows.
 *
 * @param title as driver.version.data shows it; empty for the name of the mapping
 * @param names of usages, those that the file declares included
 * @param fixes of report descriptors, by the devices that need them
 * @param pollOnly devices whose interrupt reports are not to be had
 * @param places devices whose interface or endpoint is not the usual one, by the devices
 */
public record Declarations(
        String title,
        UsageNames names,
        Map<DescriptorFix, List<UsbDeviceId>> fixes,
        List<UsbDeviceId> pollOnly,
        List<UsbDeviceId> places) {
    static final Set<String> KEYWORDS = Set.of("title", "usage", "fix", "pollonly", "interface");

    public Declarations {
        fixes = Map.copyOf(fixes);
        pollOnly = List.copyOf(pollOnly);
        places = List.copyOf(places);
    }

    /** @throws IllegalArgumentException with the reason for lines that make no sense */
    public static Declarations of(List<List<String>> lines) {
        String title = "";
        var usages = new LinkedHashMap<String, Integer>();
        var fixes = new LinkedHashMap<DescriptorFix, List<UsbDeviceId>>();
        var pollOnly = new LinkedHashSet<UsbDeviceId>();
        var places = new ArrayList<UsbDeviceId>();
        for (List<String> line : lines) {
            List<String> words = line.subList(1, line.size());
            switch (line.get(0)) {
                case "title" -> title = one(words, "title TEXT");
                case "usage" -> usages(words, usages);
                case "fix" -> {
                    if (words.isEmpty()) throw new IllegalArgumentException("it is: fix NAME [VENDOR:PRODUCT ...]");
                    fixes.put(DescriptorFix.named(words.get(0)), ids(words.subList(1, words.size())));
                }
                case "pollonly" -> pollOnly.addAll(some(words, "pollonly VENDOR:PRODUCT ..."));
                case "interface" -> places.addAll(places(words));
                default -> throw new AssertionError(line);
            }
        }
        return new Declarations(title, UsageNames.standard().plus(usages), fixes, List.copyOf(pollOnly), places);
    }

    /** Whether a device is one whose interrupt reports are not to be had. */
    public boolean pollsOnly(UsbIdentity identity) {
        return pollOnly.stream().anyMatch(id -> id.matches(identity));
    }

    private static String one(List<String> words, String usage) {
        if (words.size() != 1) throw new IllegalArgumentException("it is: " + usage);
        return words.get(0);
    }

    private static void usages(List<String> words, Map<String, Integer> usages) {
        String usage = "it is: usage NAME=CODE ..., a code of eight hexadecimal digits, the page first";
        if (words.isEmpty() || words.size() % 3 != 0) throw new IllegalArgumentException(usage);
        for (int i = 0; i < words.size(); i += 3) {
            String name = words.get(i);
            if (!name.matches("[A-Za-z][A-Za-z0-9_/-]*") || !words.get(i + 1).equals("="))
                throw new IllegalArgumentException(usage);
            usages.put(name, UsageNames.code(words.get(i + 2)).orElseThrow(() -> new IllegalArgumentException(usage)));
        }
    }

    private static List<UsbDeviceId> ids(List<String> words) {
        return words.stream().map(UsbDeviceId::parse).toList();
    }

    private static List<UsbDeviceId> some(List<String> words, String usage) {
        if (words.isEmpty()) throw new IllegalArgumentException("it is: " + usage);
        return ids(words);
    }

    private static List<UsbDeviceId> places(List<String> words) {
        String usage = "it is: interface NUMBER [ENDPOINT] VENDOR:PRODUCT ..., both in hexadecimal digits";
        if (words.size() < 2 || !words.get(0).matches("[0-9a-fA-F]{1,2}")) throw new IllegalArgumentException(usage);
        int number = Integer.parseInt(words.get(0), 16);
        boolean endpoint = words.get(1).matches("[0-9a-fA-F]{2}");
        return some(words.subList(endpoint ? 2 : 1, words.size()), usage.substring("it is: ".length())).stream()
                .map(id -> id.onInterface(number))
                .map(id -> endpoint ? id.withEndpointIn(Integer.parseInt(words.get(1), 16)) : id)
                .toList();
    }
}
