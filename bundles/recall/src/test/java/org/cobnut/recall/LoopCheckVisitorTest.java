package org.cobnut.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoopCheckVisitorTest {
    @ParameterizedTest
    @ValueSource(strings = {"loop", "loopThatCatchesAll", "sleeper", "machine", "stream", "mutual"})
    void aThreadThatIsWantedComesBack(String name) throws Exception {
        Method method = woven().getDeclaredMethod(name);
        method.setAccessible(true);
        var there = new CountDownLatch(1);
        var call = new FutureTask<>(() -> {
            there.countDown();
            try {
                return method.invoke(null);
            } catch (InvocationTargetException e) {
                return e.getCause();
            }
        });
        var thread = new Thread(call);
        thread.setDaemon(true);
        thread.start();
        there.await();
        Recall.demand(thread, "it is late");
        assertThat(call.get(30, TimeUnit.SECONDS))
                .isInstanceOf(Recalled.class)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessage("it is late");
        Recall.over(thread);
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "runtime", "halt", "reference", "boundReference", "inACatchAll"})
    void nobodyEndsTheProcess(String name) throws Exception {
        try (var in = Quitter.class.getResourceAsStream("Quitter.class")) {
            byte[] code = in.readAllBytes();
            for (byte[] woven : List.of(LoopCheckVisitor.checked(code), LoopCheckVisitor.withoutExits(code))) {
                Method method = new Weaving(Quitter.class.getClassLoader())
                        .define(woven)
                        .getDeclaredMethod(name);
                method.setAccessible(true);
                assertThatThrownBy(() -> method.invoke(null))
                        .cause()
                        .isInstanceOf(ExitRefused.class)
                        .hasMessage("class org.cobnut.recall.Quitter tried to end the whole process");
            }
        }
    }

    @Test
    void whatReturnsReturnsTheSame() throws Exception {
        Method woven = woven().getDeclaredMethod("sum", int.class);
        woven.setAccessible(true);
        var other = new Thread();
        Recall.demand(other, "somebody else");
        for (int most : new int[] {0, 1, 100, 10_000})
            assertThat(woven.invoke(null, most)).isEqualTo(Stubborn.sum(most));
        Recall.over(other);
    }

    @Test
    void whoIsBackMayGoAgain() throws Exception {
        Method woven = woven().getDeclaredMethod("sum", int.class);
        woven.setAccessible(true);
        Recall.demand(Thread.currentThread(), "now");
        Assertions.assertThatThrownBy(() -> woven.invoke(null, 10)).hasCauseInstanceOf(Recalled.class);
        Recall.over(Thread.currentThread());
        assertThat(woven.invoke(null, 10)).isEqualTo(Stubborn.sum(10));
    }

    /** An error in a static initialiser would make the class useless for every device. */
    @Test
    void noErrorIsThrownIntoAStaticInitialiser() throws Exception {
        var loader = new Weaving(Stubborn.class.getClassLoader());
        Class<?> table;
        try (var code = Stubborn.class.getResourceAsStream("Stubborn$Table.class")) {
            table = loader.define(LoopCheckVisitor.checked(code.readAllBytes()));
        }
        Recall.demand(Thread.currentThread(), "now");
        try {
            Class.forName(table.getName(), true, loader);
        } finally {
            Recall.over(Thread.currentThread());
        }
        var rows = table.getDeclaredField("ROWS");
        rows.setAccessible(true);
        assertThat((int[]) rows.get(null)).endsWith(1000);
        Recall.demand(Thread.currentThread(), "now");
        var row = table.getDeclaredMethod("row", int.class);
        row.setAccessible(true);
        assertThatThrownBy(() -> row.invoke(null, 1)).hasCauseInstanceOf(Recalled.class);
        Recall.over(Thread.currentThread());
    }

    /** Other people's code, as many compilers wrote it: Java's verifier takes every class with the checks in it. */
    @Test
    void theVerifierTakesWholeLibraries() throws Exception {
        var jar = Path.of(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        int verified = 0;
        try (var file = new JarFile(jar.toFile())) {
            var library = new Library(file);
            for (var entry : file.stream().toList()) {
                if (!entry.getName().matches("org/assertj/core/(internal|util)/[^-]*\\.class")) continue;
                String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
                try {
                    Class.forName(name, true, library);
                    verified++;
                } catch (NoClassDefFoundError e) {
                    assertThat(e).as("what the library wants of others").hasMessageNotContaining("assertj");
                }
            }
        }
        assertThat(verified).isGreaterThan(150);
    }

    private static Class<?> woven() throws IOException {
        try (var code = Stubborn.class.getResourceAsStream("Stubborn.class")) {
            return new Weaving(Stubborn.class.getClassLoader()).define(LoopCheckVisitor.checked(code.readAllBytes()));
        }
    }

    /** Defines classes of its own; all others are its parent's. */
    private static class Weaving extends ClassLoader {
        Weaving(ClassLoader parent) {
            super(parent);
        }

        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    /** All classes of a jar, woven. */
    private static final class Library extends Weaving {
        private final JarFile jar;

        Library(JarFile jar) {
            super(ClassLoader.getPlatformClassLoader());
            this.jar = jar;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(Recall.class.getName())) return Recall.class;
            var entry = jar.getEntry(name.replace('.', '/') + ".class");
            if (entry == null) throw new ClassNotFoundException(name);
            try (var code = jar.getInputStream(entry)) {
                return define(LoopCheckVisitor.checked(code.readAllBytes()));
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
