package org.cobnut.drivers.metasys;

/**
 * A number in the answer to a command, or a command to send.
 *
 * @param at the byte that it begins with; the command itself is byte 0
 */
record Place(int command, int at, Shape shape) {
    /** How a number is written; the lowest byte comes first. */
    enum Shape {
        BYTE(1),
        WORD(2),
        LONG(4),
        /** Nothing is read here. */
        ORDER(0);

        private final int length;

        Shape(int length) {
            this.length = length;
        }
    }

    static Place octet(int command, int at) {
        return new Place(command, at, Shape.BYTE);
    }

    static Place word(int command, int at) {
        return new Place(command, at, Shape.WORD);
    }

    static Place duration(int command, int at) {
        return new Place(command, at, Shape.LONG);
    }

    static Place order(int command) {
        return new Place(command, 0, Shape.ORDER);
    }

    /** Whether an answer has it. */
    boolean within(String answer) {
        return at + shape.length <= answer.length();
    }

    /** The number; words and longs have a sign. */
    int read(String answer) {
        int number = 0;
        for (int i = shape.length - 1; i >= 0; i--) number = number << 8 | answer.charAt(at + i);
        return shape == Shape.WORD ? (short) number : number;
    }
}
