package org.cobnut.link.usb;

/** The three types of HID reports. */
public enum ReportType {
    INPUT(1),
    OUTPUT(2),
    FEATURE(3);

    private final int code;

    ReportType(int code) {
        this.code = code;
    }

    /**
     * The type of that number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ReportType of(int code) {
        for (ReportType type : values()) if (type.code == code) return type;
        throw new IllegalArgumentException("there is no type " + code + " of reports");
    }

    /** The number in the requests GET_REPORT and SET_REPORT. */
    public int code() {
        return code;
    }
}
