package org.cobnut.drivers.apcupsd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cobnut.testkit.TestReport;

/** Any bytes as the answer of apcupsd: they are told as values, or refused with a reason. */
class NisFuzz {
    @FuzzTest(maxDuration = "3s")
    void readsAnything(byte[] bytes) throws IOException {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String answer : new String[] {text, Nis.records(text.isEmpty() ? ":" : text)}) {
            var session = new Nis().says(answer.isEmpty() ? "\0\0" : answer).session();
            try {
                var report = new TestReport().poll(session);
                for (String value : report.values().values())
                    if (value.isEmpty()) throw new AssertionError("an empty value");
            } catch (IOException reason) {
                if (reason.getMessage() == null) throw new AssertionError("no reason");
            }
        }
    }
}
