package org.cobnut.drivers.apcupsd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.cobnut.driver.Session;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.ReplayedLink;

/** What an apcupsd says, as bytes and as a link. */
final class Nis {
    static final String REQUEST = "\0\6status";

    /** A Smart-UPS on the mains, with every key that means something. */
    static final String SMART = """
            APC      : 001,051,1148
            DATE     : 2026-02-09 21:13:11 +0000
            HOSTNAME : nas
            UPSNAME  : rack
            MODEL    : Smart-UPS 1500
            STATUS   : TRIM ONLINE
            LINEV    : 247.0 Volts
            LOADPCT  : 9.3 Percent
            LOADAPNT : 11.5 Percent
            BCHARGE  : 100.0 Percent
            TIMELEFT : 128.5 Minutes
            MBATTCHG : 5 Percent
            MINTIMEL : 3 Minutes
            MAXLINEV : 250.9 Volts
            MINLINEV : 246.9 Volts
            OUTPUTV  : 218.4 Volts
            OUTCURNT : 1.27 Amps
            SENSE    : High
            DWAKE    : 60 Seconds
            DSHUTD   : 180 Seconds
            LOTRANS  : 196.0 Volts
            HITRANS  : 253.0 Volts
            RETPCT   : 15.0 Percent
            ITEMP    : 30.6 C
            BATTV    : 27.6 Volts
            LINEFREQ : 50.0 Hz
            LASTXFER : High line voltage
            SELFTEST : NO
            STESTI   : 336
            STATFLAG : 0x0500000A
            MANDATE  : 07/13/19
            SERIALNO : AS1929221308
            BATTDATE : 2025-11-15
            NOMINV   : 230 Volts
            NOMOUTV  : 230 Volts
            NOMBATTV : 24.0 Volts
            NOMPOWER : 980 Watts
            NOMAPNT  : 1400 VA
            LOAD_W   : 91.1 Watts
            LOAD_VA  : 161.0 VA
            FIRMWARE : 70.11.I / 2.4
            END APC  : 2026-02-09 21:13:26 +0000
            """;

    private final Conversation conversation = new Conversation();
    private final AtomicLong time = new AtomicLong();
    private int opened;
    private ReplayedLink link = new ReplayedLink(conversation);

    /** The records of a status, a character a byte. */
    static String records(String status) {
        return status.lines()
                        .map(line -> line.endsWith("\n") ? line : line + "\n")
                        .map(line -> (char) (line.length() >> 8) + "" + (char) (line.length() & 0xff) + line)
                        .collect(Collectors.joining())
                + "\0\0";
    }

    static byte[] bytes(String records) {
        return records.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Nis of(String status) {
        return new Nis().says(records(status));
    }

    /** From now on it answers so. */
    Nis says(String raw) {
        conversation.answer(REQUEST, raw);
        return this;
    }

    /** The link that was opened last. */
    ReplayedLink link() {
        return link;
    }

    int opened() {
        return opened;
    }

    int asked() {
        return link.asked().size();
    }

    void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    Session session() throws java.io.IOException {
        return session(Integer.MAX_VALUE);
    }

    /** A session to which bytes come so many at a time. */
    Session session(int chunk) throws java.io.IOException {
        return new ApcupsdSession(
                NisClient.connect(() -> {
                    opened++;
                    link = new ReplayedLink(conversation).inPiecesOf(chunk);
                    return link;
                }),
                time::get);
    }
}
