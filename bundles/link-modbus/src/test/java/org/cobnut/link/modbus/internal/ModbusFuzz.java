package org.cobnut.link.modbus.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.modbus.ModbusLink;

/** Any bytes as responses: each call ends with values or with a reason, whatever comes. */
class ModbusFuzz {
    @FuzzTest(maxDuration = "3s")
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        ask(Lines.over(new Bytes(bytes), new RtuCodec()));
        ask(Lines.over(new Bytes(bytes), new TcpCodec()));
        ask(Lines.over(new Bytes(bytes), new ReportCodec()));
        ModbusReports.of(bytes);
    }

    private static void ask(ModbusLink link) {
        Call[] calls = {
            () -> link.readHoldingRegisters(0, 3),
            () -> link.readCoils(0, 9),
            () -> link.readIdentification(3, 0),
            () -> link.writeRegister(0, 1)
        };
        for (Call call : calls) {
            try {
                call.run();
            } catch (IOException reason) {
                if (reason.getMessage() == null || reason.getMessage().isBlank()) throw new AssertionError("no reason");
            }
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    /** These bytes behind each request, and then silence. */
    private static final class Bytes implements ByteLink {
        private final byte[] all;
        private int at;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public void write(byte[] request) {
            at = 0;
        }

        @Override
        public int read(byte[] into, Duration wait) {
            int count = Math.min(into.length, all.length - at);
            System.arraycopy(all, at, into, 0, count);
            at += count;
            return count;
        }

        @Override
        public void discard() {
            at = all.length;
        }

        @Override
        public void close() {}
    }
}
