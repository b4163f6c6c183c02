package org.cobnut.drivers.metasys;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;

/** Asks each command once for all numbers of its answer. */
final class MetasysWire implements Wire<Place> {
    static final int STATUS = 0x03;

    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Frames line;

    MetasysWire(Frames line) {
        this.line = line;
    }

    @Override
    public Object unit(Place place) {
        return place.command();
    }

    @Override
    public Map<Place, String> read(List<Place> places) throws IOException {
        int command = places.get(0).command();
        var numbers = new HashMap<Place, String>();
        try {
            String answer = line.ask(command);
            for (Place place : places)
                if (place.within(answer)) numbers.put(place, Integer.toString(place.read(answer)));
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (command == STATUS) throw new IOException("status: " + e.getMessage(), e);
        }
        return numbers;
    }

    /** Sends what the text holds behind the command, a character a byte. */
    @Override
    public Outcome write(Place place, String data) throws IOException {
        try {
            line.order((char) place.command() + data, WAIT);
            return Outcome.handled();
        } catch (NoAnswerException e) {
            return Outcome.failed("the UPS did not answer");
        } catch (UnfitAnswerException e) {
            return Outcome.failed("the UPS gave an answer that is none");
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
