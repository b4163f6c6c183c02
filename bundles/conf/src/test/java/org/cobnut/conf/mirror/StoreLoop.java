package org.cobnut.conf.mirror;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.stream.IntStream;
import org.cobnut.conf.files.NutFiles;
import org.osgi.framework.FrameworkUtil;

/** A process that writes ups.conf back all the time, with another number on every line of the section each time. */
final class StoreLoop {
    static final int LINES = 200;

    private StoreLoop() {}

    /** Writes until it is killed; the arguments are the directory and the number to begin
     * with. Says so with one byte when it has begun. */
    public static void main(String[] arguments) throws Exception {
        var persistence = new NutPersistence(new NutFiles(Path.of(arguments[0])));
        int first = Integer.parseInt(arguments[1]);
        for (int i = first; ; i++) {
            persistence.store("cobnut.ups~big", values(i));
            if (i == first) {
                System.out.write('!');
                System.out.flush();
            }
        }
    }

    private static Dictionary<String, Object> values(int number) {
        String[] options = IntStream.range(0, LINES)
                .mapToObj(line -> "line" + line + " = " + number)
                .toArray(String[]::new);
        return FrameworkUtil.asDictionary(
                Map.of("ups", "big", "driver", "dummy-ups", "port", "n" + number, "options", options));
    }
}
