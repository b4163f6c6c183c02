package org.cobnut.drivers.replay;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;

/** A session of another bundle's driver, for as long as that bundle offers it. */
final class ReplaySession implements Session {
    private final Session session;
    private final String driver;
    private final BooleanSupplier offered;

    ReplaySession(Session session, String driver, BooleanSupplier offered) {
        this.session = session;
        this.driver = driver;
        this.offered = offered;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        refuseWhenGone();
        session.poll(report, due);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        refuseWhenGone();
        return session.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        refuseWhenGone();
        return session.run(command, argument);
    }

    @Override
    public void close() {
        session.close();
    }

    private void refuseWhenGone() throws IOException {
        if (!offered.getAsBoolean())
            throw new IOException("the driver " + driver + " has gone, or another one has taken its place");
    }
}
