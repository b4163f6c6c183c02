package org.cobnut.recall;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Code that never returns, in every way that a driver's might; loaded anew with the checks in it. */
@SuppressWarnings({"InfiniteLoopStatement", "InfiniteRecursion", "unused"}) // that is what it is for
final class Stubborn {
    private Stubborn() {}

    static void loop() {
        for (; ; ) Thread.onSpinWait();
    }

    static void loopThatCatchesAll() {
        while (true) {
            try {
                Thread.onSpinWait();
            } catch (Throwable e) {
                Thread.onSpinWait();
            }
        }
    }

    static void sleeper() {
        while (true) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }

    static void machine() {
        int state = 0;
        while (true) {
            switch (state) {
                case 0 -> state = 1;
                case 1 -> state = 2;
                default -> state = 0;
            }
        }
    }

    static void stream() {
        IntStream.generate(() -> 1).forEach(number -> {});
    }

    static void mutual() {
        while (true) there(0);
    }

    private static int there(int depth) {
        return depth > 100 ? depth : backAgain(depth);
    }

    private static int backAgain(int depth) {
        return there(depth + 1);
    }

    /** A class whose initialiser runs for a while. */
    static final class Table {
        static final int[] ROWS = new int[1000];

        static {
            for (int i = 0; i < ROWS.length; i++) ROWS[i] = row(i);
        }

        private Table() {}

        private static int row(int number) {
            return number + 1;
        }
    }

    /** And code that does return, with a loop, a branch of each kind and something on the stack at each. */
    static int sum(int most) {
        IntUnaryOperator twice = number -> number * 2;
        int sum = 0;
        for (int i = 0; i < most; i++) sum += i % 3 == 0 ? twice.applyAsInt(i) : i;
        int rest = most;
        do sum += rest > 10 ? 1 : 2;
        while (--rest > 0);
        return sum;
    }
}
