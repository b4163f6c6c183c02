package org.cobnut.drivers.apcupsd;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.ReplayedLink;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class ApcupsdUpsContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new ApcupsdUps();
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("rack", "nas", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        var conversation = new Conversation();
        conversation.answer(Nis.REQUEST, Nis.records(Nis.SMART));
        return new TestLinks(folder).with("tcp:nas:3551", new ReplayedLink(conversation));
    }
}
