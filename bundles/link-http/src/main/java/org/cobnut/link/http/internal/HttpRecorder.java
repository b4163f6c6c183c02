package org.cobnut.link.http.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.http.HttpException;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.HttpParameters;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.osgi.service.component.annotations.Component;

/**
 * Records pages of devices, and replays them: {@code GET /product.xml} is answered by {@code 200 } and the text, by another
 * status alone, or by nothing for silence.
 */
@Component(property = LinkProvider.KIND + "=org.cobnut.link.http.HttpLink")
public final class HttpRecorder implements LinkRecorder {
    private static final String OK = "200 ";

    @Override
    public HttpLink record(Class<? extends Link> kind, Link link, Recording recording) {
        return new Recorded((HttpLink) link, recording);
    }

    @Override
    public HttpLink replay(Class<? extends Link> kind, Conversation conversation) {
        return new Replayed(conversation);
    }

    private static String posted(String page, String text) {
        return "POST " + page + " " + text;
    }

    /** Tells a recording what passes. */
    private record Recorded(HttpLink link, Recording recording) implements HttpLink {
        private interface Call {
            String run() throws IOException;
        }

        @Override
        public String get(String page) throws IOException {
            return told("GET " + page, () -> link.get(page));
        }

        @Override
        public String post(String page, String type, String text) throws IOException {
            return told(posted(page, text), () -> link.post(page, type, text));
        }

        private String told(String request, Call call) throws IOException {
            try {
                String text = call.run();
                tell(request, OK + text);
                return text;
            } catch (NoAnswerException silent) {
                tell(request, "");
                throw silent;
            } catch (HttpException refused) {
                tell(request, Integer.toString(refused.status()));
                throw refused;
            } catch (InterruptedIOException ended) {
                throw ended;
            } catch (IOException failed) {
                recording.sent(request);
                recording.failed(String.valueOf(failed.getMessage()));
                throw failed;
            }
        }

        private void tell(String request, String answer) {
            recording.sent(request);
            recording.received(answer);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    /** Answers as a conversation says. */
    private static final class Replayed implements HttpLink {
        private final Conversation conversation;
        private volatile boolean closed;

        Replayed(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public String get(String page) throws IOException {
            return answer(page, "GET " + page);
        }

        @Override
        public String post(String page, String type, String text) throws IOException {
            return answer(page, posted(page, text));
        }

        private String answer(String page, String request) throws IOException {
            if (closed) throw new IOException("the link is closed");
            String answer = conversation.answer(request);
            if (answer.isEmpty()) throw new NoAnswerException(new byte[0], HttpParameters.USUAL.timeout());
            if (answer.startsWith(OK)) return answer.substring(OK.length());
            throw new HttpException(page, answer.matches("\\d{1,3}") ? Integer.parseInt(answer) : 0);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
