package org.cobnut.scan;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks every address of a scan, many at the same time, each on a thread that waits. As many run at once as the request says, and
 * never more than 256. One walk serves one scan, and one thread calls it.
 */
public final class AddressWalk {
    private static final int MOST_PARALLEL = 256;

    /** A question to one address. */
    public interface Question extends AutoCloseable {
        /**
         * Asks, and tells the report what is there.
         *
         * @throws IOException when nobody answers, or somebody else does: that is no problem of the scan
         */
        void ask() throws IOException;

        /** Ends the question, also from another thread while it is asked. It may be called twice. */
        @Override
        void close();
    }

    private final ScanRequest request;
    private final ScanReport report;
    private final String what;
    private final Function<InetAddress, Question> questions;
    private final int parallel;
    private final Semaphore places;
    private final Set<Question> open = ConcurrentHashMap.newKeySet();
    private final long end;

    private AddressWalk(
            ScanRequest request, ScanReport report, String what, Function<InetAddress, Question> questions) {
        this.request = request;
        this.report = report;
        this.what = what;
        this.questions = questions;
        this.parallel = Math.min(request.parallel(), MOST_PARALLEL);
        this.places = new Semaphore(parallel);
        this.end = System.nanoTime() + Math.min(request.limit().toNanos(), Long.MAX_VALUE / 4);
    }

    /**
     * Asks all addresses of the request. Returns when the last question has ended, or when the time of the request is over, which
     * is told as a problem.
     *
     * @param what is looked for, as the subject of a sentence: {@code "Modbus devices"}
     * @param questions makes the question to an address; called on this thread
     */
    public static void of(
            ScanRequest request, ScanReport report, String what, Function<InetAddress, Question> questions)
            throws InterruptedException {
        if (request.ranges().isEmpty()) return;
        new AddressWalk(request, report, what, questions).run();
    }

    private void run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(parallel, work -> {
            var thread = new Thread(work, "cobnut-scan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (AddressRange range : request.ranges())
                for (Iterator<InetAddress> addresses = range.iterator(); addresses.hasNext(); ) {
                    if (!place(1)) return;
                    start(threads, questions.apply(addresses.next()));
                }
            place(parallel);
        } finally {
            open.forEach(Question::close);
            threads.shutdownNow();
        }
    }

    private boolean place(int count) throws InterruptedException {
        boolean free = places.tryAcquire(count, end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!free)
            report.problem("%s: the scan ended after its limit of %d s; give fewer addresses, or a shorter timeout"
                    .formatted(what, request.limit().toSeconds()));
        return free;
    }

    private void start(ExecutorService threads, Question question) {
        open.add(question);
        threads.execute(() -> {
            try (question) {
                question.ask();
            } catch (IOException nobody) {
                // Nothing is there that this scan looks for.
            } finally {
                open.remove(question);
                places.release();
            }
        });
    }
}
