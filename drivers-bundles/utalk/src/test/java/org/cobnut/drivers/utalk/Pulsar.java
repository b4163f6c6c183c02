package org.cobnut.drivers.utalk;

import java.util.List;
import org.cobnut.testkit.serial.AnswerTable;

/** A Pulsar EXtreme that speaks U-Talk. */
final class Pulsar extends AnswerTable {
    Pulsar() {
        super("\r\n");
        says("Si", "3000 51 0\r\n").says("Si 1", "Pulsar EXtreme 700C 16\r\n");
        says("Ai", "1\r\n");
        says("Ss", "0000000000\r\n")
                .says("Bs", "0100000000\r\n")
                .says("Ls", "0000000000\r\n")
                .says("Ps", "00000000\r\n");
        says("Bl", "1000\r\n")
                .says("Bn", "768\r\n")
                .says("Bv", "273\r\n")
                .says("Bl ?", "45\r\n")
                .says("Bv ?", "240\r\n");
        says("St", "310\r\n")
                .says("Ll", "520\r\n")
                .says("Sm ?", "60\r\n")
                .says("Sn ?", "40\r\n")
                .says("Bp ?", "10080\r\n");
        says("Lv", "2305\r\n").says("Lc", "13\r\n").says("Uv", "2402\r\n").says("Uf", "5000\r\n");
        says("Ee ?", "1840\r\n")
                .says("Eo ?", "2100\r\n")
                .says("Ea ?", "2500\r\n")
                .says("Eu ?", "2640\r\n");
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.matches("(Ax|Bl|Sm|Sn|Bp|Bx|Sx|Wx|Wy|Px|Ee|Eo|Ea|Eu) \\d+\r\n")) return List.of("OK\r\n");
        return super.answer(request);
    }
}
