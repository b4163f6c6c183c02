package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.launcher.process.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NutConfTest {
    @Test
    void readsShellAssignments() {
        assertThat(NutConf.parse("""
                                # MODE=none
                                MODE=standalone   # here
                                export UPSD_OPTIONS="-4 -q"
                                UPSMON_OPTIONS='a b'
                                NUT_DEBUG_LEVEL=
                                not an assignment
                                """).values())
                .isEqualTo(Map.of(
                        "MODE", "standalone", "UPSD_OPTIONS", "-4 -q", "UPSMON_OPTIONS", "a b", "NUT_DEBUG_LEVEL", ""));
    }

    @Test
    void takesTheLastOfSeveral() {
        assertThat(NutConf.parse("MODE=none\nMODE=netserver\n").values()).containsEntry("MODE", "netserver");
    }

    @Test
    void aFileThatIsNotThereWantsEverything(@TempDir Path directory) throws StartException {
        var nutConf = NutConf.in(directory);
        assertThatCode(nutConf::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE=none", "MODE=\"none\""})
    void refusesModesWithNothingToRun(String line) {
        assertThatThrownBy(() -> NutConf.parse(line).check())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("nut.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE=standalone", "MODE=netserver", "MODE=controlled", ""})
    void startsInTheOtherModes(String line) {
        assertThatCode(() -> NutConf.parse(line).check()).doesNotThrowAnyException();
    }

    /** The reader of NUT's files takes no blank beside the sign; a lock holds for all that. */
    @ParameterizedTest
    @ValueSource(
            strings = {"COBNUT_LOCKED = yes", "export COBNUT_LOCKED =no", "COBNUT_LOCKED=\"no", "COBNUT_LOCKED=maybe"})
    void aLockThatCannotBeReadLocks(String line) {
        assertThat(NutConf.parse(line).locked()).isTrue();
        assertThat(NutConf.parse("#" + line).locked()).isFalse();
    }

    @Test
    void theEnvironmentSetsTheDebugLevelBeforeTheFile() {
        var nutConf = NutConf.parse("NUT_DEBUG_LEVEL=2");
        assertThat(nutConf.debugLevel(Map.of())).isEqualTo(2);
        assertThat(nutConf.debugLevel(Map.of("NUT_DEBUG_LEVEL", "0"))).isZero();
        assertThat(nutConf.debugLevel(Map.of("NUT_DEBUG_LEVEL", "much"))).isZero();
    }
}
