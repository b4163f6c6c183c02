package org.cobnut.upsd;

import org.cobnut.device.Logins;

/** A login of this very process, which no connection stands behind; it is in LIST CLIENT and NUMLOGINS like any other. */
final class InnerLogin implements Logins.Login, Ups.Login {
    private final Ups ups;
    private final Logins.Client client;
    private volatile boolean counts = true;

    InnerLogin(Ups ups, Logins.Client client) {
        this.ups = ups;
        this.client = client;
        ups.login(this);
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
        ups.logout(this);
    }
}
