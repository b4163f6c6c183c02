package org.cobnut.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What somebody wants of a Cobnut, how it is written in its files, and the edits that change its mind. */
final class Site {
    /** Ways to spoil a file, by file. */
    private static final Map<String, List<String>> BROKEN = Map.of(
            "ups.conf",
                    List.of(
                            "[half\n",
                            "[no-driver]\n port = auto\n",
                            "[bad]\n driver dummy-ups\n port = a.dev\n",
                            "[bad]\n driver = dummy-ups\n port = a.dev\n pollinterval = often\n"),
            "upsd.conf", List.of("MAXAGE soon\n", "LISTEN 300.1.2.3\n", "LISTEN 127.0.0.1 port\n", "NOSUCH thing\n"),
            "upsd.users",
                    List.of("[nobody]\n password\n = x\n bogus\n", "[]\n", "[x]\n password = y\n nonsense = z\n"));

    private final Path directory;
    private final Random random;
    private final int[] ports;
    private final Map<String, String> broken = new TreeMap<>();

    final Map<String, Device> devices = new LinkedHashMap<>();
    final Map<String, User> users = new LinkedHashMap<>();
    int maxage = 15;
    int maxconn = 300;
    boolean both;
    private int names;

    record Device(String description, int interval, boolean other) {}

    record User(String password, boolean primary) {}

    Site(Path directory, Random random, int... ports) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.random = random;
        this.ports = ports;
        replace("a.dev", "ups.status: OL\n");
        replace("b.dev", "ups.status: OL CHRG\n");
        devices.put("first", new Device("The first", 2, false));
        users.put("admin", new User("secret", true));
        write();
    }

    private Site(Site site) {
        this.directory = site.directory;
        this.random = site.random;
        this.ports = site.ports;
        devices.putAll(site.devices);
        users.putAll(site.users);
        maxage = site.maxage;
        maxconn = site.maxconn;
        both = site.both;
    }

    /** As it is now, to be compared with later. */
    Site copy() {
        return new Site(this);
    }

    /** What of these files comes into force over what is: of a file that is spoilt, no section is removed. */
    Site over(Site force) {
        var next = force.copy();
        merge(next.devices, devices, "ups.conf");
        merge(next.users, users, "upsd.users");
        if (broken.containsKey("upsd.conf")) return next;
        next.maxage = maxage;
        next.maxconn = maxconn;
        next.both = both;
        return next;
    }

    private <T> void merge(Map<String, T> force, Map<String, T> wanted, String file) {
        if (!broken.containsKey(file)) force.clear();
        force.putAll(wanted);
    }

    /** Changes something, anything but where to listen, or spoils a file, or repairs all; then writes what changed. */
    void edit() throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1 -> add();
            case 2 -> remove();
            case 3, 4, 5 -> change();
            case 6 -> {
                maxage = 5 + random.nextInt(100);
                maxconn = 100 + random.nextInt(400);
            }
            case 7 -> users.put("user" + random.nextInt(4), new User("p" + random.nextInt(3), random.nextBoolean()));
            case 8 -> users.remove("user" + random.nextInt(4));
            case 9 -> spoil();
            default -> broken.clear();
        }
        write();
    }

    void repair() throws IOException {
        broken.clear();
        write();
    }

    void listen(boolean now) throws IOException {
        both = now;
        write();
    }

    private void add() {
        if (devices.size() < 8)
            devices.put("ups" + names++, new Device(words(), 1 + random.nextInt(5), random.nextBoolean()));
    }

    private void remove() {
        List<String> all = List.copyOf(devices.keySet());
        String gone = all.get(random.nextInt(all.size()));
        if (!gone.equals("first")) devices.remove(gone);
    }

    private void change() {
        List<String> all = List.copyOf(devices.keySet());
        String name = all.get(random.nextInt(all.size()));
        Device old = devices.get(name);
        devices.put(
                name,
                switch (random.nextInt(3)) {
                    case 0 -> new Device(words(), old.interval, old.other);
                    case 1 -> new Device(old.description, 1 + random.nextInt(5), old.other);
                    default -> new Device(old.description, old.interval, !old.other);
                });
    }

    private void spoil() {
        List<String> files = List.of("ups.conf", "upsd.conf", "upsd.users");
        String file = files.get(random.nextInt(files.size()));
        List<String> ways = BROKEN.get(file);
        broken.put(file, ways.get(random.nextInt(ways.size())));
    }

    private String words() {
        return "Place " + random.nextInt(1000) + (random.nextBoolean() ? " = 3, or so" : "");
    }

    private void write() throws IOException {
        replace("upsd.users", users() + broken.getOrDefault("upsd.users", ""));
        replace(
                "upsd.conf",
                "LOGIN_DELAY 0\nMAXAGE " + maxage + "\nMAXCONN " + maxconn + "\n" + listening()
                        + broken.getOrDefault("upsd.conf", ""));
        replace("ups.conf", noise() + "maxretry = 3\n" + sections() + broken.getOrDefault("ups.conf", ""));
    }

    private String listening() {
        String text = "LISTEN 127.0.0.1 " + ports[0] + "\n";
        return both ? text + "LISTEN 127.0.0.1 " + ports[1] + "\n" : text;
    }

    private String users() {
        return users.entrySet().stream()
                .map(user -> "[%s]\n\tpassword = %s\n\tactions = SET\n\tupsmon %s\n"
                        .formatted(
                                user.getKey(),
                                user.getValue().password,
                                user.getValue().primary ? "primary" : "secondary"))
                .collect(Collectors.joining());
    }

    private String sections() {
        return devices.entrySet().stream()
                .map(device -> "%s[%s]\n\tdriver = dummy-ups\n\tport = %s.dev\n\tpollinterval = %d\n\tdesc = \"%s\"\n"
                        .formatted(
                                noise(),
                                device.getKey(),
                                device.getValue().other ? "b" : "a",
                                device.getValue().interval,
                                device.getValue().description))
                .collect(Collectors.joining());
    }

    private String noise() {
        return random.nextInt(4) == 0 ? "# remark " + random.nextInt(100) + "\n\n" : "";
    }

    /** Only what changed, and by renaming: a reader sees the old or the new. */
    private void replace(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(text)) return;
        Path next = Files.writeString(directory.resolve(name + "~"), text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r-----"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
