package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.modbus.ModbusParameters.Framing;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Opens devices that speak Modbus at every port to which another provider opens a link of bytes: Modbus TCP at a port of the
 * network, RTU at a serial line.
 */
@Component(
        service = LinkProvider.class,
        property = {
            LinkProvider.KIND + "=org.cobnut.link.modbus.ModbusLink",
            LinkProvider.SCHEME + "=" + LinkProvider.ANY
        })
public final class ModbusLinks implements LinkProvider {
    private static final String BYTES = "(link.kind=org.cobnut.link.ByteLink)";
    private static final String TCP = "tcp";

    private final Map<LinkProvider, List<String>> carriers = new ConcurrentHashMap<>();
    private final Set<FramedModbusLink> open = ConcurrentHashMap.newKeySet();
    private final Set<LinkRequest> waiting = new HashSet<>();
    private volatile boolean stopped;

    @Reference(target = BYTES, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addCarrier(LinkProvider carrier, Map<String, ?> properties) {
        carriers.put(carrier, schemes(properties.get(LinkProvider.SCHEME)));
        List<LinkRequest> missed;
        synchronized (waiting) {
            missed = List.copyOf(waiting);
            waiting.clear();
        }
        missed.forEach(LinkRequest::retry);
    }

    void removeCarrier(LinkProvider carrier) {
        carriers.remove(carrier);
    }

    @Deactivate
    void stop() {
        stopped = true;
        open.forEach(FramedModbusLink::close);
    }

    @Override
    public Link open(LinkRequest request) throws IOException {
        ModbusParameters parameters =
                request.parameters(ModbusParameters.class).orElseGet(() -> ModbusParameters.unit(1));
        String scheme = LinkProvider.scheme(request.port());
        LinkProvider carrier = carrier(scheme).orElseThrow(() -> {
            synchronized (waiting) {
                waiting.add(request);
            }
            return new IOException("port " + request.port() + " is not opened: no bundle offers links of bytes to '"
                    + scheme + "'; \"nutctl drivers\" lists the bundles that are there");
        });
        FrameCodec codec = codec(parameters.framing(), scheme);
        var bytes = (ByteLink)
                carrier.open(new CarrierRequest(request, ByteLink.class, request.port(), line(codec, parameters)));
        var link = new FramedModbusLink(bytes, codec, parameters, open::remove);
        open.add(link);
        if (stopped) link.close();
        return link;
    }

    private Optional<LinkProvider> carrier(String scheme) {
        Optional<LinkProvider> named = carriers.entrySet().stream()
                .filter(carrier -> carrier.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .findFirst();
        return named.or(() -> carriers.entrySet().stream()
                .filter(carrier -> carrier.getValue().contains(LinkProvider.ANY))
                .map(Map.Entry::getKey)
                .findFirst());
    }

    /** Several sections may reach several units through one gateway, but a line is one section's. */
    private static LinkParameters line(FrameCodec codec, ModbusParameters parameters) {
        return codec instanceof RtuCodec ? parameters.line() : LinkParameters.NONE;
    }

    private static FrameCodec codec(Framing framing, String scheme) {
        return switch (framing) {
            case TCP -> new TcpCodec();
            case RTU -> new RtuCodec();
            case BY_PORT -> scheme.equals(TCP) ? new TcpCodec() : new RtuCodec();
        };
    }

    private static List<String> schemes(@Nullable Object property) {
        return property instanceof String[] several ? Arrays.asList(several) : List.of(String.valueOf(property));
    }
}
