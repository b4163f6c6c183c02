package org.cobnut.drivers.apcsmart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A Smart-UPS on its serial port: letters, alerts, settings that step through their choices. */
final class SmartUps extends SerialSimulator {
    private static final int TEXT_LENGTH = 8;
    private static final String TEXTS = "cx";

    private final Map<Character, String> values = new TreeMap<>();
    private final Map<Character, List<String>> choices = new TreeMap<>();
    private String letters;
    private char current;
    private boolean typing;
    private boolean smart;

    /** A Smart-UPS 1500 that lists its letters. */
    SmartUps() {
        this("3.!$%+?=#|.\u0001\u000e\u001a')+-/789<>@ABCDEFGKLMNOPQRSUVWXYZabcefgjklmnopqrsuxyz~\u007f");
        says('\u0001', "Smart-UPS 1500")
                .says('n', "AS0123456789")
                .says('m', "01/15/05")
                .says('b', "601.3.I");
        says('V', "FWI")
                .says('c', "UPS_IDEN")
                .says('x', "01/15/05")
                .says('Q', "08")
                .says('X', "NO")
                .says('G', "S");
        says('B', "27.43")
                .says('C', "036.0")
                .says('F', "50.00")
                .says('L', "230.4")
                .says('M', "232.5");
        says('N', "229.0")
                .says('O', "230.4")
                .says('P', "023.4")
                .says('f', "100.0")
                .says('j', "0047:");
        says('g', "024")
                .says('9', "FF")
                .says('/', "01.55")
                .says('>', "000")
                .says('7', "08")
                .says('8', "00");
        says('<', "000").says('y', "(C) APCC");
        choice('u', "253", "257", "261", "265").choice('l', "208", "204", "200", "196");
        choice('e', "00", "15", "50", "90")
                .choice('o', "230", "240", "220", "225")
                .choice('s', "H", "M", "L", "L");
        choice('q', "02", "05", "07", "10").choice('p', "020", "060", "180", "300");
        choice('k', "0", "T", "L", "N").choice('r', "000", "060", "180", "300").choice('E', "336", "168", "ON ", "OFF");
        says('\u001a', capabilities());
    }

    private SmartUps(String list) {
        this.letters = list;
    }

    /** The value of a setting as it stands now. */
    String value(char letter) {
        return values.getOrDefault(letter, "");
    }

    /** A unit of before 1995, which tells neither its letters nor its settings. */
    static SmartUps old() {
        var ups = new SmartUps("");
        ups.says('V', "7TI")
                .says('Q', "08")
                .says('L', "229.6")
                .says('O', "229.6")
                .says('B', "27.20");
        ups.says('P', "011.0")
                .says('C', "029.0")
                .says('f', "100.0")
                .says('F', "50.00")
                .says('X', "OK")
                .says('G', "O");
        ups.says('j', "0060:")
                .says('n', "WS9512345678")
                .says('m', "03/20/95")
                .says('c', "UPS_IDEN")
                .says('x', "03/20/95");
        return ups;
    }

    /** Answers a letter from now on. */
    SmartUps says(char letter, String text) {
        values.put(letter, text);
        return this;
    }

    SmartUps without(char letter) {
        values.remove(letter);
        letters = letters.replace(String.valueOf(letter), "");
        return this;
    }

    /** It lists one letter more. */
    SmartUps knowing(char letter) {
        letters += letter;
        return this;
    }

    private SmartUps choice(char letter, String... all) {
        choices.put(letter, List.of(all));
        return says(letter, all[0]);
    }

    private String capabilities() {
        var text = new StringBuilder("#uD43132135138129uM43229234239224");
        choices.forEach((letter, all) -> {
            text.append(letter).append("ul".indexOf(letter) < 0 ? '4' : 'I').append(all.size());
            text.append(all.get(0).length());
            all.forEach(text::append);
        });
        return text.toString();
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    @Override
    protected int requestLength(String text) {
        if (typing) return text.length() < TEXT_LENGTH ? 0 : TEXT_LENGTH;
        if (text.charAt(0) == '@') return text.length() < 4 ? 0 : 4;
        return 1;
    }

    @Override
    protected List<String> answer(String request) {
        if (typing) {
            typing = false;
            values.put(current, request.replace("\r", "").strip());
            return List.of("|OK\r\n");
        }
        char letter = request.charAt(0);
        return reply(letter).map(text -> List.of(text + "\r\n")).orElse(List.of());
    }

    private Optional<String> reply(char letter) {
        if (letter == 'Y') {
            smart = true;
            return Optional.of("SM");
        }
        if (!smart) return Optional.empty();
        return switch (letter) {
            case 'a' -> letters.isEmpty() ? Optional.of("NA") : Optional.of(letters);
            case '-' -> edit();
            case 'R' -> {
                smart = false;
                yield Optional.of("BYE");
            }
            case 'S', 'U', 'W', 'D', 'A', '@', '\u007f' -> Optional.of("OK");
            case 'K' -> Optional.of("*");
            case 'Z', '\u000e' -> Optional.empty();
            case '^' -> Optional.of("BYP");
            default -> {
                current = letter;
                yield Optional.of(values.getOrDefault(letter, "NA"));
            }
        };
    }

    private Optional<String> edit() {
        if (TEXTS.indexOf(current) >= 0) {
            typing = true;
            return Optional.empty();
        }
        List<String> all = choices.get(current);
        if (all == null) return Optional.of("NO");
        var next = new ArrayList<>(all);
        int at = next.indexOf(values.get(current));
        values.put(current, all.get((at + 1) % all.size()));
        return Optional.of("|OK");
    }
}
