package ${package};

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.mapping.MappingKind;

/** How mapping files write addresses: {@code ST:3} for the third value of the answer to ST, {@code order} for orders. */
final class DeviceKind implements MappingKind<AnswerPart> {
    static final DeviceKind INSTANCE = new DeviceKind();

    /** The mapping that the driver uses. */
    static final String MAPPING = "${driver}";

    private static final Pattern VALUE = Pattern.compile("([A-Z]{1,8}):([1-9]\\d?)");
    private static final String ORDER = "order";

    private DeviceKind() {}

    @Override
    public String name() {
        return "${driver}";
    }

    @Override
    public Addresses<AnswerPart> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty()) throw new IllegalArgumentException("addresses of this kind have no base");
        return text -> {
            if (text.equals(ORDER)) return AnswerPart.order(ORDER);
            Matcher value = VALUE.matcher(text);
            if (!value.matches())
                throw new IllegalArgumentException("'%s' is neither QUESTION:NUMBER, such as ST:3, nor %s".formatted(text, ORDER));
            return new AnswerPart(value.group(1), value.group(2));
        };
    }

    /** The file of this bundle, for tests. */
    static Map<String, byte[]> shipped() {
        String file = MAPPING + ".map";
        try (InputStream in = DeviceKind.class.getResourceAsStream("/mappings/" + file)) {
            if (in == null) throw new IllegalStateException(file + " is missing in this bundle");
            return Map.of(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
