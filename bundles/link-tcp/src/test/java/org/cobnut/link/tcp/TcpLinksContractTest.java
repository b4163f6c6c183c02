package org.cobnut.link.tcp;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkProvider;
import org.cobnut.testkit.LinkContract;

class TcpLinksContractTest extends LinkContract<ByteLink> {
    @Override
    protected Class<ByteLink> kind() {
        return ByteLink.class;
    }

    @Override
    protected LinkProvider provider() {
        return new TcpLinks();
    }

    @Override
    protected String nowhere() {
        return "tcp:127.0.0.1:1";
    }

    @Override
    protected boolean receive(ByteLink link, Duration wait) throws IOException {
        return link.read(new byte[16], wait) > 0;
    }

    @Override
    protected FarEnd device() throws IOException {
        var peer = new Peer();
        return new FarEnd() {
            @Override
            public String port() {
                return peer.port();
            }

            @Override
            public void send() throws IOException {
                peer.send("(230.0\r");
            }

            @Override
            public void unplug() throws IOException {
                peer.socket().close();
            }

            @Override
            public void close() {
                peer.close();
            }
        };
    }
}
