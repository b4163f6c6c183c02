package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the built manifests to the arrows of docs/architecture.md. */
class ArrowsIT {
    private static final Pattern TYPE = Pattern.compile("(org/cobnut/[a-z/]+)/[A-Z]");

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("cobnut.api", Set.of()),
            Map.entry("cobnut.wire", Set.of()),
            Map.entry("cobnut.deploy", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.table", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.recall", Set.of()),
            Map.entry("cobnut.runtime", Set.of("cobnut.api", "cobnut.recall", "cobnut.wire")),
            Map.entry("cobnut.conf", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.certificates", Set.of()),
            Map.entry("cobnut.solo", Set.of("cobnut.api")),
            Map.entry("cobnut.systemd", Set.of("cobnut.api")),
            Map.entry("cobnut.keeper", Set.of("cobnut.api", "cobnut.client", "cobnut.wire")),
            Map.entry("cobnut.upsd", Set.of("cobnut.api", "cobnut.tls", "cobnut.wire")),
            Map.entry("cobnut.tls", Set.of("cobnut.wire")),
            Map.entry("cobnut.tcnative", Set.of()),
            Map.entry("cobnut.driversocket", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.client", Set.of("cobnut.tls", "cobnut.wire")),
            Map.entry("cobnut.cli", Set.of("cobnut.client", "cobnut.wire")),
            Map.entry("cobnut.launcher", Set.of()),
            Map.entry("cobnut.upsmon", Set.of("cobnut.api", "cobnut.client", "cobnut.wire")),
            Map.entry("cobnut.upssched", Set.of("cobnut.upsmon", "cobnut.wire")),
            Map.entry("cobnut.mqtt", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.notify", Set.of("cobnut.upsmon", "cobnut.wire")),
            Map.entry("cobnut.notify.mail", Set.of("cobnut.notify", "cobnut.wire")),
            Map.entry("cobnut.notify.webhook", Set.of("cobnut.notify", "cobnut.wire")),
            Map.entry("cobnut.notify.exec", Set.of("cobnut.notify", "cobnut.wire")),
            Map.entry("cobnut.shell", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.drivers.bicker", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.oldserial", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.sim", Set.of("cobnut.api", "cobnut.client", "cobnut.wire")),
            Map.entry("cobnut.drivers.megatec", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.utalk", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.metasys", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.nhs", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.powerpanel", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.genericups", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.apcsmart", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.riello", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.optiups", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.best", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.boards", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.powervar", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.sms", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.industrial", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.upscode2", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.powercom", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.ragtech", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.microsol", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.oneac", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.bcmxcp", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.usbhid", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.masterguard", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.bestups", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.safenet", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.microdowell", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.liebertesp2", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.liebert", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.belkinunv", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.tripplite", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.sec", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.victron", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.virtual", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.replay", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.apcupsd", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.hwmon", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.upower", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.powerman", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.modbus", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.drivers.netxml", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.link.serial", Set.of("cobnut.api")),
            Map.entry("cobnut.link.tcp", Set.of("cobnut.api")),
            Map.entry("cobnut.link.usb", Set.of("cobnut.api")),
            Map.entry("cobnut.link.usb4java", Set.of()),
            Map.entry("cobnut.link.snmp", Set.of("cobnut.api")),
            Map.entry("cobnut.drivers.snmp", Set.of("cobnut.api", "cobnut.table")),
            Map.entry("cobnut.link.modbus", Set.of("cobnut.api")),
            Map.entry("cobnut.link.http", Set.of("cobnut.api")),
            Map.entry("cobnut.scan", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.jetty", Set.of("cobnut.api", "cobnut.tls", "cobnut.wire")),
            Map.entry("cobnut.logback", Set.of()),
            Map.entry("cobnut.web", Set.of("cobnut.api", "cobnut.wire")),
            Map.entry("cobnut.management", Set.of("cobnut.api")),
            Map.entry("cobnut.webconsole", Set.of("cobnut.api", "cobnut.wire")));

    @Test
    void everyBundleImportsOnlyFromThoseItMay() throws IOException {
        var bundles = manifests();
        assertThat(bundles.keySet()).isEqualTo(new TreeSet<>(ALLOWED.keySet()));

        var exporters = new TreeMap<String, String>();
        bundles.forEach((name, headers) ->
                packages(headers.getValue("Export-Package")).forEach(exported -> exporters.put(exported, name)));
        bundles.forEach((name, headers) -> {
            var arrows = new TreeSet<String>();
            packages(headers.getValue("Import-Package"))
                    .filter(imported -> imported.startsWith("org.cobnut."))
                    .forEach(imported -> arrows.add(exporters.getOrDefault(imported, "nobody, for " + imported)));
            arrows.remove(name);
            assertThat(ALLOWED.get(name)).as(name).containsAll(arrows);
        });
    }

    /** Packages inside a bundle have arrows in one direction only, and none is a heap of types. */
    @ParameterizedTest
    @ValueSource(strings = {"cobnut.runtime", "cobnut.upsd", "cobnut.upsmon"})
    void packagesOfABundleHaveNoCycleAndFewTypes(String bundle) throws IOException {
        var types = new TreeMap<String, Set<String>>();
        var arrows = new TreeMap<String, Set<String>>();
        try (var jar = new JarFile(
                Distribution.home().resolve("system/" + bundle + ".jar").toFile())) {
            for (var entry : jar.stream()
                    .filter(each -> each.getName().matches("org/cobnut/.*\\.class"))
                    .toList()) {
                String name = entry.getName();
                String own = name.substring(0, name.lastIndexOf('/'));
                if (!name.matches(".*(\\$|package-info).*"))
                    types.computeIfAbsent(own, none -> new TreeSet<>()).add(name);
                var out = arrows.computeIfAbsent(own, none -> new TreeSet<>());
                try (var bytes = jar.getInputStream(entry)) {
                    // The names of all types that a class uses stand in it as text.
                    var used = TYPE.matcher(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1));
                    while (used.find()) out.add(used.group(1));
                }
                out.remove(own);
            }
        }
        arrows.values().forEach(out -> out.retainAll(arrows.keySet()));
        assertThat(types).as(bundle).allSatisfy((name, all) -> assertThat(all).hasSizeLessThanOrEqualTo(16));
        var left = new TreeMap<>(arrows);
        boolean fewer = true;
        while (fewer)
            fewer = left.entrySet().removeIf(each -> each.getValue().stream().noneMatch(left::containsKey));
        assertThat(left).as("packages of %s in a cycle", bundle).isEmpty();
    }

    /** Of every bundle of the house in the distribution, by symbolic name, and of cobnut.cli, which is unpacked in it. */
    private static Map<String, Attributes> manifests() throws IOException {
        var all = new TreeMap<String, Attributes>();
        for (var directory : List.of("system", "console", "drivers", "../../run/target/lib")) {
            try (var files = Files.list(Distribution.home().resolve(directory))) {
                for (Path file : files.filter(f -> f.getFileName().toString().matches("cobnut\\..*\\.jar"))
                        .toList()) {
                    try (var jar = new JarFile(file.toFile())) {
                        var headers = jar.getManifest().getMainAttributes();
                        all.put(headers.getValue("Bundle-SymbolicName"), headers);
                    }
                }
            }
        }
        return all;
    }

    private static Stream<String> packages(String header) {
        return header == null
                ? Stream.of()
                : Stream.of(header.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.split(";")[0].strip());
    }
}
