package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.config.EffectSettings;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would show only in the outage is said by plan and rehearse. */
class ConfFaultsTest {
    @TempDir
    private Path dir;

    private final NotificationDispatcher dispatcher = new NotificationDispatcher(Map.of("JOURNAL_STREAM", "none"));

    @AfterEach
    void close() {
        dispatcher.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            true                             |
            /bin/sh -c 'exit 0'              |
            sh -c 'exit 0'                   |
            A=b sh                           |
            (cd /; /nowhere)                 |
            "$HOME"/down                     |
            /nowhere/shutdown -h +0          | /nowhere/shutdown is not there
            /bin                             | /bin is a directory
            cobnut-nowhere; true             | there is no program cobnut-nowhere in the PATH
            """)
    void aShutdowncmdThatCannotRun(String command, String why) {
        List<String> faults = faults(Map.of("shutdowncmd", new String[] {command}));
        if (why == null) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("upsmon.conf: SHUTDOWNCMD cannot run: " + why);
    }

    @Test
    void noShutdowncmdAtAll() {
        assertThat(faults(Map.of("shutdowncmd", new String[0])))
                .singleElement()
                .asString()
                .contains("there is no SHUTDOWNCMD");
        assertThat(faults(Map.of("shutdowncmd", new String[0], "minsupplies", 0)))
                .isEmpty();
    }

    @Test
    void aNotifycmdThatCannotRunOrIsNeverRun() throws IOException {
        Path file = Files.writeString(dir.resolve("notify"), "#!/bin/sh\n");
        String[] exec = {"ONBATT SYSLOG+EXEC"};
        assertThat(faults(Map.of("notifycmd", new String[] {file.toString()}, "notifyflag", exec)))
                .containsExactly("upsmon.conf: NOTIFYCMD cannot run: " + file + " is not executable (chmod +x)");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(faults(Map.of("notifycmd", new String[] {file + " word"}, "notifyflag", exec)))
                .isEmpty();
        assertThat(faults(Map.of("notifycmd", new String[] {file.toString()})))
                .containsExactly("upsmon.conf: no NOTIFYFLAG has EXEC: NOTIFYCMD is never run");
        assertThat(faults(Map.of("notifyflag", exec)))
                .containsExactly("upsmon.conf: NOTIFYFLAG has EXEC, but there is no NOTIFYCMD: nothing is executed");
    }

    @Test
    void whatAListenerInThePlaceOfNotifycmdFinds() {
        dispatcher.add(
                new NoticeListener() {
                    @Override
                    public void noticed(Notice notice) {
                        throw new AssertionError(notice);
                    }

                    @Override
                    public List<String> faults(Set<String> upses) {
                        return List.of("faults for " + upses);
                    }
                },
                Map.of(NoticeListener.NOTIFYCMD, "upssched"));
        String[] exec = {"ONBATT EXEC"};
        assertThat(faults(Map.of("notifycmd", new String[] {"/sbin/upssched"}, "notifyflag", exec)))
                .containsExactly("faults for [ups@127.0.0.1]");
        assertThat(faults(Map.of("notifycmd", new String[] {"/bin/true"}, "notifyflag", exec)))
                .as("it does not stand for that one")
                .isEmpty();
    }

    @Test
    void aNotifyflagKeepsWhatIsKnownOfItAndAtLeastTheUsual() {
        EffectSettings effectSettings = conf(Map.of(
                        "notifyflag", new String[] {"ONBATT SYSLOG+WALLi+EXEC", "ONLINE WALLi", "LOWBATT IGNORE"}))
                .effectSettings();
        assertThat(effectSettings.channels(NoticeType.ONBATT))
                .containsExactly(EffectSettings.Channel.SYSLOG, EffectSettings.Channel.EXEC);
        assertThat(effectSettings.channels(NoticeType.ONLINE)).isEqualTo(EffectSettings.USUAL);
        assertThat(effectSettings.channels(NoticeType.LOWBATT)).isEmpty();
    }

    private List<String> faults(Map<String, ?> more) {
        return new ConfFaults(conf(more), dispatcher, Map.of("PATH", "/usr/bin:/bin")).list();
    }

    private Conf conf(Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>();
        all.put("monitor", new String[] {"ups@127.0.0.1 1 u p primary"});
        all.put("shutdowncmd", new String[] {"true"});
        all.putAll(more);
        return Conf.of(all, dir);
    }
}
