package org.cobnut.exam;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.osgi.framework.BundleContext;

/** Outside: sends each test into the framework. Inside, where {@link JupiterInvoker} has put it: lets it run. */
final class ContainerExtension
        implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor, ParameterResolver {
    private static final Namespace OURS = Namespace.create(ContainerExtension.class);

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        if (JupiterInvoker.inside() == null) {
            var outside = Outside.start(test.getRequiredTestClass());
            test.getStore(OURS).put(Outside.class, outside);
        }
    }

    @Override
    public void afterAll(ExtensionContext test) throws Exception {
        if (JupiterInvoker.inside() == null) {
            var outside = test.getStore(OURS).remove(Outside.class, Outside.class);
            if (outside != null) {
                outside.stop();
            }
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (JupiterInvoker.inside() != null) {
            test.proceed();
        } else {
            test.skip();
            context.getStore(OURS)
                    .get(Outside.class, Outside.class)
                    .call(method.getExecutable().getName());
        }
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> before, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyInside(before);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> after, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyInside(after);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BundleContext.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return JupiterInvoker.inside();
    }

    private static void onlyInside(Invocation<Void> method) throws Throwable {
        if (JupiterInvoker.inside() != null) {
            method.proceed();
        } else {
            method.skip();
        }
    }
}
