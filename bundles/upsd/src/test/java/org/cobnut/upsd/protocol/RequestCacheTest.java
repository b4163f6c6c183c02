package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.cobnut.model.Health;
import org.cobnut.upsd.net.Connection;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.registry.Section;
import org.cobnut.wire.Request.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCacheTest {
    private static final Query STATUS = new Query(Query.Subject.VAR, "demo", "ups.status");
    private static final String LINE = "GET VAR demo ups.status\n";

    private final Fixture fixture = new Fixture();
    private final RequestCache requestCache = new RequestCache();

    @Test
    void readsAKnownLineAndLeavesWhatFollows() {
        requestCache.keep(STATUS);
        ByteBuf bytes = bytes(LINE + "VER\n");
        assertThat(requestCache.read(bytes)).isEqualTo(STATUS);
        assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("VER\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET VAR demo ups.status",
                "GET VAR demo ups.statu\n",
                "GET VAR demo ups.status2\n",
                "get VAR demo ups.status\n",
                " GET VAR demo ups.status\n",
                "GET VAR demo \"ups.status\"\n",
                "\n",
                "",
            })
    void leavesEverythingElseAsItIs(String other) {
        requestCache.keep(STATUS);
        ByteBuf bytes = bytes(other);
        assertThat(requestCache.read(bytes)).isNull();
        assertThat(bytes.readableBytes()).isEqualTo(other.length());
    }

    @Test
    void keepsNoLineThatIsLong() {
        String name = "x".repeat(RequestCache.LONGEST);
        requestCache.keep(new Query(Query.Subject.VAR, "demo", name));
        assertThat(requestCache.read(bytes("GET VAR demo " + name + "\n"))).isNull();
    }

    @Test
    void takesNamesForWhatTheyAre() {
        var odd = new Query(Query.Subject.VAR, "two words", "say \"#\\=");
        requestCache.keep(odd);
        assertThat(requestCache.read(bytes(odd.line() + "\n"))).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE,
                "LIST VAR demo\n",
                "get var demo ups.status\n",
                "GET VAR DEMO ups.status\n",
                "GET  VAR demo ups.status more\r\n",
                "GET VAR demo no.such\n",
                "GET NUMLOGINS demo\n",
            })
    void aRepeatedRequestIsAnsweredLikeTheFirstInWhateverPieces(String request) {
        EmbeddedChannel channel = channel();
        String first = say(channel, request);
        assertThat(say(channel, request + request)).isEqualTo(first + first);
        for (int cut = 1; cut < request.length(); cut++)
            assertThat(say(channel, request.substring(0, cut)) + say(channel, request.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(first);
    }

    @Test
    void aRepeatedRequestShowsWhatIsThereNow() {
        EmbeddedChannel channel = channel();
        assertThat(say(channel, LINE) + say(channel, LINE)).isEqualTo("VAR demo ups.status \"OL\"\n".repeat(2));
        fixture.registry.find("demo").orElseThrow().latchFsd();
        assertThat(say(channel, LINE)).isEqualTo("VAR demo ups.status \"FSD OL\"\n");
        fixture.show(new Health.Stale(Instant.EPOCH, "test"));
        assertThat(say(channel, LINE)).isEqualTo("ERR DATA-STALE\n");
        fixture.registry.removeSection(
                fixture.registry.find("demo").orElseThrow().section().orElseThrow());
        assertThat(say(channel, LINE)).isEqualTo("ERR UNKNOWN-UPS\n");
    }

    @Test
    void listUpsShowsWhatIsThereNow() {
        EmbeddedChannel channel = channel();
        var third = new Section("third", "Added", 2);
        String before = say(channel, "LIST UPS\n");
        assertThat(say(channel, "LIST UPS\n")).isEqualTo(before).doesNotContain("third");
        fixture.registry.addSection(third);
        assertThat(say(channel, "LIST UPS\n")).contains("UPS third \"Added\"\n");
        fixture.registry.removeSection(third);
        assertThat(say(channel, "LIST UPS\n")).isEqualTo(before);
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(new Connection(
                connection -> new RequestHandler(fixture.service, "192.0.2.7", connection::close), fixture.shared()));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String say(EmbeddedChannel channel, String text) {
        channel.writeInbound(bytes(text));
        var replies = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            replies.append(out.toString(StandardCharsets.US_ASCII));
            out.release();
        }
        return replies.toString();
    }
}
