package org.cobnut.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.record.ByteLinkRecorder;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.ReplayedLink;
import org.cobnut.link.record.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

@Timeout(30)
class SectionRecorderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Settings SETTINGS = Settings.of(
            "ups1",
            "tcp:admin:s3cret@host:4001",
            Options.of(Option.secret("password", "to log in"), Option.text("mode", "how")),
            Map.of("password", "open sesame", "mode", "loop"));

    @TempDir
    Path folder;

    private final LinkRecorders recorders = new LinkRecorders((BundleContext) Proxy.newProxyInstance(
            SectionRecorderTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, a) -> null));
    private final AtomicInteger opens = new AtomicInteger();
    private SectionRecorder recorder;

    private SectionRecorder recorder() {
        recorders.addRecorder(new ByteLinkRecorder(), Map.of(LinkProvider.KIND, ByteLink.class.getName()));
        recorder = new SectionRecorder("ups1", folder, recorders, opens::incrementAndGet);
        return recorder;
    }

    @Test
    void writesWhatPassesWithoutAnySecret() throws Exception {
        recorder().record(Path.of("a.txt"));
        assertThat(opens).as("the transcript begins with the opening").hasValue(1);
        recorder.opening("nutdrv_qx", SETTINGS);
        Link link = recorder.tap(
                ByteLink.class,
                SETTINGS.port(),
                new ReplayedLink(Transcript.of("""
                        > LOGIN open sesame\\r
                        < hello, open sesame\\r
                        > Q1\\r
                        < (230.0\\\\\\x00\\xff\\r
                        """).conversation()));
        var line = (ByteLink) link;
        line.write(bytes("LOGIN open "));
        line.write(bytes("sesame\r"));
        line.readUntil('\r', 80, SECOND);
        line.discard();
        line.write(bytes("Q1\r"));
        line.readUntil('\r', 80, SECOND);
        line.write(bytes("Q1\r"));
        assertThat(line.read(new byte[80], SECOND)).isPositive();
        line.write(bytes("X\r"));
        assertThat(line.read(new byte[80], SECOND)).as("silence").isZero();
        line.discard();
        assertThat(written()).isEqualTo("""
                cobnut transcript 1
                driver nutdrv_qx
                port tcp:admin:(hidden)@host:4001
                option mode loop
                option password (hidden)
                link org.cobnut.link.ByteLink tcp:admin:(hidden)@host:4001
                > LOGIN (hidden)\\r
                < hello, (hidden)\\r
                > Q1\\r
                < (230.0\\\\\\x00\\xff\\r
                > Q1\\r
                < (230.0\\\\\\x00\\xff\\r
                > X\\r
                <
                """);
    }

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        recorder().record(Path.of("a.txt"));
        recorder.opening("nutdrv_qx", SETTINGS);
        String all = "";
        for (char c = 0; c < 256; c++) all += c;
        var conversation = new Conversation();
        conversation.answer("long\r", all.repeat(10));
        var line = (ByteLink) recorder.tap(ByteLink.class, "x", new ReplayedLink(conversation));
        line.write(bytes("long\r"));
        var got = new byte[4000];
        assertThat(line.read(got, SECOND)).isEqualTo(2560);
        line.discard();
        Transcript transcript = Transcript.of(written());
        assertThat(transcript.driver()).isEqualTo("nutdrv_qx");
        assertThat(transcript.options()).containsEntry("mode", "loop").containsEntry("password", "(hidden)");
        assertThat(transcript.conversation(ByteLink.class, "x").answer("long\r"))
                .isEqualTo(all.repeat(10));
    }

    /** A kind of link that nobody knew is recorded as soon as somebody offers a recorder of it. */
    @Test
    void aNewKindOfLinkIsRecordedByItsRecorder() throws Exception {
        interface Lamp extends Link {
            boolean lit();
        }
        record Wrapped(Lamp lamp, Recording recording) implements Lamp {
            @Override
            public boolean lit() {
                recording.sent("lit?");
                recording.received(String.valueOf(lamp.lit()));
                return lamp.lit();
            }

            @Override
            public void close() {
                lamp.close();
            }
        }
        Lamp lamp = new Lamp() {
            @Override
            public boolean lit() {
                return true;
            }

            @Override
            public void close() {}
        };
        recorder().record(Path.of("a.txt"));
        assertThat(recorder.tap(Lamp.class, "1", lamp))
                .as("nobody can record it yet")
                .isSameAs(lamp);
        recorders.addRecorder(
                new LinkRecorder() {
                    @Override
                    public Link record(Class<? extends Link> kind, Link link, Recording recording) {
                        return new Wrapped((Lamp) link, recording);
                    }

                    @Override
                    public Link replay(Class<? extends Link> kind, Conversation conversation) {
                        throw new AssertionError();
                    }
                },
                Map.of(LinkProvider.KIND, Lamp.class.getName()));
        assertThat(((Lamp) recorder.tap(Lamp.class, "1", lamp)).lit()).isTrue();
        assertThat(written()).endsWith("> lit?\n< true\n");
    }

    @Test
    void refusesAFileThatItCannotMakeAndRecordsOn() throws Exception {
        recorder().record(Path.of("a.txt"));
        Files.writeString(folder.resolve("ups.conf"), "[ups]\n");
        assertThatIOException()
                .isThrownBy(() -> recorder.record(Path.of("ups.conf")))
                .withMessageEndingWith("it exists and is no transcript; give another name");
        assertThatIOException()
                .isThrownBy(() -> recorder.record(Path.of("none/a.txt")))
                .withMessageStartingWith("there is no folder for ");
        assertThat(recorder.stop()).contains(folder.resolve("a.txt"));
        assertThat(recorder.stop()).isEmpty();
    }

    @Test
    void followsTheOptionOfItsSection() throws Exception {
        recorder().configure(Optional.of("a.txt"));
        recorder.opening("x", SETTINGS);
        recorder.configure(Optional.of("a.txt"));
        recorder.configure(Optional.of("/nowhere/b.txt"));
        recorder.configure(Optional.of("a\0b"));
        recorder.configure(Optional.empty());
        assertThat(recorder.stop()).isEmpty();
        assertThat(opens).hasValue(0);
    }

    @Test
    void recordsNothingOfADeviceThatRunsElsewhere() {
        var elsewhere = new SectionRecorder("ups1", folder, recorders, () -> {
            throw new IOException("it runs elsewhere");
        });
        assertThatIOException()
                .isThrownBy(() -> elsewhere.record(Path.of("a.txt")))
                .withMessage("it runs elsewhere");
        assertThat(elsewhere.stop()).isEmpty();
    }

    private String written() throws Exception {
        Path file = recorder.stop().orElseThrow();
        assertThat(recorder.await(10_000)).isTrue();
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
