package org.cobnut.launcher;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.DriverJar;

/** Lists the variables and flags of a driver. Asks the driver's class, without a framework. */
final class DriverOptions {
    /** One of them. */
    record Variable(String name, boolean flag, String description) {
        /** As -h of NUT's drivers shows it. */
        String help() {
            return flag ? "%s : -x %s".formatted(description, name) : "%s : -x %s=<value>".formatted(description, name);
        }

        /** As -L of NUT's drivers shows it. */
        String parsable() {
            return "%s %s \"%s\"".formatted(flag ? "FLAG" : "VALUE", name, description.replace("\"", "'"));
        }
    }

    private DriverOptions() {}

    static List<Variable> of(Path jar, String driver, Path system) throws StartException {
        try (var loader = new URLClassLoader(path(jar, system), DriverOptions.class.getClassLoader())) {
            var type = loader.loadClass(DriverJar.implementation(jar, driver));
            var options = call(instance(type), "options");
            var all = new ArrayList<Variable>();
            for (var option : (List<?>) call(options, "all")) {
                all.add(new Variable(
                        call(option, "name").toString(),
                        call(option, "kind").toString().equals("FLAG"),
                        call(option, "description").toString()));
            }
            return all;
        } catch (IOException | ReflectiveOperationException e) {
            throw new StartException("%s does not tell its options: %s".formatted(jar, e));
        }
    }

    /** Creates a driver without what a runtime gives to its constructor; no driver's options depend on that. */
    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        ReflectiveOperationException wrong = new NoSuchMethodException(type + " has no constructor");
        var constructors = new ArrayList<>(List.of(type.getDeclaredConstructors()));
        constructors.sort(Comparator.comparingInt(Constructor::getParameterCount));
        for (var constructor : constructors) {
            constructor.setAccessible(true);
            try {
                return constructor.newInstance(new Object[constructor.getParameterCount()]);
            } catch (InvocationTargetException e) {
                wrong = e;
            }
        }
        throw wrong;
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static URL[] path(Path jar, Path system) throws IOException {
        var urls = new ArrayList<URL>(List.of(jar.toUri().toURL()));
        try (var jars = Files.list(system)) {
            for (var each : jars.sorted().toList()) urls.add(each.toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }
}
