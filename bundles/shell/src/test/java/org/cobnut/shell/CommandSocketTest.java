package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.cobnut.wire.Columns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door over a real socket, with Gogo behind it. */
@Timeout(30)
class CommandSocketTest {
    @TempDir
    Path state;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private CommandProcessor commands;
    private DriverProcesses processes;
    private CommandSocket commandSocket;

    /** The driver in a process of its own. */
    public static final class Driver {
        public String hid(String ups) {
            if (!ups.equals("rack")) throw new IllegalArgumentException("there is no " + ups);
            return "UPS\n  PowerSummary of its own";
        }
    }

    /** Commands, some of which fail. */
    public static final class Words {
        public String hid(String ups) {
            return "the tree of " + ups;
        }

        public String echo(String word) {
            return "<" + word + ">";
        }

        public String fail() {
            throw new IllegalArgumentException("no, because");
        }

        public String lose(String path) throws IOException {
            return Files.readString(Path.of(path));
        }

        public String nil() {
            return "";
        }

        public Columns table() {
            return new Columns("UPS", "STATUS").row("a", "OL").note("Warning: b is lost");
        }
    }

    @BeforeEach
    void open() throws IOException {
        threads.start();
        var gogo = new CommandProcessorImpl(threads);
        gogo.addCommand("nut", new Words(), "echo");
        for (String function : List.of("fail", "lose", "nil", "table", "hid"))
            gogo.addCommand("nut", new Words(), function);
        gogo.addConverter(new ColumnsConverter());
        commands = gogo;
        processes = new DriverProcesses(state, Optional.of(""));
        commandSocket = new CommandSocket(state.resolve(CommandSocket.NAME), commands, processes);
    }

    @AfterEach
    void close() throws IOException {
        commandSocket.close();
        threads.stop();
    }

    @Test
    void onlyTheOwnerCanOpenIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(CommandSocket.NAME))))
                .isEqualTo("rw-------");
        assertThat(state)
                .isDirectoryContaining("glob:**" + CommandSocket.NAME)
                .isDirectoryNotContaining("glob:**/.nutctl*");
    }

    @Test
    void answersCommandsAndSaysHowTheyEnded() throws IOException {
        assertThat(say("nut:echo \"a \\\"b\\\" \\$c\"")).isEqualTo("<a \"b\" $c>\n" + ClientSession.DONE + "\n");
        assertThat(say("nut:fail")).isEqualTo(failed("no, because"));
        assertThat(say("nut:nothing")).isEqualTo(failed("there is no command nothing; see: nutctl help"));
    }

    @Test
    void saysWhatGogoSaysForProgramsInWordsForPeople() throws IOException {
        assertThat(say("nut:echo"))
                .isEqualTo(failed("echo cannot be used with these words, by number or by kind; see: nutctl help echo"));
        assertThat(say("nut:lose /no/such")).isEqualTo(failed("/no/such: no such file or directory"));
        assertThat(say("help \"nothing\"")).isEqualTo(failed("there is no command nothing; see: nutctl help"));
        assertThat(say("nut:nil")).as("an empty answer is no line").isEqualTo(ClientSession.DONE + "\n");
    }

    @Test
    void printsAListAsTextOrAsJsonBesideItsWarnings() throws IOException {
        assertThat(say("nut:table"))
                .isEqualTo("UPS  STATUS\na    OL\n\nWarning: b is lost\n" + ClientSession.DONE + "\n");
        assertThat(say(ClientSession.JSON + "nut:table"))
                .isEqualTo("[\n  {\"ups\": \"a\", \"status\": \"OL\"}\n]\n" + ClientSession.ERROR
                        + "Warning: b is lost\n" + ClientSession.DONE + "\n");
        assertThat(say(ClientSession.JSON + "nut:echo \"\\\"x\""))
                .isEqualTo("\"<\\\"x>\"\n" + ClientSession.DONE + "\n");
        assertThat(say(ClientSession.JSON + "nut:fail")).isEqualTo(failed("no, because"));
    }

    /** NUT's tools are run by scripts, and scripts run many at a time. */
    @Test
    void answersManyAtATimeRefusesMoreThanItsBoundAndGoesOn() throws Exception {
        var callers = new ArrayList<Callable<String>>();
        for (int i = 0; i < 200; i++) callers.add(() -> say("nut:echo x"));
        var pool = Executors.newFixedThreadPool(24);
        try {
            for (var answer : pool.invokeAll(callers)) assertThat(answer.get()).startsWith("<x>");
        } finally {
            pool.shutdownNow();
        }

        var open = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 64; i++) {
                open.add(SocketChannel.open(UnixDomainSocketAddress.of(state.resolve(CommandSocket.NAME))));
                assertThat(say(open.get(i), "nut:echo x")).startsWith("<x>");
            }
            for (int i = 0; i < 10; i++)
                assertThat(say("nut:echo x"))
                        .isEqualTo(failed(
                                "nutctl: 64 sessions are open at once, and no more are taken; end some and try again"));
            assertThat(say(open.get(0), "nut:echo y"))
                    .as("who was there before")
                    .startsWith("<y>");
        } finally {
            for (var each : open) each.close();
        }
        // A thread that ends is free a moment after its session; the test's own time limit bounds this.
        String last = say("nut:echo z");
        while (last.startsWith(ClientSession.ERROR)) last = say("nut:echo z");
        assertThat(last).startsWith("<z>");
    }

    @Test
    void isGoneWhenItIsClosedAndOpensOverWhatAnEarlierOneLeft() throws IOException {
        commandSocket.close();
        assertThat(state.resolve(CommandSocket.NAME)).doesNotExist();
        Files.writeString(state.resolve(CommandSocket.NAME), "left behind");
        commandSocket = new CommandSocket(state.resolve(CommandSocket.NAME), commands, processes);
        assertThat(say("nut:echo x")).startsWith("<x>");
    }

    /** The process of a section is played by a second socket of the same state path. */
    @Test
    void passesOnWhatOnlyTheProcessOfTheDeviceCanAnswer() throws IOException {
        Map<String, String> rack = Map.of("ups.name", "Rack");
        ProcessHandle child = ProcessHandle.current();
        assertThat(say("nut:hid \"rack\"")).isEqualTo("the tree of rack\n" + ClientSession.DONE + "\n");
        processes.add(child, rack);
        assertThat(say("nut:hid \"rack\""))
                .startsWith(ClientSession.ERROR + "Rack is driven by process " + child.pid()
                        + ", which takes no commands now: ")
                .endsWith("; try again, and look at: nutctl list\n" + ClientSession.FAILED + "\n");
        var gogo = new CommandProcessorImpl(threads);
        gogo.addCommand("nut", new Driver(), "hid");
        var own = new CommandSocket(
                state.resolve("nutctl-Rack.sock"), gogo, new DriverProcesses(state, Optional.empty()));
        try {
            assertThat(say("nut:hid \"rack\""))
                    .isEqualTo("UPS\n  PowerSummary of its own\n" + ClientSession.DONE + "\n");
            assertThat(say("nut:hid \"RACK\"")).isEqualTo(failed("there is no RACK"));
            assertThat(say("nut:hid \"other\"")).isEqualTo("the tree of other\n" + ClientSession.DONE + "\n");
            assertThat(say("nut:echo rack")).startsWith("<rack>");
        } finally {
            own.close();
        }
        processes.remove(child, rack);
        assertThat(say("nut:hid \"rack\"")).startsWith("the tree of rack");
    }

    @Test
    void anUpsmonThatRunsAloneAnswersWhatIsItsOwn() throws IOException {
        assertThat(say("nut:plan")).isEqualTo(failed("there is no command plan; see: nutctl help"));
        var gogo = new CommandProcessorImpl(threads);
        gogo.addCommand("nut", new Monitor(), "plan");
        var own = new CommandSocket(
                state.resolve(CommandSocket.MONITOR), gogo, new DriverProcesses(state, Optional.empty()));
        try {
            assertThat(say("nut:plan")).isEqualTo("nothing to do\n" + ClientSession.DONE + "\n");
            assertThat(say("nut:echo plan")).startsWith("<plan>");
        } finally {
            own.close();
        }
        assertThat(say("nut:plan")).isEqualTo(failed("there is no command plan; see: nutctl help"));
    }

    /** A command of upsmon. */
    public static final class Monitor {
        public String plan() {
            return "nothing to do";
        }
    }

    @Test
    void knowsTheCommandsThatOnlyTheDriverCanAnswer() {
        assertThat(DriverProcesses.device("nut:hid \"rack\"")).contains("rack");
        assertThat(DriverProcesses.device("record rack stop")).contains("rack");
        assertThat(DriverProcesses.device(ClientSession.JSON + "nut:mapping \"explain\" \"rack\""))
                .contains("rack");
        assertThat(DriverProcesses.device("nut:record \"rack\" \"/a b/c\"")).contains("rack");
        assertThat(DriverProcesses.device("nut:mapping \"explain\" \"rack\"")).contains("rack");
        for (String other : List.of("", "hid", "nut:mapping \"show\" \"rack\"", "vars rack", "record rack"))
            assertThat(DriverProcesses.device(other)).as(other).isEmpty();
    }

    private static String failed(String why) {
        return ClientSession.ERROR + why + "\n" + ClientSession.FAILED + "\n";
    }

    private String say(String command) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(state.resolve(CommandSocket.NAME)))) {
            return say(channel, command);
        }
    }

    private static String say(SocketChannel channel, String command) throws IOException {
        try {
            Channels.newOutputStream(channel).write((command + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException refused) {
            // What it said before it hung up can be read all the same.
        }
        var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        var answer = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answer.append(line).append('\n');
            if (line.equals(ClientSession.DONE) || line.equals(ClientSession.FAILED)) break;
        }
        return answer.toString();
    }
}
