package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.cobnut.upsd.protocol.RequestHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VER\n",
                "GET VAR demo \"ups.status\"\r\n",
                "USERNAME \"two words\"\nPASSWORD a\\ b\n",
                "  get   VAR demo ups.\\\nstatus # tail\nLIST CMD demo\n",
                "USERNAME \"line\nbreak\"\nVER x\n",
            })
    void chunksMakeNoDifference(String requests) {
        String whole = exchange(requests, requests.length());
        assertThat(whole).isNotEmpty();
        for (int cut = 1; cut < requests.length(); cut++)
            assertThat(exchange(requests, cut)).as("cut at %d", cut).isEqualTo(whole);
    }

    @Test
    void anUnescapedHashInQuotesLosesTheRestOfTheReadAndNothingElse() {
        EmbeddedChannel channel = open();
        send(channel, "VER \"a#b\"\nNETVER\nGET VAR");
        assertThat(received(channel)).isEmpty();
        send(channel, "NETVER\n");
        assertThat(received(channel)).isEqualTo("1.3\n");
    }

    @Test
    void oneReadIsAnsweredInOneFlush() {
        EmbeddedChannel channel = open();
        channel.writeOneInbound(bytes("NETVER\nNETVER\nNETVER\n"));
        assertThat(channel.<Object>readOutbound())
                .as("nothing before the read is complete")
                .isNull();
        channel.flushInbound();
        assertThat(received(channel)).isEqualTo("1.3\n1.3\n1.3\n");
    }

    @Test
    void logoutStillAnswersWhatCameWithIt() {
        EmbeddedChannel channel = open();
        send(channel, "LOGOUT\nNETVER\n");
        assertThat(received(channel)).isEqualTo("OK Goodbye\n1.3\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aHalfClosedClientGetsItsReplies() {
        EmbeddedChannel channel = open();
        send(channel, "NETVER\nNET");
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(received(channel)).isEqualTo("1.3\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theLoginEndsWithTheConnection() {
        EmbeddedChannel channel = open();
        send(channel, "USERNAME mon\nPASSWORD pass\nLOGIN demo\n");
        assertThat(received(channel)).isEqualTo("OK\nOK\nOK\n");
        assertThat(fixture.registry.find("demo").orElseThrow().clients()).hasSize(1);
        channel.close();
        assertThat(fixture.registry.find("demo").orElseThrow().clients()).isEmpty();
    }

    @Test
    void silenceIsClosedAfterAMinuteAndHalfARequestIsSilence() {
        EmbeddedChannel channel = open();
        channel.freezeTime();
        advance(channel, 59);
        send(channel, "NETVER\n");
        advance(channel, 59);
        send(channel, "NETV");
        assertThat(channel.isOpen()).isTrue();
        advance(channel, 2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void wordsAndLinesAreBounded() {
        EmbeddedChannel channel = open();
        send(channel, "USERNAME " + "x".repeat(100_000) + "\n");
        assertThat(received(channel)).isEqualTo("OK\n");
        send(channel, "GET " + "y ".repeat(100_000) + "\n");
        assertThat(received(channel)).isEqualTo("ERR INVALID-ARGUMENT\n");
    }

    private static void advance(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private EmbeddedChannel open() {
        return new EmbeddedChannel(new Connection(this::requestHandler, fixture.shared()));
    }

    private RequestHandler requestHandler(Connection connection) {
        return new RequestHandler(fixture.service, "192.0.2.7", connection::close);
    }

    private String exchange(String requests, int cut) {
        EmbeddedChannel channel = open();
        send(channel, requests.substring(0, cut));
        send(channel, requests.substring(cut));
        String replies = received(channel);
        channel.finishAndReleaseAll();
        return replies;
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String received(EmbeddedChannel channel) {
        var text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return text.toString();
    }
}
