package org.cobnut.drivers.netxml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Any text as a page of a card: it is read, or refused with a reason. */
class XmlFuzz {
    @FuzzTest(maxDuration = "3s")
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String page : new String[] {text, "<SUMMARY><OBJECT name=\"a\">" + text + "</OBJECT></SUMMARY>"}) {
            try {
                XmlPage.parse("/page", page).link("GET_OBJECT");
            } catch (IOException reason) {
                if (reason.getMessage() == null) throw new AssertionError("no reason");
            }
        }
    }
}
