package org.cobnut.drivers.powerpanel;

import java.util.List;
import org.cobnut.testkit.serial.AnswerTable;

/** A UPS that PowerMaster+ knows. */
final class HashUps extends AnswerTable {
    HashUps() {
        super("\r");
        says("", "#-1\r").says("K19:OoNUTisAMAZINGoO", "#0\r").says("X19", "#74279F35A48F5F13\r");
        says("X41", "#1200,PE02022.002,000000000000,000000000000000000\r");
        says("X27", "#230,290,162,10,300\r").says("X72", "#1200,0720,230,40,70,05.20\r");
        flags(0x80, 0x84, 0xd0, 0x80, 0x80, 0xc0);
    }

    /** The flags of its status from now on. */
    HashUps flags(int... flags) {
        var text = new StringBuilder("#I239.0O237.0L007B100V27.0F50.1H50.1R040S");
        for (int flag : flags) text.append((char) flag);
        says("B", text + "\r");
        return this;
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.matches("(A|AU|KA|K60:[01])\r")) return List.of("#0\r");
        if (request.equals("AH\r")) return List.of("#-10\r");
        return super.answer(request);
    }
}
