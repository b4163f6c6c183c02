package org.cobnut.snmp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/** Recordings of real agents, lines {@code OID|TYPE|VALUE} as snmpsim has them. */
public final class SnmpRecording {
    private SnmpRecording() {}

    /** The objects of a file. */
    public static Map<String, Variable> read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** The objects of a text; what is no line of a recording is left out. */
    public static Map<String, Variable> parse(String text) {
        var objects = new TreeMap<String, Variable>();
        for (String line : text.split("\r?\n")) {
            String[] words = line.strip().split("\\|", 3);
            if (words.length == 3 && words[0].matches("[0-9.]+"))
                objects.put(words[0].replaceFirst("^\\.", ""), value(words[1], words[2]));
        }
        return objects;
    }

    private static Variable value(String tag, String text) {
        try {
            return switch (tag) {
                case "2" -> new Integer32(Integer.parseInt(text));
                case "4" -> new OctetString(text.getBytes(StandardCharsets.ISO_8859_1));
                case "4x" -> new OctetString(HexFormat.of().parseHex(text.replaceFirst("^0x", "")));
                case "6" -> new OID(text);
                case "64" -> new IpAddress(text);
                case "64x" -> new IpAddress(HexFormat.of().parseHex(text));
                case "65" -> new Counter32(Long.parseLong(text));
                case "66" -> new Gauge32(Long.parseLong(text));
                case "67" -> new TimeTicks(Long.parseLong(text));
                case "68" -> new Opaque(text.getBytes(StandardCharsets.ISO_8859_1));
                case "70" -> new Counter64(Long.parseUnsignedLong(text));
                default -> Null.instance;
            };
        } catch (IllegalArgumentException unfit) {
            return new OctetString(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
