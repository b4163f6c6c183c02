package org.cobnut.link;

import java.util.Optional;

/** Asks for a link outside any section. */
record OutsideRequest(String ups, Class<? extends Link> kind, String port, LinkParameters parameters)
        implements LinkRequest {
    @Override
    public <P extends LinkParameters> Optional<P> parameters(Class<P> type) {
        return type.isInstance(parameters) ? Optional.of(type.cast(parameters)) : Optional.empty();
    }

    @Override
    public boolean shared() {
        return false;
    }

    /** Whether another section has it, its lock tells. */
    @Override
    public boolean lease(String device) {
        return true;
    }

    @Override
    public void retry() {
        // Whoever asks outside a section asks again by itself.
    }

    @Override
    public void wake() {
        // There is no session that could be polled.
    }
}
