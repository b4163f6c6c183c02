package org.cobnut.drivers.sec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit with the SEC protocol: it answers polls from a table, and keeps sets. */
final class SecUnit extends SerialSimulator {
    /** What an order is refused by. */
    volatile boolean refuses;

    private final String prefix;
    private final String separator;
    private final String accepted;
    private final String refused;
    private final Map<String, String> data = new TreeMap<>();
    private int speed;
    private String end = "";

    private SecUnit(String prefix, String separator, String accepted, String refused) {
        this.prefix = prefix;
        this.separator = separator;
        this.accepted = accepted;
        this.refused = refused;
    }

    static SecUnit gamatronic() {
        var unit = new SecUnit("^", ",", "1", "0")
                .says("AP1", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,19,20,21,22,23,24,36,37,38,39,43,44")
                .says("AP2", "51,54,55,56,59,64,65,68,69,76,77,81,83,84")
                .says("MAN", "NHS Sistemas de Energia")
                .says("MOD", "EXPERT GIII  8kVA")
                .says("VER", "EXOL(02).21")
                .says("UID", "92C08623BD6513AF")
                .says("NOM", "220,600,120,600,08000,05600,3,1,165,265,11172014,00365")
                .says("ST1", "0,0,1,00687,0063,087,1989,0012,27")
                .says("ST2", "0,1,599,2203,0051,1100")
                .says("ST3", "0,600,1,1209,0330,3990,049")
                .says("ST4", "600,1,1200,0,0")
                .says("ST5", "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0");
        unit.speed = 9600;
        return unit;
    }

    /**
     * One whose answers have at most 26 characters: NUT's driver copies longer ones over themselves, and what it reads then
     * depends on the processor. They end with CR, for which it waits a second otherwise.
     */
    static SecUnit terse() {
        SecUnit unit = gamatronic()
                .says("AP1", "7,10,19,20,22,23,24,36")
                .says("AP2", "51,55,56,68,69,76,77,81")
                .says("MAN", "NHS")
                .says("ST1", "0,0,1,687,63,87,1989,12,27")
                .says("ST3", "0,600,1,1209,330,3990,49")
                .says("ST5", "0,0,0,0,0,0,0,0,0,0,0,0,0");
        unit.speed = 1200;
        unit.end = "\r";
        return unit;
    }

    static SecUnit trippLite() {
        return new SecUnit("~00", ";", "A", "R")
                .says("AVL", "111111111111111111")
                .says("MNU", "Tripp Lite      ")
                .says("MOD", "SU1500RTXL2Ua   ")
                .says("VER", "13")
                .says("RAT", "120;600;120;600;1500;1050;0;0;0;95;65;138;125;0;48")
                .says("LET", "2")
                .says("UID", "rack 1")
                .says("TXV", "065;138")
                .says("VSN", "0")
                .says("ARB", "0")
                .says("STO", "0;600;1;1202;0017;0200;017")
                .says("STB", "0;0;0;0;0;0;0522;0003;024;100")
                .says("STA", "0;0;0;0;0;0")
                .says("STI", "1;600;1236")
                .says("TSR", "0")
                .says("ENV", "023;045;1;0;1;0");
    }

    static SecUnit belkin() {
        return new SecUnit("~00", ";", "A", "R")
                .says("MNU", "BELKIN")
                .says("MOD", "F6C1500-TW-RK")
                .says("VER", "002")
                .says("RAT", "120;600;120;600;1500;0900;24;088;150;0")
                .says("STA", "0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;1")
                .says("STB", "0;0;0;0;0;0;0272;0;025;100")
                .says("STI", "1;599;1189")
                .says("STO", "0;599;1;1195;0;0;017")
                .says("TSR", "1");
    }

    /** Answers a poll like this from now on; nothing for silence. */
    SecUnit says(String question, String answer) {
        data.put(question, answer);
        return this;
    }

    /** Changes one field of an answer, counted from 1. */
    void field(String question, int field, String value) {
        String[] fields = data.getOrDefault(question, "").split(separator, -1);
        fields[field - 1] = value;
        data.put(question, String.join(separator, fields));
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> request.startsWith(prefix + "S"))
                .map(request -> request.substring(prefix.length() + 4))
                .toList();
    }

    @Override
    protected boolean hears(int now) {
        return speed == 0 || now == speed;
    }

    @Override
    protected int requestLength(String text) {
        int head = prefix.length() + 4;
        if (!prefix.startsWith(text.substring(0, Math.min(text.length(), prefix.length())))) return 1;
        if (text.length() < head) return 0;
        int length = head + Integer.parseInt(text.substring(head - 3, head));
        return text.length() < length ? 0 : length;
    }

    @Override
    protected List<String> answer(String request) {
        if (!request.startsWith(prefix)) return List.of();
        String body = request.substring(prefix.length() + 4);
        String name = body.substring(0, 3);
        if (request.charAt(prefix.length()) == 'S') {
            if (refuses) return List.of(prefix + refused);
            if (Arrays.asList("UID", "TXV", "VSN", "ARB").contains(name)) data.put(name, body.substring(3));
            return List.of(prefix + accepted);
        }
        String answer = data.get(name);
        if (answer == null) return List.of(prefix + refused + end);
        return answer.isEmpty() ? List.of() : List.of("%sD%03d%s".formatted(prefix, answer.length(), answer) + end);
    }
}
