package org.cobnut.cli.log;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Formats a time as C's strftime does in the C locale, with the flags and letters that glibc adds. */
public final class Strftime {
    private static final String FLAGS = "_-0^#";

    private final ZonedDateTime time;
    private final StringBuilder out = new StringBuilder();

    private Strftime(ZonedDateTime time) {
        this.time = time;
    }

    /** The format with each of its conversions done; what is none stays as it is. */
    static String format(String format, ZonedDateTime time) {
        return new Strftime(time).all(format);
    }

    private String all(String format) {
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                out.append(format.charAt(i));
                continue;
            }
            int at = i + 1;
            char flag = at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0 ? format.charAt(at++) : ' ';
            if (at + 1 < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) at++;
            String text = at < format.length() ? text(format.charAt(at), flag) : "";
            if (text.isEmpty()) out.append(format, i, Math.min(at + 1, format.length()));
            else out.append(flag == '^' ? text.toUpperCase(Locale.ROOT) : text);
            i = at;
        }
        return out.toString();
    }

    /** A conversion; empty when there is none of that letter. */
    private String text(char letter, char flag) {
        return switch (letter) {
            case 'a', 'A', 'b', 'B', 'h', 'p', 'P', 'Z' -> name(letter, flag);
            case 'c', 'D', 'F', 'r', 'R', 'T', 'x', 'X' -> new Strftime(time).all(whole(letter));
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            default -> number(letter, flag);
        };
    }

    private String name(char letter, char flag) {
        String name =
                switch (letter) {
                    case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
                    case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                    case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                    case 'p' -> time.getHour() < 12 ? "AM" : "PM";
                    case 'P' -> time.getHour() < 12 ? "am" : "pm";
                    case 'Z' ->
                        DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
                    // English short names of months changed with the Unicode data; C's have three letters.
                    default ->
                        time.getMonth()
                                .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                .substring(0, 3);
                };
        if (flag != '#') return name;
        return letter == 'p' || letter == 'Z' ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
    }

    private static String whole(char letter) {
        return switch (letter) {
            case 'c' -> "%a %b %e %H:%M:%S %Y";
            case 'F' -> "%Y-%m-%d";
            case 'r' -> "%I:%M:%S %p";
            case 'R' -> "%H:%M";
            case 'D', 'x' -> "%m/%d/%y";
            default -> "%H:%M:%S";
        };
    }

    private String number(char letter, char flag) {
        int yearDay = time.getDayOfYear();
        int fromSunday = time.getDayOfWeek().getValue() % 7;
        int hour12 = (time.getHour() + 11) % 12 + 1;
        int weekYear = time.get(IsoFields.WEEK_BASED_YEAR);
        return switch (letter) {
            case 'C' -> pad(time.getYear() / 100, 2, '0', flag);
            case 'd' -> pad(time.getDayOfMonth(), 2, '0', flag);
            case 'e' -> pad(time.getDayOfMonth(), 2, '_', flag);
            case 'g' -> pad(weekYear % 100, 2, '0', flag);
            case 'G' -> pad(weekYear, 1, '0', flag);
            case 'H' -> pad(time.getHour(), 2, '0', flag);
            case 'I' -> pad(hour12, 2, '0', flag);
            case 'j' -> pad(yearDay, 3, '0', flag);
            case 'k' -> pad(time.getHour(), 2, '_', flag);
            case 'l' -> pad(hour12, 2, '_', flag);
            case 'm' -> pad(time.getMonthValue(), 2, '0', flag);
            case 'M' -> pad(time.getMinute(), 2, '0', flag);
            case 's' -> pad(time.getLong(ChronoField.INSTANT_SECONDS), 1, '0', flag);
            case 'S' -> pad(time.getSecond(), 2, '0', flag);
            case 'u' -> pad(time.getDayOfWeek().getValue(), 1, '0', flag);
            default -> week(letter, flag, yearDay, fromSunday);
        };
    }

    private String week(char letter, char flag, int yearDay, int fromSunday) {
        return switch (letter) {
            case 'U' -> pad((yearDay - 1 + 7 - fromSunday) / 7, 2, '0', flag);
            case 'V' -> pad(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flag);
            case 'w' -> pad(fromSunday, 1, '0', flag);
            case 'W' -> pad((yearDay - 1 + 7 - (fromSunday + 6) % 7) / 7, 2, '0', flag);
            case 'y' -> pad(time.getYear() % 100, 2, '0', flag);
            case 'Y' -> pad(time.getYear(), 1, '0', flag);
            default -> "";
        };
    }

    private static String pad(long number, int width, char fill, char flag) {
        if (flag == '-') return Long.toString(number);
        char with = (flag == '_' || flag == '0' ? flag : fill) == '_' ? ' ' : '0';
        var text = new StringBuilder(Long.toString(number));
        while (text.length() < width) text.insert(0, with);
        return text.toString();
    }
}
