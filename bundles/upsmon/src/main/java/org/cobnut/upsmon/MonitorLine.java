package org.cobnut.upsmon;

import org.cobnut.client.Address;

/** One MONITOR line: whom to ask, and as whom. */
record MonitorLine(String ups, Address address, int power, String user, String password, boolean primary) {
    Settings.Monitor monitor() {
        return new Settings.Monitor(ups, power, primary);
    }

    @Override
    public String toString() {
        return "MonitorLine[" + ups + "]";
    }
}
