package org.cobnut.drivers.megatec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.dialect.Declarations;
import org.cobnut.drivers.megatec.dialect.Delays;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.dialect.Identity;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.drivers.megatec.vendor.VendorFunctions;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Words;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingKind;

/** Mapping files of this family: a dialect each, whose addresses are columns of answers (docs/drivers/megatec.md). */
final class MegatecKind implements MappingKind<Address> {
    static final MegatecKind INSTANCE = new MegatecKind();

    /** The address of every command. */
    private static final String SEND = "send";

    private static final Pattern COLUMNS = Pattern.compile("([A-Za-z][A-Za-z0-9-]*):(\\d{1,3})(-(\\d{0,3}))?");

    private MegatecKind() {}

    @Override
    public String name() {
        return "megatec";
    }

    @Override
    public Set<String> declarations() {
        return Declarations.KEYWORDS;
    }

    @Override
    public Addresses<Address> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty()) throw new IllegalArgumentException("addresses of this kind have no base");
        Map<String, Query> questions = Declarations.of(declared).questions();
        return text -> text.equals(SEND) ? Address.Line.COMMAND : columns(text, questions);
    }

    private static Columns columns(String text, Map<String, Query> questions) {
        Matcher matcher = COLUMNS.matcher(text);
        if (!matcher.matches())
            throw new IllegalArgumentException(
                    "'%s' is no address, as status:1-5, status:38, rating:1- or send".formatted(text));
        Query query = questions.get(matcher.group(1));
        if (query == null)
            throw new IllegalArgumentException("there is no question %s; there are %s"
                    .formatted(matcher.group(1), String.join(", ", questions.keySet())));
        int from = Integer.parseInt(matcher.group(2));
        String last = matcher.group(4);
        int to = last == null ? from : last.isEmpty() ? Address.REST : Integer.parseInt(last);
        int end = query.width() - 2; // the CR stands last
        if (from > end || to > end || (to != Address.REST && to < from))
            throw new IllegalArgumentException(
                    "'%s' are no columns of an answer to %s, which are 0 to %d".formatted(text, query, end));
        return new Columns(query, from, to);
    }

    @Override
    public Optional<Cadence> cadence(Address address) {
        return address instanceof Columns columns ? Optional.of(columns.query().when()) : Optional.empty();
    }

    @Override
    public void check(Mapping<Address> mapping) {
        Dialect.of(mapping);
    }

    @Override
    public Map<String, Format> formats() {
        var formats = new TreeMap<>(Map.of(
                "rating-1", MegatecFunctions.rating(0),
                "rating-2", MegatecFunctions.rating(1),
                "rating-3", MegatecFunctions.rating(2),
                "rating-4", MegatecFunctions.rating(3),
                "maker", Identity.maker(),
                "serial", Identity.serial(),
                "model", Identity.model(),
                "runtime", Identity.runtime(),
                "protocol", MegatecFunctions::protocol));
        formats.putAll(VendorFunctions.formats());
        return formats;
    }

    @Override
    public Map<String, Words> words() {
        var words = new TreeMap<>(Map.<String, Words>of("regulation", MegatecFunctions::regulation));
        words.putAll(VendorFunctions.words());
        return words;
    }

    @Override
    public Map<String, Row.Argument> arguments() {
        var arguments = new TreeMap<>(Map.<String, Row.Argument>of(
                "shutdown-return", Delays::shutdownReturn,
                "shutdown-stayoff", Delays::shutdownStayoff,
                "after-delay", Delays::afterDelay,
                "test-minutes", MegatecFunctions::testMinutes,
                "test-tenths", MegatecFunctions::testTenths,
                "test-in-minutes", MegatecFunctions::testInMinutes));
        arguments.putAll(VendorFunctions.arguments());
        return arguments;
    }
}
