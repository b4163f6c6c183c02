package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;
import org.cobnut.table.line.RequestLine;

/** Asks each request once for all parts of its answer. */
final class PowerPanelWire implements Wire<Part> {
    private static final int TRIES = 3;

    private final Exchange line;
    private final Protocol protocol;

    PowerPanelWire(Exchange line, Protocol protocol) {
        this.line = line;
        this.protocol = protocol;
    }

    @Override
    public Object unit(Part part) {
        return part.request();
    }

    @Override
    public Map<Part, String> read(List<Part> parts) throws IOException {
        String request = parts.get(0).request();
        var texts = new HashMap<Part, String>();
        try {
            Map<String, String> answer = RequestLine.repeat(TRIES, () -> protocol.ask(line, request));
            for (Part part : parts) {
                String text = answer.get(part.name());
                if (text != null) texts.put(part, text);
            }
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (request.equals(protocol.status())) throw new IOException("status: " + e.getMessage(), e);
        }
        return texts;
    }

    @Override
    public Outcome write(Part part, String text) throws IOException {
        try {
            return protocol.order(line, text) ? Outcome.handled() : Outcome.failed("the UPS did not take the command");
        } catch (NoAnswerException e) {
            return Outcome.failed("the UPS did not answer");
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
