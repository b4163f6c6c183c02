package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door over a real socket, with Gogo behind it. */
@Timeout(30)
class DoorTest {
    @TempDir
    Path state;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private CommandProcessor commands;
    private Door door;

    /** Two commands, one of which fails. */
    public static final class Words {
        public String echo(String word) {
            return "<" + word + ">";
        }

        public String fail() {
            throw new IllegalArgumentException("no, because");
        }
    }

    @BeforeEach
    void open() throws IOException {
        threads.start();
        var gogo = new CommandProcessorImpl(threads);
        gogo.addCommand("nut", new Words(), "echo");
        gogo.addCommand("nut", new Words(), "fail");
        commands = gogo;
        door = new Door(state.resolve(Door.NAME), commands);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        threads.stop();
    }

    @Test
    void onlyTheOwnerCanOpenIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(Door.NAME))))
                .isEqualTo("rw-------");
        assertThat(state).isDirectoryContaining("glob:**" + Door.NAME).isDirectoryNotContaining("glob:**/.nutctl*");
    }

    @Test
    void answersCommandsAndSaysHowTheyEnded() throws IOException {
        assertThat(say("nut:echo \"a \\\"b\\\" \\$c\"")).isEqualTo("<a \"b\" $c>\n" + Conversation.DONE + "\n");
        assertThat(say("nut:fail")).isEqualTo("no, because\n" + Conversation.FAILED + "\n");
        assertThat(say("nut:nothing")).endsWith(Conversation.FAILED + "\n");
    }

    @Test
    void isGoneWhenItIsClosedAndOpensOverWhatAnEarlierOneLeft() throws IOException {
        door.close();
        assertThat(state.resolve(Door.NAME)).doesNotExist();
        Files.writeString(state.resolve(Door.NAME), "left behind");
        door = new Door(state.resolve(Door.NAME), commands);
        assertThat(say("nut:echo x")).startsWith("<x>");
    }

    private String say(String command) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(state.resolve(Door.NAME)))) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            var in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            var answer = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer.append(line).append('\n');
                if (line.startsWith("\u0004")) break;
            }
            return answer.toString();
        }
    }
}
