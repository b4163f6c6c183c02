package org.cobnut.upsd.registry;

import org.cobnut.device.Logins;

/** A login of this process, without a connection; LIST CLIENT and NUMLOGINS count it like any other. */
final class LocalClient implements Logins.Login, Ups.Client {
    private final Ups ups;
    private final Logins.Client client;
    private volatile boolean counts = true;

    LocalClient(Ups ups, Logins.Client client) {
        this.ups = ups;
        this.client = client;
        ups.addClient(this);
    }

    @Override
    public String user() {
        return client.user();
    }

    @Override
    public String address() {
        return client.address();
    }

    @Override
    public boolean counts() {
        return counts;
    }

    @Override
    public void kick() {
        close();
    }

    @Override
    public void close() {
        counts = false;
        ups.removeClient(this);
    }
}
