package org.cobnut.recall;

import java.util.function.IntConsumer;

/** Code that ends the process, in every way that a driver's might; loaded anew without them. */
@SuppressWarnings("unused")
final class Quitter {
    private Quitter() {}

    static void system() {
        System.exit(0);
    }

    static void runtime() {
        Runtime.getRuntime().exit(0);
    }

    static void halt() {
        Runtime.getRuntime().halt(0);
    }

    static void reference() {
        IntConsumer end = System::exit;
        end.accept(0);
    }

    static void boundReference() {
        IntConsumer end = Runtime.getRuntime()::halt;
        end.accept(0);
    }

    static void inACatchAll() {
        try {
            System.exit(0);
        } catch (RuntimeException e) {
            return;
        }
    }
}
