package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cobnut.model.Health;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {
    private static final String REQUESTS =
            "PING\nDUMPVALUE ups.id\r\nSET ups.id \"a \\\"b\\\" \\\\ \\#\" TRACKING x\n\nINSTCMD load.off\n#\nPING\n";

    @Test
    void understandsRequestsInEveryChunking() {
        String expected =
                "PONG\nSETINFO ups.id \"\\\"\\#\"\nSETAUX ups.id 32\nSETFLAGS ups.id RW STRING\nDUMPDONE\nPONG\n";
        for (int at = 0; at <= REQUESTS.length(); at++) {
            var gadget = new Gadget().says(Gadget.snapshot(new Health.Fresh(), "ups.id", "\"#"));
            assertThat(exchange(gadget, REQUESTS.substring(0, at), REQUESTS.substring(at)))
                    .isEqualTo(expected);
            assertThat(gadget.asked).isEqualTo(List.of("set ups.id to <a \"b\" \\ #>", "run load.off with <>"));
        }
    }

    private static String exchange(Gadget gadget, String... chunks) {
        var channel = new EmbeddedChannel(new ServerConnection(new Embedded(gadget)));
        for (String chunk : chunks) channel.writeInbound(Unpooled.copiedBuffer(chunk, StandardCharsets.ISO_8859_1));
        var text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        channel.finishAndReleaseAll();
        return text.toString();
    }
}
