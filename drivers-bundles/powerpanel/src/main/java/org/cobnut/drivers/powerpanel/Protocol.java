package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cobnut.table.Row;

/** One of the languages of these UPSes. Stateless. */
interface Protocol {
    /** The request for the status in both languages of powerpanel. */
    String STATUS = "D";

    /** The request without which a poll says nothing. */
    default String status() {
        return STATUS;
    }

    /** As the option {@code protocol} names it. */
    String name();

    /** Bits a second. */
    int speed();

    /**
     * Finds out whether a UPS speaks it.
     *
     * @return what the UPS says of itself, as {@link #rows} takes it
     * @throws IOException when it does not
     */
    String identify(Exchange line) throws IOException;

    /** Rows for a UPS of that identity. */
    List<Row<Part>> rows(String identity, Delays delays);

    /**
     * Asks once.
     *
     * @return parts of the answer by name
     * @throws org.cobnut.table.UnfitAnswerException when it is no answer to this
     */
    Map<String, String> ask(Exchange line, String request) throws IOException;

    /** Sends a command or a setting, once, and says whether the UPS took it. */
    boolean order(Exchange line, String text) throws IOException;

    /** Commands that switch off when the host goes down, the first to be tried first. */
    List<String> shutdowns(boolean onBattery);
}
