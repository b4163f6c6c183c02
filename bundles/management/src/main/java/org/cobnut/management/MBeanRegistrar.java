package org.cobnut.management;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every MBean that a bundle offers with an object name to the MBean server of Java: ours, and those of Felix. */
@Component(
        service = {},
        immediate = true)
public final class MBeanRegistrar {
    /** The property of a service that holds the object name. */
    static final String OBJECT_NAME = "jmx.objectname";

    private static final Logger LOG = LoggerFactory.getLogger(MBeanRegistrar.class);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + OBJECT_NAME + "=*)")
    void add(DynamicMBean bean, Map<String, ?> properties) {
        try {
            server.registerMBean(bean, name(properties));
        } catch (JMException refused) {
            LOG.warn("JMX shows no {}: {}", properties.get(OBJECT_NAME), refused.toString());
        }
    }

    void remove(DynamicMBean bean, Map<String, ?> properties) {
        try {
            ObjectName name = name(properties);
            if (server.isRegistered(name)) server.unregisterMBean(name);
        } catch (JMException gone) {
            LOG.debug("{} was gone already", properties.get(OBJECT_NAME), gone);
        }
    }

    private static ObjectName name(Map<String, ?> properties) throws JMException {
        return new ObjectName(String.valueOf(properties.get(OBJECT_NAME)));
    }
}
