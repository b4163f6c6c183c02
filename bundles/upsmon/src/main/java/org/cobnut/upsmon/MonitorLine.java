package org.cobnut.upsmon;

import org.cobnut.client.Address;
import org.cobnut.client.Auth;

/** One MONITOR line: whom to ask, as whom, and how the connection is to be encrypted. */
record MonitorLine(
        String ups, Address address, int power, String user, String password, boolean primary, Auth.Tls tls) {
    Settings.Monitor monitor() {
        return new Settings.Monitor(ups, power, primary);
    }

    @Override
    public String toString() {
        return "MonitorLine[" + ups + "]";
    }
}
