package org.cobnut.exam;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run in a framework of their own, one for the class: the bundles and drivers of the
 * distribution, its NUT files empty, upsd on a free port. A test method may take the probe's
 * {@code org.osgi.framework.BundleContext}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainerExtension.class)
public @interface InContainer {}
