package org.cobnut.exam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.ops4j.pax.exam.ProbeInvoker;
import org.ops4j.pax.exam.ProbeInvokerFactory;
import org.ops4j.pax.exam.TestContainerException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Component;

/** How Pax Exam calls a test inside the framework: on Jupiter, one method at a time. */
@Component(property = "driver=jupiter")
public final class JupiterInvoker implements ProbeInvokerFactory {
    private static final ThreadLocal<BundleContext> INSIDE = new ThreadLocal<>();

    /** The probe's context, for a test that runs inside; null everywhere else. */
    static @Nullable BundleContext inside() {
        return INSIDE.get();
    }

    @Override
    public ProbeInvoker createProbeInvoker(Object context, String expression) {
        var probe = (BundleContext) context;
        var words = List.of(expression.split(";", -1));
        return arguments -> call(probe, words.get(0), words.get(1));
    }

    private static void call(BundleContext probe, String type, String method) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        try {
            var test = probe.getBundle().loadClass(type);
            thread.setContextClassLoader(test.getClassLoader());
            INSIDE.set(probe);
            run(test, method);
        } catch (ClassNotFoundException e) {
            throw new TestContainerException(e);
        } finally {
            INSIDE.remove();
            thread.setContextClassLoader(loader);
        }
    }

    private static void run(Class<?> test, String name) {
        var config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        var method = List.of(test.getDeclaredMethods()).stream()
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(test, method))
                .build();
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create(config).execute(request, summary);
        for (var failure : summary.getSummary().getFailures()) {
            throw new TestContainerException(failure.getException());
        }
        if (summary.getSummary().getTestsSucceededCount() != 1) {
            throw new TestContainerException(test.getName() + "." + name + " did not run");
        }
    }
}
