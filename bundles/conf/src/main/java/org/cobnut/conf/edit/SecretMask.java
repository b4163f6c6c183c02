package org.cobnut.conf.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SecretValues;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.driver.Secrets;

/**
 * Shows a file with a numbered mask in place of each secret, and puts the secrets back into a text that was edited. A mask
 * counts where a secret may stand only, so that none can be moved to where it would be shown. A comment is masked as the line
 * that it would be.
 */
final class SecretMask {
    private static final String MASK = "********";
    private static final Pattern NUMBERED = Pattern.compile(Pattern.quote(MASK) + "\\d+");
    private static final Pattern COMMENT = Pattern.compile("(\\s*#[#\\s]*)(.*)", Pattern.DOTALL);

    private final String file;
    private final LineSyntax style;
    private final Charset charset;
    private final boolean crlf;
    private final String text;
    /** Secrets by their masks, and whole lines by how they are shown. */
    private final Map<String, String> secrets = new HashMap<>();

    private final Map<String, String> lines = new HashMap<>();

    SecretMask(Schema schema, byte[] bytes) {
        file = schema.file();
        style = schema.style();
        charset = utf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        var shown = new StringBuilder();
        for (LogicalLine line : style.split(file, bytes)) shown.append(masked(line));
        crlf = shown.indexOf("\r\n") >= 0;
        text = new String(shown.toString().replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    /** The file as it may be shown. */
    String text() {
        return text;
    }

    /**
     * The bytes that an edited text means.
     *
     * @throws IOException with file and line of a mask that stands where no secret does, or of a character that the file's
     *     encoding lacks
     */
    byte[] restored(String edited) throws IOException {
        String plain = edited.replace("\r\n", "\n");
        if (!charset.newEncoder().canEncode(plain))
            throw new IOException(file + ": a character cannot be written in the encoding of the file, ISO 8859-1");
        var out = new StringBuilder();
        byte[] bytes = plain.getBytes(charset);
        for (LogicalLine line : style.split(file, bytes)) out.append(restored(line));
        String all = crlf ? out.toString().replace("\n", "\r\n") : out.toString();
        return all.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String masked(LogicalLine line) {
        String end = end(line.raw());
        String body = line.raw().substring(0, line.raw().length() - end.length());
        if (!line.faults().isEmpty() && suspicious(body)) {
            String mask = mask(body);
            lines.put(mask, body);
            return mask + end;
        }
        Part part = part(line, body);
        List<String> values = part.values(style);
        boolean any = false;
        for (int i = 0; i < values.size(); i++)
            if (SecretValues.secret(part.line(), i)) {
                values.set(i, mask(values.get(i)));
                any = true;
            }
        if (!any) return line.raw();
        String shown = part.head() + style.rewrite(part.line(), values);
        lines.put(shown, body);
        return shown + end;
    }

    private String mask(String secret) {
        String mask = MASK + (secrets.size() + 1);
        secrets.put(mask, secret);
        return mask;
    }

    /** A line that cannot be read, but may hold a secret all the same. */
    private static boolean suspicious(String body) {
        return Secrets.holds(body.replace('\n', ' ')) || body.matches("(?is).*\\b(monitor|certident)\\b.*");
    }

    private String restored(LogicalLine line) throws IOException {
        if (!NUMBERED.matcher(line.raw()).find()) return line.raw();
        String end = end(line.raw());
        String body = line.raw().substring(0, line.raw().length() - end.length());
        String before = lines.get(body);
        if (before != null) return before + end;
        Part part = part(line, body);
        List<String> values = part.values(style);
        for (int i = 0; i < values.size(); i++) {
            String secret = secrets.get(values.get(i));
            if (secret != null && SecretValues.secret(part.line(), i)) values.set(i, secret);
        }
        String now = part.line().words().isEmpty() ? body : part.head() + style.rewrite(part.line(), values);
        if (NUMBERED.matcher(now).find())
            throw new IOException(
                    "%s:%d: %s with a number stands for a secret of the file; leave it where it stood, or write "
                                    .formatted(file, line.line(), MASK)
                            + "the secret anew");
        return now + end;
    }

    /**
     * What a line says, or what a comment would say.
     *
     * @param head what stands before it
     */
    private record Part(String head, LogicalLine line) {
        List<String> values(LineSyntax style) {
            return new ArrayList<>(SecretValues.values(style, line));
        }
    }

    private Part part(LogicalLine line, String body) {
        if (!line.words().isEmpty()) {
            var alone = new LogicalLine(line.line(), line.words(), body, List.of());
            return new Part("", alone);
        }
        Matcher comment = COMMENT.matcher(body);
        if (!comment.matches() || comment.group(2).isEmpty()) return new Part("", line);
        List<LogicalLine> inner = style.split(file, comment.group(2).getBytes(StandardCharsets.ISO_8859_1));
        return inner.size() == 1 && inner.get(0).faults().isEmpty()
                ? new Part(comment.group(1), inner.get(0))
                : new Part("", line);
    }

    private static String end(String raw) {
        if (raw.endsWith("\r\n")) return "\r\n";
        return raw.endsWith("\n") ? "\n" : "";
    }

    private static boolean utf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
