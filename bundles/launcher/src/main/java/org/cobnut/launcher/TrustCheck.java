package org.cobnut.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.deploy.jar.TrustedSigners;
import org.cobnut.launcher.framework.InstallPolicy;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.DriverJar;
import org.cobnut.launcher.program.NutConf;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;

/** Says which jars of a directory COBNUT_LOCKED=yes would refuse, before it is switched on: nutctl trust check. */
final class TrustCheck {
    private TrustCheck() {}

    /**
     * Takes the directory of the jars, that of the configuration, and jars to look at in place of the directory's; with {@code
     * --json} among these it prints JSON.
     */
    public static void main(String[] arguments) {
        try {
            List<Path> jars = new ArrayList<>();
            var words = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
            boolean json = words.remove("--json");
            for (String jar : words) jars.add(Path.of(jar));
            if (jars.isEmpty()) jars.addAll(DriverJar.jars(Path.of(arguments[0])));
            System.exit(check(jars, Path.of(arguments[1]), json) ? 0 : 1);
        } catch (IOException wrong) {
            System.err.println(
                    "nutctl trust: cannot read the drivers in " + arguments[0] + ": " + ErrorText.withFile(wrong));
            System.exit(1);
        } catch (StartException wrong) {
            System.err.println("nutctl trust: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /** Prints a line for each jar, and tells whether all would run. */
    private static boolean check(List<Path> jars, Path conf, boolean json) throws StartException {
        var problems = new ArrayList<String>();
        var signers = new TrustedSigners(conf.resolve("vendors"), problem -> {
            if (!problems.contains(problem)) problems.add(problem);
        });
        var columns = Columns.separatedBy(": ", "JAR", "RESULT");
        int refused = 0;
        for (Path jar : jars) {
            String objection =
                    Files.isReadable(jar) ? InstallPolicy.objection(jar, signers) : "it is not there, or not readable";
            columns.row(String.valueOf(jar.getFileName()), objection.isEmpty() ? "trusted" : "refused: " + objection)
                    .with("result", objection.isEmpty() ? "trusted" : "refused")
                    .with("reason", Optional.of(objection).filter(text -> !text.isEmpty()));
            if (!objection.isEmpty()) refused++;
        }
        System.out.println(json ? columns.json() : columns);
        problems.forEach(System.err::println);
        boolean locked = NutConf.in(conf).locked();
        (json ? System.err : System.out)
                .println("%d of %d jars %s refused; COBNUT_LOCKED is %s in %s"
                        .formatted(
                                refused,
                                jars.size(),
                                locked ? "are" : "would be",
                                locked ? "on" : "off",
                                conf.resolve("nut.conf")));
        return refused == 0;
    }
}
