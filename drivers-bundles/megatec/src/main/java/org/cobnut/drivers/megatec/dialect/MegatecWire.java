package org.cobnut.drivers.megatec.dialect;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.drivers.megatec.wire.WrongAnswerException;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Cadence;
import org.cobnut.table.Known;
import org.cobnut.table.LostAnswerException;
import org.cobnut.table.Wire;

/** Reads columns by asking their question once, and writes commands as the dialect wants them acknowledged. */
public final class MegatecWire implements Wire<Address> {
    /** After this a UPS may have obeyed, so that nothing is repeated. */
    public static final Outcome UNCLEAR = Outcome.failed("the UPS did not acknowledge");

    private static final Pattern HOLE = Pattern.compile("\\{([a-z.]+)}");

    private final Connection line;
    private final Dialect dialect;
    private Known known = name -> Optional.empty();

    public MegatecWire(Connection line, Dialect dialect) {
        this.line = line;
        this.dialect = dialect;
    }

    /** Takes what fills {@code {NAME}} in the text of a question. */
    public void fillFrom(Known values) {
        known = values;
    }

    @Override
    public Object unit(Address place) {
        return place instanceof Columns columns ? columns.query() : place;
    }

    @Override
    public Map<Address, String> read(List<Address> places) throws IOException {
        if (!(places.get(0) instanceof Columns first)) return Map.of();
        Query query = first.query();
        Optional<String> answer = answer(query);
        var texts = new HashMap<Address, String>();
        if (answer.isPresent())
            for (Address place : places)
                if (place instanceof Columns columns) texts.put(place, columns.of(answer.get()));
        return texts;
    }

    private Optional<String> answer(Query query) throws IOException {
        try {
            Optional<Query> filled = filled(query);
            return filled.isEmpty() ? Optional.empty() : Optional.of(line.ask(filled.get()));
        } catch (NoAnswerException | WrongAnswerException e) {
            if (query.when() == Cadence.QUICK)
                throw new IOException(dialect.title() + ", " + query + ": " + e.getMessage(), e);
            if (line.late()) throw new LostAnswerException(query + ": " + e.getMessage(), e);
            return Optional.empty();
        }
    }

    /** A question with values in place of {@code {NAME}}; nothing while one of them is not known. */
    private Optional<Query> filled(Query query) {
        Matcher holes = HOLE.matcher(query.text());
        var text = new StringBuilder();
        while (holes.find()) {
            Optional<String> value = known.value(holes.group(1));
            if (value.isEmpty()) return Optional.empty();
            holes.appendReplacement(text, Matcher.quoteReplacement(value.get()));
        }
        return text.length() == 0
                ? Optional.of(query)
                : Optional.of(query.saying(holes.appendTail(text).toString()));
    }

    @Override
    public Outcome write(Address place, String command) throws IOException {
        String reply = line.command(command, dialect.coding()).orElse("");
        if (dialect.replies().done(reply)) return Outcome.handled();
        return reply.isEmpty() ? UNCLEAR : Outcome.failed("the UPS answered '" + reply + "'");
    }

    @Override
    public void close() {
        line.close();
    }
}
