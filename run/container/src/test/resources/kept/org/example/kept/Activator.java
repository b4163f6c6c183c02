package org.example.kept;

import java.util.Dictionary;
import java.util.Hashtable;
import org.cobnut.driver.Driver;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the driver by hand, so that the jar needs no tool but javac. */
public final class Activator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Driver.NAME, "kept");
        properties.put(Driver.VERSION, "1.0");
        context.registerService(Driver.class, new KeptDriver(), properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
