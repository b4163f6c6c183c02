package org.cobnut.upsmon.config;

import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.upsmon.engine.Settings;

/** One MONITOR line: the UPS, the login, and the encryption of the connection. */
public record MonitorLine(
        String ups, Address address, int power, String user, String password, boolean primary, Auth.Tls tls) {
    Settings.Monitor monitor() {
        return new Settings.Monitor(ups, power, primary);
    }

    @Override
    public String toString() {
        return "MonitorLine[" + ups + "]";
    }
}
