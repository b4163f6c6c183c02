package org.cobnut.drivers.megatec;

import java.util.OptionalLong;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.dialect.Config;

/** What a section says to the two older drivers, which count one wait in minutes and let clients change none. */
final class BlazerConfig {
    /** They ask everything at every poll; what never changes is still asked once. */
    private static final long POLLFREQ = 0;

    /** Minutes that no UPS takes; more of them are no other fault. */
    private static final long FOREVER = 1_000_000;

    private BlazerConfig() {}

    static Config of(Settings settings) {
        OptionalLong minutes = Config.delay(settings, "ondelay");
        return new Config(
                settings.ups(),
                Config.delay(settings, "offdelay"),
                minutes.isPresent()
                        ? OptionalLong.of(Math.min(minutes.getAsLong(), FOREVER) * 60)
                        : OptionalLong.empty(),
                false,
                POLLFREQ,
                Config.leftOut(settings),
                false,
                false,
                true,
                Config.battery(settings),
                settings.values());
    }
}
