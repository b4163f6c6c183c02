package org.cobnut.conf.mirror;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until every listener has handled all configuration events sent so far; Configuration Admin sends one event
 * after the other (Compendium 104.8). It works around Declarative Services, which read a configuration's values first
 * and its change count afterwards: when a configuration changes again in between, they would keep the old values for
 * good. Never call it on the thread that sends the events.
 */
@Component(
        service = {ConfigurationEventBarrier.class, ConfigurationListener.class},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ConfigurationEventBarrier implements ConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationEventBarrier.class);
    private static final String PREFIX = "cobnut.fence.";
    private static final long PATIENCE_SECONDS = 10;

    private final AtomicLong number = new AtomicLong();
    private final ConcurrentHashMap<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

    /** Returns when all is told, or after ten seconds. */
    void await(ConfigurationAdmin admin) throws IOException {
        String pid = PREFIX + number.incrementAndGet();
        var told = new CountDownLatch(1);
        awaited.put(pid, told);
        try {
            // What never had a value is told of nevertheless when it goes, and leaves nothing behind.
            admin.getConfiguration(pid, NutPersistence.ANYWHERE).delete();
            if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                LOG.warn("Some component takes more than {} s over its new configuration", PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited.remove(pid);
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        CountDownLatch told = awaited.get(event.getPid());
        if (told != null) told.countDown();
    }
}
