package org.cobnut.link.usb;

/** The three types of HID reports. */
public enum ReportType {
    INPUT,
    OUTPUT,
    FEATURE;

    /** The number in the requests GET_REPORT and SET_REPORT. */
    public int code() {
        return ordinal() + 1;
    }
}
