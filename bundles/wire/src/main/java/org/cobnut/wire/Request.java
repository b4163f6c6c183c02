package org.cobnut.wire;

import java.util.List;
import java.util.Optional;

/**
 * A request of NUT's network protocol (network-protocol, "Network protocol information"), with the names as the client
 * typed them. {@link #of} reads one, {@link #line()} writes one.
 */
public sealed interface Request {
    /** The words of the request as they go over the wire, the command word first. */
    List<String> words();

    /** The request as one line without its end, each word quoted where it must be. */
    default String line() {
        var line = new StringBuilder();
        for (String word : words()) {
            if (!line.isEmpty()) line.append(' ');
            line.append(Quote.word(word));
        }
        return line.toString();
    }

    /** The name of the UPS that the request is about, as the client typed it; empty when it names none. */
    default String ups() {
        return "";
    }

    /** Whether a user name and a password must have been sent before; tested before anything else. */
    default boolean needsCredentials() {
        return false;
    }

    /** Reads the words of one line; words that make no request give {@link Malformed}. */
    static Request of(List<String> words) {
        return Requests.of(words);
    }

    /** VER, HELP, PROTVER and NETVER. */
    record About(Topic topic) implements Request {
        /** What is asked about. */
        public enum Topic {
            VER,
            HELP,
            PROTVER,
            NETVER
        }

        @Override
        public List<String> words() {
            return List.of(topic.name());
        }
    }

    record Username(String name) implements Request {
        @Override
        public List<String> words() {
            return List.of("USERNAME", name);
        }
    }

    record Password(String password) implements Request {
        @Override
        public List<String> words() {
            return List.of("PASSWORD", password);
        }

        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Login(String ups) implements Request {
        @Override
        public List<String> words() {
            return List.of("LOGIN", ups);
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    record Logout() implements Request {
        @Override
        public List<String> words() {
            return List.of("LOGOUT");
        }
    }

    /** PRIMARY, and MASTER as it was called before 2.8.0. */
    record Primary(String ups, boolean master) implements Request {
        @Override
        public List<String> words() {
            return List.of(master ? "MASTER" : "PRIMARY", ups);
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    record Fsd(String ups) implements Request {
        @Override
        public List<String> words() {
            return List.of("FSD", ups);
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    record StartTls() implements Request {
        @Override
        public List<String> words() {
            return List.of("STARTTLS");
        }
    }

    /** GET and LIST of one UPS and, for some, one name within it. */
    record Query(Subject subject, String ups, String name) implements Request {
        /** What is asked for; {@code named} ones take a name behind the UPS. */
        public enum Subject {
            NUMLOGINS(false, false),
            UPSDESC(false, false),
            VAR(false, true),
            TYPE(false, true),
            DESC(false, true),
            CMDDESC(false, true),
            LIST_VAR(true, false),
            LIST_RW(true, false),
            LIST_CMD(true, false),
            LIST_CLIENT(true, false),
            LIST_ENUM(true, true),
            LIST_RANGE(true, true);

            private final boolean list;
            private final boolean named;

            Subject(boolean list, boolean named) {
                this.list = list;
                this.named = named;
            }

            public boolean list() {
                return list;
            }

            public boolean named() {
                return named;
            }

            /** The word behind GET or LIST, which is also the first word of the reply. */
            public String word() {
                return list ? name().substring("LIST_".length()) : name();
            }
        }

        @Override
        public List<String> words() {
            String verb = subject.list() ? "LIST" : "GET";
            return subject.named() ? List.of(verb, subject.word(), ups, name) : List.of(verb, subject.word(), ups);
        }
    }

    record ListUps() implements Request {
        @Override
        public List<String> words() {
            return List.of("LIST", "UPS");
        }
    }

    /** GET TRACKING, of this connection's switch or of one id. */
    record GetTracking(Optional<String> id) implements Request {
        @Override
        public List<String> words() {
            return id.map(one -> List.of("GET", "TRACKING", one)).orElse(List.of("GET", "TRACKING"));
        }
    }

    record SetTracking(boolean on) implements Request {
        @Override
        public List<String> words() {
            return List.of("SET", "TRACKING", on ? "ON" : "OFF");
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    record SetVar(String ups, String name, String value) implements Request {
        @Override
        public List<String> words() {
            return List.of("SET", "VAR", ups, name, value);
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    /** INSTCMD; the argument is empty when none, or more than one, was given. */
    record Instcmd(String ups, String command, Optional<String> argument) implements Request {
        @Override
        public List<String> words() {
            return argument.map(one -> List.of("INSTCMD", ups, command, one)).orElse(List.of("INSTCMD", ups, command));
        }

        @Override
        public boolean needsCredentials() {
            return true;
        }
    }

    /** Words that make no request, and the error they earn. */
    record Malformed(ErrorCode error, boolean needsCredentials) implements Request {
        @Override
        public List<String> words() {
            return List.of();
        }
    }
}
