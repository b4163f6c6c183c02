package org.cobnut.drivers.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.device.DeviceService;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.Links;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Transcript;

/** Links that a transcript answers for; files and other devices are those of the section. */
record ReplayLinks(Links real, Transcript transcript, Recorders recorders) implements Links {
    /** Finds who replays links of a kind. */
    interface Recorders {
        LinkRecorder of(Class<? extends Link> kind) throws IOException;
    }

    @Override
    public Path file(String name) {
        return real.file(name);
    }

    @Override
    public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException {
        return kind.cast(recorders.of(kind).replay(kind, transcript.conversation(kind, port)));
    }

    @Override
    public Optional<DeviceService> device(String port) {
        return real.device(port);
    }

    @Override
    public void wake() {
        real.wake();
    }
}
