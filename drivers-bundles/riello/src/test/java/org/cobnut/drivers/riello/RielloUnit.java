package org.cobnut.drivers.riello;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A Riello UPS: 1 kVA, single-phase and with GPSER, or 60 kVA, three-phase and with SENTR. */
abstract class RielloUnit extends SerialSimulator {
    /** What a unit tells that changes. */
    boolean onBattery;

    boolean low;
    boolean off;
    boolean refuses;
    /** Whether it sends what is no answer when it is asked in SENTR, for which NUT's driver would wait for 5 s. */
    boolean noisy;

    /** One with GPSER; its answers have a CRC, or a sum. */
    static final class Gpser extends RielloUnit {
        private final boolean crc;
        private final String type;
        private final String unknown;

        Gpser(boolean crc) {
            this(crc, "1", "");
        }

        /** @param unknown {@code unknown} for a unit that does not know its battery and has no bypass */
        Gpser(boolean crc, String type, String unknown) {
            this.crc = crc;
            this.type = type;
            this.unknown = unknown;
        }

        @Override
        protected int requestLength(String text) {
            return text.charAt(0) == '\2' ? text.indexOf('\3') + 1 : 1;
        }

        @Override
        protected List<String> answer(String request) {
            if (request.length() < 12) return noisy ? List.of("\u00b0\u00a4" + "x".repeat(162)) : List.of();
            String letters = request.substring(3, 5);
            boolean checkedByCrc = crc && !letters.equals("GI");
            String body = request.substring(0, request.length() - 5);
            if (!request.equals(body + check(body, checkedByCrc) + "\3")) return List.of();
            String data =
                    switch (letters) {
                        case "GI" -> identity();
                        case "GN" -> ratings(type.equals("1") ? 1 : 100);
                        case "RS" -> status();
                        case "RE" -> "0".repeat(16) + hex(33, 4) + hex(34, 4) + hex(35, 4) + powers(500) + powers(600);
                        default -> "";
                    };
            String reply = refuses
                    ? "\2!\"\u0015"
                    : "\2" + (char) (0x21 + data.length()) + '"' + letters + hex(data.length(), 2) + data;
            return List.of(reply + check(reply, checkedByCrc) + "\3");
        }

        private String identity() {
            return "UO10SN0123456789".substring(0, 16) + "Sentinel Pro 10 " + "SWM035-01-07" + type + "000"
                    + (crc ? "1" : "0") + "0020000";
        }

        private static String ratings(int factor) {
            return hex(1000L * factor, 5) + hex(800L * factor, 5) + hex(36, 3) + hex(75, 3) + hex(230, 3) + hex(500, 3);
        }

        private static String powers(int first) {
            return hex(first, 5) + hex(first + 1L, 5) + hex(first + 2L, 5);
        }

        private String status() {
            String codes =
                    hex((onBattery ? 2 : 0) + (low ? 1 : 0) + (off ? 0 : 8), 1) + "0" + (onBattery ? "0" : "4") + "00";
            String line = hex(500, 3) + hex(onBattery ? 0 : 231, 3) + hex(501, 3) + hex(230, 3) + hex(28, 2);
            String rest = unknown.isEmpty()
                    ? hex(500, 3) + hex(229, 3) + hex(408, 4) + hex(97, 2) + hex(42, 3) + hex(34, 2)
                    : "??????" + hex(408, 4) + "???????";
            if (type.equals("1")) return codes + line + rest;
            String third = hex(232, 3) + hex(233, 3);
            String out = hex(228, 3) + hex(30, 2) + hex(227, 3) + hex(226, 3) + hex(35, 2) + hex(225, 3);
            return codes + line + rest + third + (type.equals("3") ? "" : out);
        }

        private static String check(String text, boolean crc) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return hex(GpserFrame.check(bytes, bytes.length, crc), 4);
        }

        private static String hex(long number, int digits) {
            return GpserFrame.digits(number, digits);
        }
    }

    /** One with SENTR. */
    static final class Sentr extends RielloUnit {
        private final int model;
        private final boolean precise;

        Sentr(int model, boolean precise) {
            this.model = model;
            this.precise = precise;
        }

        @Override
        protected int requestLength(String text) {
            if (text.charAt(0) != 176) return 1;
            return text.length() < 5 ? 0 : 5;
        }

        @Override
        protected List<String> answer(String request) {
            int form = request.charAt(0);
            if (form == 192 || form == 240) return List.of(frame(form, 103));
            return request.equals("\u00b0g\1\0\30") ? List.of(frame(176, 164)) : List.of();
        }

        private String frame(int form, int length) {
            var frame = new int[length];
            frame[0] = form;
            frame[1] = length;
            word(frame, 2, model);
            word(frame, 4, 194);
            word(frame, 6, 17);
            frame[8] = 99;
            frame[31] = (onBattery ? 8 : 0) + (low ? 16 : 0);
            frame[34] = off ? 4 : 0;
            for (int i = 0; i < 3; i++) {
                frame[35 + i] = 100 + i;
                frame[59 + i] = 115 - i;
                frame[62 + i] = 90 + i;
                word(frame, 51 + 2 * i, form == 240 ? 114 + i : 229 + i);
            }
            word(frame, 41, 502);
            word(frame, 43, form == 192 ? 431 : 215 + 256 * 216);
            frame[48] = 28;
            word(frame, 57, 501);
            word(frame, 68, 500);
            frame[73] = 230;
            word(frame, 74, 65);
            frame[79] = 0x80;
            frame[100] = precise ? 1 : 0;
            if (length > 103)
                for (int i = 0; i < 3; i++) {
                    word(frame, 117 + 2 * i, 2300 + 10 * i);
                    word(frame, 129 + 2 * i, 2290 + 10 * i);
                    word(frame, 135 + 2 * i, 2280 + 10 * i);
                    word(frame, 141 + 2 * i, 510 + 10 * i);
                }
            int sum = 0;
            for (int i = 0; i < (length == 103 ? 100 : length - 2); i++) sum += frame[i];
            word(frame, length - 2, sum);
            var text = new StringBuilder();
            for (int one : frame) text.append((char) one);
            return text.toString();
        }

        private static void word(int[] frame, int at, int number) {
            frame[at] = number % 256;
            frame[at + 1] = number / 256 % 256;
        }
    }
}
