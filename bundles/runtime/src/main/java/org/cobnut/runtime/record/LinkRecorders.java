package org.cobnut.runtime.record;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.device.DeviceRecorder;
import org.cobnut.device.DeviceService;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.SerialLink;
import org.cobnut.link.record.ByteLinkRecorder;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.runtime.link.LinkProviders;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recorders of links that are there, by kind; that of links of bytes is offered here. Any thread. */
@Component(service = LinkRecorders.class)
public final class LinkRecorders {
    private static final Logger log = LoggerFactory.getLogger(LinkRecorders.class);

    private final BundleContext context;
    private final Map<LinkRecorder, Collection<?>> recorders = new ConcurrentHashMap<>();

    @Activate
    public LinkRecorders(BundleContext context) {
        this.context = context;
        String[] kinds = {ByteLink.class.getName(), SerialLink.class.getName()};
        context.registerService(
                LinkRecorder.class,
                new ByteLinkRecorder(),
                FrameworkUtil.asDictionary(Map.of(LinkProvider.KIND, kinds)));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRecorder(LinkRecorder recorder, Map<String, ?> properties) {
        recorders.put(recorder, LinkProviders.several(properties.get(LinkProvider.KIND)));
    }

    void removeRecorder(LinkRecorder recorder) {
        recorders.remove(recorder);
    }

    /** Offers the recorder of a section, as long as it says. */
    public Runnable offer(DeviceRecorder recorder, String ups) {
        ServiceRegistration<DeviceRecorder> registration = context.registerService(
                DeviceRecorder.class, recorder, FrameworkUtil.asDictionary(Map.of(DeviceService.NAME, ups)));
        return () -> {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                log.debug("UPS [{}]: the framework was faster", ups, e);
            }
        };
    }

    /** The recorder of links of this kind. */
    Optional<LinkRecorder> of(Class<? extends Link> kind) {
        return recorders.entrySet().stream()
                .filter(entry -> entry.getValue().contains(kind.getName()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
