package org.cobnut.webconsole;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Wraps an answer: holds back text until its scripts are marked, and can append to a script. */
final class PageResponse extends HttpServletResponseWrapper {
    private static final String SCRIPT = "<script";
    private static final String END = "</script>";

    private final String nonce;
    private final byte[] end;
    private @Nullable StringWriter held;
    private @Nullable PrintWriter writer;

    /** @param end what is added to an answer of bytes; empty for nothing */
    PageResponse(HttpServletResponse answer, String nonce, byte[] end) {
        super(answer);
        this.nonce = nonce;
        this.end = end.clone();
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null || held == null) {
            held = new StringWriter();
            writer = new PrintWriter(held);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer == null) super.flushBuffer();
    }

    @Override
    public void setContentLength(int length) {
        if (end.length == 0) super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (end.length == 0) super.setContentLengthLong(length);
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (end.length == 0 || !name.equalsIgnoreCase("Content-Length")) super.setIntHeader(name, value);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return end.length == 0 ? super.getOutputStream() : new Unclosed(super.getOutputStream());
    }

    /** Lets go of what was held. */
    void finish() throws IOException {
        if (end.length > 0 && getStatus() == SC_OK) super.getOutputStream().write(end);
        if (held == null) return;
        var type = getContentType();
        var text = held.toString();
        super.getWriter().write(type != null && type.startsWith("text/html") ? marked(text, nonce) : text);
    }

    /** Marks the scripts of the page itself; a script that stands within the text of another is data. */
    static String marked(String text, String nonce) {
        var all = new StringBuilder(text.length() + SCRIPT.length());
        int done = 0;
        for (int at = text.indexOf(SCRIPT); at >= 0; at = text.indexOf(SCRIPT, done)) {
            int after = at + SCRIPT.length();
            all.append(text, done, after).append(" nonce=\"").append(nonce).append('"');
            int close = text.indexOf(END, after);
            done = close < 0 ? text.length() : close;
            all.append(text, after, done);
        }
        return all.append(text, done, text.length()).toString();
    }

    /** Accepts a close, as the copy of a file ends with one. */
    private static final class Unclosed extends ServletOutputStream {
        private final ServletOutputStream to;

        Unclosed(ServletOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            to.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.write(bytes, from, length);
        }

        @Override
        public boolean isReady() {
            return to.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            to.setWriteListener(listener);
        }

        @Override
        public void close() {
            // The end is still to come.
        }
    }
}
