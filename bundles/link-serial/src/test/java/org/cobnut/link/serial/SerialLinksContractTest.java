package org.cobnut.link.serial;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkProvider;
import org.cobnut.testkit.LinkContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SerialLinksContractTest extends LinkContract<ByteLink> {
    @Override
    protected Class<ByteLink> kind() {
        return ByteLink.class;
    }

    @Override
    protected LinkProvider provider() {
        return new SerialLinks();
    }

    @Override
    protected String nowhere() {
        return "/dev/ttyNOSUCH";
    }

    @Override
    protected boolean receive(ByteLink link, Duration wait) throws IOException {
        return link.read(new byte[16], wait) > 0;
    }

    @Override
    protected FarEnd device() throws IOException {
        var pty = new Pty();
        return new FarEnd() {
            @Override
            public String port() {
                return pty.path();
            }

            @Override
            public void send() {
                pty.send("(230.0\r");
            }

            @Override
            public void unplug() {
                pty.order("hang");
            }

            @Override
            public void close() {
                pty.close();
            }
        };
    }
}
