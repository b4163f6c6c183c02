package org.cobnut.table.grammar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cobnut.table.TableSession;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.testkit.TestReport;

/** Any bytes as a mapping file, on top of a good one: they make a table that can be polled, or faults that have a line. */
class MappingFuzz {
    private static final byte[] PARENT = """
            mapping base 1 oid
            base   1.3
            lookup source 3=OL 5=OB
            status .1 lookup source
            when ups.load
                for i 1 to 3
                    var input.L{i}.voltage .2.{i} times 0.1
                end
            end
            for i 1 to outlet.count most 4
                set outlet.{i}.status .3.{i} 0=off 1=on
            end
            keep ups.delay.start 30 range 0 600
            command load.off .4 {ups.delay.start} then .5 {argument:1}
            """.getBytes(StandardCharsets.US_ASCII);

    @FuzzTest(maxDuration = "5s")
    void readsAnything(byte[] bytes) throws IOException {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try {
            MappingFile parent = MappingFile.parse("base.map", PARENT);
            MappingFile file = MappingFile.parse("fuzz.map", headed(bytes));
            poll(MappingCompiler.compile(Kinds.OID, file, child -> child.parent()
                    .filter("base"::equals)
                    .map(name -> parent)
                    .filter(known -> !child.equals(known))));
        } catch (MappingException e) {
            for (Fault fault : e.faults()) {
                require(fault.line() >= 0, "a line below 0");
                require(!fault.reason().isEmpty() && !fault.reason().equals("null"), "no reason: " + fault);
            }
            require(!e.faults().isEmpty() && e.faults().size() <= 20, "no faults, or too many");
        }
    }

    /** With a good head, for few inputs would have one; but as it is when it begins with a zero. */
    private static byte[] headed(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == 0) return bytes;
        var text = new ByteArrayOutputStream();
        text.writeBytes("mapping fuzz 1 oid\n".getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(bytes);
        return text.toByteArray();
    }

    private static void poll(Mapping<String> mapping) throws IOException {
        var wire = new Kinds.Memory<String>() {
            @Override
            Optional<String> answer(String address) {
                return Optional.of(Integer.toString(address.length() % 4));
            }
        };
        var session = new TableSession<>(wire, mapping.table());
        var report = new TestReport();
        try {
            report.poll(session);
            report.poll(session);
        } catch (IOException unfit) {
            require(unfit.getMessage() != null, "no message");
        }
        session.origins();
        for (String command : report.commands()) session.run(command, "");
        for (String variable : report.values().keySet()) session.set(variable, "1");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
