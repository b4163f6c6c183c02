package org.cobnut.drivers.powerpanel;

import java.util.List;
import org.cobnut.testkit.serial.AnswerTable;

/** A CyberPower that speaks text. */
final class TextUps extends AnswerTable {
    static final String STATUS = "#I119.0O119.0L023B100T027F060.0S\u0080\u0084\r";

    TextUps() {
        super("\r");
        says("P4", "#CPS1250VA      ,2.202,000000000000,CYBER POWER    \r");
        says("P1", "#120,138,088,20\r").says("P2", "#1250,0700,120,47,63\r").says("P3", "#12.0,002,007\r");
        says("P6", "#130,138,140,150\r").says("P7", "#080,088,090,095\r").says("P8", "#15,20,25,30\r");
        says("D", STATUS);
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400 || speed == 0;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.matches("C[234]:\\d+\r")) {
            says("P" + "137".charAt(request.charAt(1) - '2'), "#120,140,088,20\r");
            return List.of("#0\r");
        }
        if (request.matches("(T|TL|CT|C7:[01]|C|[SZ].*)\r")) return List.of("#0\r");
        return super.answer(request);
    }
}
