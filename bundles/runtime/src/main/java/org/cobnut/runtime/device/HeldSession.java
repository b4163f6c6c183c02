package org.cobnut.runtime.device;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;

/** A session that holds its links and its driver's service for as long as it is open. */
final class HeldSession implements Session {
    private final Session session;
    private final Runnable release;

    HeldSession(Session session, Runnable release) {
        this.session = session;
        this.release = release;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        session.poll(report, due);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return session.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return session.run(command, argument);
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            release.run();
        }
    }
}
