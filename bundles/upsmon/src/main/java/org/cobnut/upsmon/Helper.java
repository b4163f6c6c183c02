package org.cobnut.upsmon;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that root has left beside a upsmon that is another user: it knows which flag and which command are meant, and
 * no more than when to write the one and run the other is told to it (lib/helper of the distribution).
 */
final class Helper implements AutoCloseable {
    private final OutputStream orders;
    private final InputStream answers;
    private Optional<Delivery> meant = Optional.empty();

    private Helper(OutputStream orders, InputStream answers) {
        this.orders = orders;
        this.answers = answers;
    }

    /** The helper whose pipes lie in that directory; it waits for us, so this does not. */
    static Helper in(Path directory) throws IOException {
        var orders = new FileOutputStream(directory.resolve("orders").toFile());
        return new Helper(
                orders, new FileInputStream(directory.resolve("answers").toFile()));
    }

    /** Whether it would do what is wanted now; it began with what was wanted first. */
    boolean means(Delivery wanted) {
        Delivery first = meant.orElse(wanted);
        meant = Optional.of(first);
        return first.flag().equals(wanted.flag()) && first.shutdownCmd().equals(wanted.shutdownCmd());
    }

    /** Has POWERDOWNFLAG written, and does not wait for it. */
    void flag() throws IOException {
        orders.write('F');
    }

    /** Has POWERDOWNFLAG taken away again, and does not wait for it. */
    void unflag() throws IOException {
        orders.write('U');
    }

    /** Has SHUTDOWNCMD run, and waits until it has ended; its exit code. */
    int shutdown() throws IOException {
        orders.write('S');
        var code = new StringBuilder();
        for (int digit = answers.read(); digit != '\n'; digit = answers.read()) {
            if (digit < '0' || digit > '9' || code.length() > 3) throw new IOException("the helper has ended");
            code.append((char) digit);
        }
        return Integer.parseInt(code.toString());
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
    }
}
