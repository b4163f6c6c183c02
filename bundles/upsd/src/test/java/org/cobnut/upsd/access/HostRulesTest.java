package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every decision of the table is also asked of libwrap itself, through Debian's tcpdmatch. */
class HostRulesTest {
    private static final Path TCPDMATCH = Path.of("/usr/sbin/tcpdmatch");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upsd : admin@127.0.0.1/32                          | upsd : ALL       | admin@127.0.0.1   | granted
            upsd : admin@127.0.0.1/32                          | upsd : ALL       | mon@127.0.0.1     | denied
            upsd : ADMIN@ALL                                   | ALL:ALL          | admin@192.0.2.7   | granted
            upsd : a*n@ALL                                     | ALL:ALL          | admin@192.0.2.7   | granted
            upsd : KNOWN@ALL                                   | ALL:ALL          | 192.0.2.7         | denied
            upsd : UNKNOWN@ALL                                 | ALL:ALL          | 192.0.2.7         | granted
            upsd : ALL@192.0.2.0/24 EXCEPT evil@ALL            | ALL:ALL          | evil@192.0.2.7    | denied
            upsd : ALL@192.0.2.0/24 EXCEPT evil@ALL            | ALL:ALL          | good@192.0.2.7    | granted
            upsd : 192.0.2.0/255.255.255.0 EXCEPT 192.0.2.7    | ALL:ALL          | 192.0.2.7         | denied
            upsd : 192.0.2.0/255.255.255.0 EXCEPT 192.0.2.7    | ALL:ALL          | 192.0.2.8         | granted
            upsd : 192.0.2. EXCEPT 192.0.2.7 EXCEPT 192.0.2.7  | ALL:ALL          | 192.0.2.7         | granted
            upsd : ALL EXCEPT                                  | ALL:ALL          | 192.0.2.7         | granted
            upsd : EXCEPT ALL                                  | ALL:ALL          | 192.0.2.7         | denied
            upsd : all except 192.0.2.7                        | ALL:ALL          | 192.0.2.7         | denied
            upsd : 192.0.2                                     | ALL:ALL          | 192.0.2.7         | denied
            upsd : .2.7                                        | ALL:ALL          | 192.0.2.7         | granted
            upsd : 192.0.2.*                                   | ALL:ALL          | 192.0.2.7         | granted
            upsd : 192.0.2.?                                   | ALL:ALL          | 192.0.2.77        | denied
            upsd : 192.0.2.8,192.0.2.7                         | ALL:ALL          | 192.0.2.7         | granted
            upsd : 127.0.0.0/8                                 | ALL:ALL          | 127.0.0.1         | granted
            upsd : 127.0.0.1/8                                 | ALL:ALL          | 127.0.0.1         | denied
            upsd : 192.0.2.0/255.0.255.0                       | ALL:ALL          | 192.0.2.7         | granted
            upsd : 192.0.2.0/33                                | ALL:ALL          | 192.0.2.7         | denied
            upsd : 192.0.2.7/                                  | ALL:ALL          | 192.0.2.7         | denied
            upsd : 0.0.0.0/0                                   | ALL:ALL          | 192.0.2.7         | denied
            upsd : [::]/0                                      | ALL:ALL          | 2001:db8::2       | granted
            upsd : [::]/0                                      | ALL:ALL          | 192.0.2.7         | denied
            upsd : [2001:db8::]/32                             | ALL:ALL          | 2001:db8::1       | granted
            upsd : [2001:db8::1]/32                            | ALL:ALL          | 2001:db8::2       | granted
            upsd : [2001:db8::]/129                            | ALL:ALL          | 2001:db8::1       | denied
            upsd : [2001:DB8:0::1]                             | ALL:ALL          | 2001:db8::1       | granted
            upsd : [2001:db8::2]                               | ALL:ALL          | 2001:db8::1       | denied
            upsd : 2001:db8::1                                 | ALL:ALL          | 2001:db8::1       | denied
            upsd : admin@[2001:db8::]/32                       | ALL:ALL          | admin@2001:db8::1 | granted
            upsd : [::ffff:192.0.2.7]                          | ALL:ALL          | 2001:db8::1       | denied
            upsd : 2001*                                       | ALL:ALL          | 2001:db8::2       | granted
            upsd : UNKNOWN                                     | ALL:ALL          | 192.0.2.7         | granted
            upsd : KNOWN                                       | ALL:ALL          | 192.0.2.7         | denied
            upsd : LOCAL                                       | ALL:ALL          | 192.0.2.7         | denied
            upsd : @group                                      | ALL:ALL          | 192.0.2.7         | denied
            upsd : /DIRECTORY/hosts                            | ALL:ALL          | 192.0.2.7         | granted
            upsd : /DIRECTORY/hosts                            | ALL:ALL          | 192.0.2.8         | denied
            upsd : /DIRECTORY/none                             | ALL:ALL          | 192.0.2.7         | denied
            upsd@ALL : ALL                                     | ALL:ALL          | 192.0.2.7         | granted
            upsd@127.0.0.1 : ALL                               | ALL:ALL          | 192.0.2.7         | denied
            upsd,upsmon : ALL                                  | ALL:ALL          | 192.0.2.7         | granted
            upsmon : ALL                                       | ALL:ALL          | 192.0.2.7         | denied
            ALL EXCEPT upsd : ALL                              | ALL:ALL          | 192.0.2.7         | denied
            UPSD : ALL                                         | ALL:ALL          | 192.0.2.7         | granted
            : ALL                                              | ALL:ALL          | 192.0.2.7         | denied
            upsd                                               | ALL:ALL          | 192.0.2.7         | denied
            # upsd : ALL                                       | ALL:ALL          | 192.0.2.7         | denied
            upsd : ALL # no comment                            | ALL:ALL          | 192.0.2.7         | granted
            upsd : 192.0.2.~7                                  | ALL:ALL          | 192.0.2.7         | granted
            # nothing                                          | sshd : ALL       | 192.0.2.7         | granted
            # nothing                                          | upsd : 192.0.2.  | 192.0.2.7         | denied
            # nothing                                          | upsd : 192.0.2.  | 192.0.3.7         | granted
            upsd : ALL : deny                                  | # nothing        | 192.0.2.7         | denied
            # nothing                                          | upsd:ALL : allow | 192.0.2.7         | granted
            upsd : ALL : keepalive : allow                     | ALL:ALL          | 192.0.2.7         | granted
            upsd : ALL : allow : keepalive                     | ALL:ALL          | 192.0.2.7         | denied
            upsd : ALL : severity auth.info : deny             | # nothing        | 192.0.2.7         | denied
            upsd : ALL : severity                              | ALL:ALL          | 192.0.2.7         | denied
            upsd : ALL : spawn true                            | ALL:ALL          | 192.0.2.7         | granted
            upsd : ALL : nonsense                              | ALL:ALL          | 192.0.2.7         | denied
            """)
    void decidesAsLibwrapDoes(String allow, String deny, String who, String decision) throws Exception {
        Files.writeString(directory.resolve("hosts"), "192.0.2.7 192.0.2.9\n");
        String allowing = text(allow);
        String denying = text(deny);
        assertThat(ours(allowing, denying, who)).isEqualTo(decision);
        if (Files.isExecutable(TCPDMATCH))
            assertThat(libwraps(allowing, denying, who)).isEqualTo(decision);
    }

    @Test
    void asksForANameOnlyWhereARuleForUpsdNeedsOne() {
        assertThat(rules("upsd : 192.0.2. [::1] 10.0.0.0/8 me@127.0.0.1\nsshd : .example.com\n", "ALL : ALL")
                        .askForNames())
                .isFalse();
        for (String pattern : List.of(".example.com", "LOCAL", "KNOWN", "box", "me@box", "*.example.com"))
            assertThat(rules("upsd : " + pattern, "").askForNames()).as(pattern).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        ".example.com, a.example.com, true",
        ".example.com, example.com, false",
        "A.example.COM, a.example.com, true",
        "*.example.com, a.example.com, true",
        "LOCAL, box, true",
        "LOCAL, a.example.com, false",
        "LOCAL, unknown, false",
        "KNOWN, box, true",
        "UNKNOWN, unknown, true"
    })
    void matchesNames(String pattern, String name, boolean matches) throws IOException {
        var peer = new HostPattern.Peer("me", InetAddress.getByName("192.0.2.7"), name);
        assertThat(rules("upsd : " + pattern, "ALL : ALL").allow(peer)).isEqualTo(matches);
    }

    @Test
    void tellsWhichLineIsWrongAndUsesTheOthers() {
        var told = new ArrayList<String>();
        HostRules rules = HostRules.of(
                new HostRules.Source("/etc/nut/allow", "upsd\nupsd : @net\n\\\nupsd : ALL : twist echo no\n"),
                new HostRules.Source("/etc/nut/deny", "upsd"),
                name -> List.of(),
                (where, why) -> told.add(where + ": " + why));
        assertThat(told)
                .hasSize(4)
                .anyMatch(line -> line.startsWith("/etc/nut/deny:1: there is no ':'"))
                .anyMatch(line -> line.startsWith("/etc/nut/allow:1: there is no ':'"))
                .anyMatch(line -> line.startsWith("/etc/nut/allow:2: netgroups"))
                .anyMatch(line -> line.startsWith("/etc/nut/allow:3: 'twist'"));
        assertThat(rules.allow(new HostPattern.Peer("", InetAddress.getLoopbackAddress(), "unknown")))
                .isFalse();
    }

    @Test
    void anEditCountsAtTheNextLookAndADamagedFileChangesNothing() throws IOException {
        Path allow = directory.resolve("hosts.allow");
        Path deny = directory.resolve("hosts.deny");
        var files = new HostAccessFiles();
        var me = new HostPattern.Peer("", InetAddress.getLoopbackAddress(), "unknown");
        files.look(allow, deny);
        assertThat(files.rules().allow(me)).isTrue();
        Files.writeString(deny, "ALL : /" + directory.resolve("bad").toString().substring(1) + "\n");
        Files.writeString(directory.resolve("bad"), "127.0.0.1");
        files.look(allow, deny);
        assertThat(files.rules().allow(me)).isFalse();
        HostRules before = files.rules();
        files.look(allow, deny);
        assertThat(files.rules()).isSameAs(before);
        Files.writeString(directory.resolve("bad"), "127.0.0.12");
        files.look(allow, deny);
        assertThat(files.rules().allow(me))
                .as("a file that a pattern names counts too")
                .isTrue();
        Files.delete(deny);
        Files.createDirectory(deny);
        HostRules good = files.rules();
        files.look(allow, deny);
        assertThat(files.rules()).isSameAs(good);
    }

    @Test
    void aNamedFileThatIsNotThereIsToldOfOnce() throws IOException {
        PrintStream before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Path deny = directory.resolve("deny");
            var files = new HostAccessFiles();
            for (int i = 0; i < 3; i++) files.look(Path.of("/etc/hosts.allow"), deny);
            Files.writeString(
                    deny, "upsd : /" + directory.resolve("none").toString().substring(1) + "\nupsd\n");
            for (int i = 0; i < 3; i++) files.look(Path.of("/etc/hosts.allow"), deny);
            assertThat(said.toString(StandardCharsets.UTF_8).lines().toList())
                    .hasSize(3)
                    .anyMatch(line -> line.endsWith("HOSTS_DENY names " + deny
                            + ", which is not there, so it keeps nobody out: write the file, or mend upsd.conf"))
                    .anyMatch(line -> line.contains("none, which a pattern names, does not exist"))
                    .anyMatch(line -> line.contains(deny + ":2: there is no ':'"));
        } finally {
            System.setErr(before);
        }
    }

    private HostRules rules(String allow, String deny) {
        return HostRules.of(
                new HostRules.Source("allow", allow),
                new HostRules.Source("deny", deny),
                name -> HostRulesTest.words(Path.of(name)),
                (where, why) -> {});
    }

    private static List<String> words(Path file) {
        try {
            return List.of(Files.readString(file).trim().split("\\s+"));
        } catch (IOException none) {
            return List.of();
        }
    }

    private String ours(String allow, String deny, String who) throws IOException {
        int at = who.indexOf('@');
        String user = at < 0 ? "" : who.substring(0, at);
        var peer = new HostPattern.Peer(user, InetAddress.getByName(who.substring(at + 1)), HostPattern.UNKNOWN);
        return rules(allow, deny).allow(peer) ? "granted" : "denied";
    }

    private String libwraps(String allow, String deny, String who) throws Exception {
        Files.writeString(directory.resolve("hosts.allow"), allow);
        Files.writeString(directory.resolve("hosts.deny"), deny);
        Process program = new ProcessBuilder(TCPDMATCH.toString(), "-d", "upsd", who)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assumeThat(said).contains("access:");
        return said.replaceFirst("(?s).*access: +(\\w+).*", "$1");
    }

    private String text(String line) {
        String filled = line.replace("/DIRECTORY", directory.toString()).replace("~", "\\\n");
        return filled + "\n";
    }
}
