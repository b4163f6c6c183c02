package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cobnut.drivers.megatec.Address.Columns;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Cadence;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;

/** Reads columns by asking their question once, and writes commands as the dialect wants them acknowledged. */
final class MegatecWire implements Wire<Address> {
    /** After this a UPS may have obeyed, so that nothing is repeated. */
    static final Outcome UNCLEAR = Outcome.failed("the UPS did not acknowledge");

    private final Connection line;
    private final Dialect dialect;

    MegatecWire(Connection line, Dialect dialect) {
        this.line = line;
        this.dialect = dialect;
    }

    @Override
    public Object unit(Address place) {
        return place instanceof Columns columns ? columns.query() : place;
    }

    @Override
    public Map<Address, String> read(List<Address> places) throws IOException {
        var texts = new HashMap<Address, String>();
        if (places.get(0) instanceof Columns first) {
            Query query = first.query();
            try {
                String answer = line.ask(query);
                for (Address place : places) if (place instanceof Columns columns) texts.put(place, columns.of(answer));
            } catch (NoAnswerException | UnfitAnswerException e) {
                if (query.when() == Cadence.QUICK)
                    throw new IOException(dialect.title() + ", " + query + ": " + e.getMessage(), e);
            }
        }
        return texts;
    }

    @Override
    public Outcome write(Address place, String command) throws IOException {
        String reply = line.command(command).orElse("");
        boolean done =
                switch (dialect.replies()) {
                    case SILENCE -> reply.isEmpty();
                    case SILENCE_OR_ACK -> reply.isEmpty() || acknowledges(reply);
                    case ACK -> acknowledges(reply);
                };
        if (done) return Outcome.handled();
        return reply.isEmpty() ? UNCLEAR : Outcome.failed("the UPS answered '" + reply + "'");
    }

    @Override
    public void close() {
        line.close();
    }

    private static boolean acknowledges(String reply) {
        String word = reply.toUpperCase(Locale.ROOT);
        return word.equals("ACK") || word.equals("(ACK");
    }
}
