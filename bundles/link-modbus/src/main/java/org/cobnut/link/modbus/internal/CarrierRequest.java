package org.cobnut.link.modbus.internal;

import java.util.Optional;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkRequest;

/** Asks for the link below in the name of whoever asks for the device. */
record CarrierRequest(LinkRequest device, Class<? extends Link> kind, String port, LinkParameters parameters)
        implements LinkRequest {
    @Override
    public String ups() {
        return device.ups();
    }

    @Override
    public <P extends LinkParameters> Optional<P> parameters(Class<P> type) {
        return type.isInstance(parameters) ? Optional.of(type.cast(parameters)) : Optional.empty();
    }

    @Override
    public boolean shared() {
        return device.shared();
    }

    @Override
    public boolean lease(String name) {
        return device.lease(name);
    }

    @Override
    public void retry() {
        device.retry();
    }

    @Override
    public void wake() {
        device.wake();
    }
}
