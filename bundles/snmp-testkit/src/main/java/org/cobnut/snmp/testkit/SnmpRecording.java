package org.cobnut.snmp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** Recordings of real agents: lines {@code OID|TYPE|VALUE} as snmpsim has them, and {@code OID = TYPE: VALUE} as snmpwalk. */
public final class SnmpRecording {
    private static final Pattern WALKED = Pattern.compile("\\.?([0-9.]+) = ([A-Za-z0-9-]+): ?(.*)");

    /** The types of snmpwalk, as tags of snmpsim. */
    private static final Map<String, String> TAGS = Map.of(
            "INTEGER", "2",
            "Hex-STRING", "4x",
            "OID", "6",
            "IpAddress", "64",
            "Counter32", "65",
            "Gauge32", "66",
            "Timeticks", "67",
            "Counter64", "70");

    /** Bytes that snmpwalk prints in one line. */
    private static final int LINE = 16;

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
            Matcher walked = WALKED.matcher(line);
            if (walked.matches())
                objects.put(walked.group(1), value(TAGS.getOrDefault(walked.group(2), "4"), plain(walked.group(3))));
        }
        return objects;
    }

    /** Without quotes, the words of an enumeration, dots in front, and blanks between bytes. */
    private static String plain(String text) {
        if (text.matches("\".*\"")) return text.substring(1, text.length() - 1);
        if (text.matches("[0-9A-F]{2}( [0-9A-F]{2})* ?")) return text.replace(" ", "");
        return text.replaceFirst("^\\((\\d+)\\).*", "$1")
                .replaceFirst("^[A-Za-z]\\w*\\((-?\\d+)\\)$", "$1")
                .replaceFirst("^\\.(?=\\d)", "");
    }

    /** Some recordings hold, behind the first sixteen bytes, the further lines in which snmpwalk prints the rest in hexadecimal. */
    private static byte[] unfolded(byte[] bytes) {
        if (bytes.length <= LINE || bytes[LINE] != '\n') return bytes;
        String rest = new String(bytes, LINE, bytes.length - LINE, StandardCharsets.ISO_8859_1);
        if (!rest.matches("(\\s+[0-9A-F]{2})+\\s*")) return bytes;
        byte[] more = HexFormat.of().parseHex(rest.replaceAll("\\s", ""));
        byte[] all = Arrays.copyOf(bytes, LINE + more.length);
        System.arraycopy(more, 0, all, LINE, more.length);
        return all;
    }

    private static Variable value(String tag, String text) {
        try {
            return switch (tag) {
                case "2" -> new Integer32(Integer.parseInt(text));
                case "4" -> new OctetString(text.getBytes(StandardCharsets.ISO_8859_1));
                case "4x" -> new OctetString(unfolded(HexFormat.of().parseHex(text.replaceFirst("^0x", ""))));
                case "4:writecache" -> value("4", text.replaceFirst("^value=", ""));
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
