package org.cobnut.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * nutauth.conf: the login of a client at each server, and the encryption of its connections (nutauth.conf(5)).
 * Immutable.
 */
public final class NutAuth {
    /** An empty file. */
    public static final NutAuth NOTHING = new NutAuth(Map.of());

    /** The warning behind the name of a file that every account may read, in the words of NUT. */
    static final String OPEN = " is world readable (hope you don't have passwords there)";

    private static final String NAME = "nutauth.conf";

    private final Map<AuthScope, Map<String, String>> sections;

    private NutAuth(Map<AuthScope, Map<String, String>> sections) {
        this.sections = sections;
    }

    /**
     * Reads the file: {@code none}, {@code default} (one of the usual places), a path, or an empty text (as default,
     * but the file may be missing). Blocks on files only.
     *
     * @param environment as of the process
     * @param confDir NUT's configuration directory
     * @param warnings takes a line about what is odd, but harms nothing
     * @throws IOException when the file is missing or wrong: its message is complete
     */
    public static NutAuth load(String which, Map<String, String> environment, Path confDir, Consumer<String> warnings)
            throws IOException {
        if (which.equals("none")) return NOTHING;
        boolean search = which.isEmpty() || which.equals("default");
        if (!search) return read(Path.of(which), warnings);
        String file = environment.getOrDefault("NUT_AUTHCONF_FILE", "");
        if (!file.isEmpty() && Files.exists(Path.of(file))) return read(Path.of(file), warnings);
        List<Path> places = places(environment, confDir);
        for (Path place : places) {
            if (Files.isReadable(place)) return read(place, warnings);
            if (Files.exists(place)) warnings.accept(place + " is left aside: permission denied");
        }
        if (which.isEmpty()) return NOTHING;
        throw new IOException("there is no " + NAME + " to read in any of " + places);
    }

    /**
     * The settings for a server and a user: the given user, else the first user of the file.
     *
     * @param user an explicit one; the password of another is not for him
     */
    public Auth of(Address server, Optional<String> user) {
        if (sections.isEmpty()) return user.isEmpty() ? Auth.NONE : new Auth(user, Optional.empty(), Auth.Tls.NONE);
        AuthScope host = AuthScope.of(server, "");
        Map<String, String> forHost = sections.getOrDefault(host, Map.of());
        Map<String, String> global = sections.getOrDefault(AuthScope.GLOBAL, Map.of());
        String who = user.orElseGet(() -> whoever(server, forHost, global));
        var all = new HashMap<String, String>();
        String before = merge(all, global, "", who);
        before = merge(all, forHost, before, who);
        if (!who.isEmpty()) {
            var own = new HashMap<>(sections.getOrDefault(AuthScope.of(server, who), Map.of()));
            own.put("USER", who);
            merge(all, own, before, who);
        }
        return auth(all);
    }

    /** Adds the settings of one section, and returns the user to whom the password belongs. */
    private static String merge(Map<String, String> all, Map<String, String> section, String before, String who) {
        String whose = section.getOrDefault("USER", before);
        all.putAll(section);
        if (!whose.isEmpty() && !whose.equals(who)) all.remove("PASS");
        return whose;
    }

    private String whoever(Address server, Map<String, String> forHost, Map<String, String> global) {
        String named = forHost.getOrDefault("USER", "");
        if (!named.isEmpty()) return named;
        for (AuthScope scope : sections.keySet())
            if (!scope.user().isEmpty() && scope.equals(AuthScope.of(server, scope.user()))) return scope.user();
        return global.getOrDefault("USER", "");
    }

    private static Auth auth(Map<String, String> all) {
        return new Auth(
                text(all, "USER"),
                text(all, "PASS"),
                new Auth.Tls(
                        text(all, "CERTPATH"),
                        text(all, "CERTFILE"),
                        text(all, "CERTIDENT_NAME"),
                        text(all, "CERTIDENT_PASS"),
                        text(all, "SSLBACKEND"),
                        text(all, "CERTHOST"),
                        truth(all, "CERTVERIFY"),
                        truth(all, "FORCESSL")));
    }

    private static Optional<String> text(Map<String, String> all, String key) {
        return Optional.ofNullable(all.get(key));
    }

    private static Optional<Boolean> truth(Map<String, String> all, String key) {
        return text(all, key).map("1"::equals);
    }

    private static NutAuth read(Path path, Consumer<String> warnings) throws IOException {
        return new NutAuth(AuthFile.read(path, warnings));
    }

    private static List<Path> places(Map<String, String> environment, Path confDir) {
        var places = new ArrayList<Path>();
        String directory = environment.getOrDefault("NUT_AUTHCONF_PATH", "");
        if (!directory.isEmpty()) places.add(Path.of(directory, NAME));
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            places.add(Path.of(home, ".config", "nut", NAME));
            places.add(Path.of(home, "." + NAME));
        }
        places.add(confDir.resolve(NAME));
        return places;
    }

    /** Whether every account may read or execute a file; false when this is not known. */
    static boolean open(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
