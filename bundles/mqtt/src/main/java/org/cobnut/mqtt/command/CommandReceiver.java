package org.cobnut.mqtt.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.Authentication;
import org.cobnut.access.RequestResult;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.cobnut.mqtt.publish.Json;
import org.cobnut.mqtt.publish.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands and sets variables for users of upsd.users, whom upsd checks as if they came over the network; the answer
 * goes to {@code result}. Without a login a message counts for the user that mqtt.conf names, if it names one. Any thread;
 * nothing blocks.
 */
public final class CommandReceiver {
    private static final Logger log = LoggerFactory.getLogger(CommandReceiver.class);
    private static final int MOST_AT_ONCE = 32;
    private static final int LONGEST = 4096;
    private static final String COMMAND = "/cmd";
    private static final String SET = "/set";

    private final Topics topics;
    private final Optional<Login> own;
    private final Runnable rightsChanged;
    private final AtomicReference<@Nullable UserAuthenticator> authenticator = new AtomicReference<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Optional<AuthenticatedUser> trusted = Optional.empty();

    /** A user of upsd.users, and the password. */
    public record Login(String user, String password) {
        /** Says nothing secret. */
        @Override
        public String toString() {
            return "Login[" + user + ']';
        }
    }

    /**
     * A receiver for the topics of a node.
     *
     * @param own for whom commands without a login count
     * @param rightsChanged called when that user has logged in
     */
    public CommandReceiver(Topics topics, Optional<Login> own, Runnable rightsChanged) {
        this.topics = topics;
        this.own = own;
        this.rightsChanged = rightsChanged;
    }

    /** Takes upsd's authentication, or notes that upsd is gone. */
    public void use(@Nullable UserAuthenticator upsd) {
        authenticator.set(upsd);
        trusted = Optional.empty();
        if (upsd == null || own.isEmpty()) return;
        upsd.authenticate(own.get().user(), own.get().password(), "127.0.0.1").thenAccept(answer -> {
            if (answer.user().isEmpty())
                log.warn(
                        "mqtt.conf: upsd does not let commanduser '{}' in; see upsd.users and commandpassword",
                        own.get().user());
            trusted = answer.user();
            rightsChanged.run();
        });
    }

    /** What to subscribe to. */
    public List<String> filters() {
        return List.of(topics.of("+", COMMAND.substring(1)), topics.of("+", SET.substring(1)));
    }

    /** Whether a command without a login may be run. */
    public boolean mayRun(String command) {
        return trusted.filter(user -> user.mayRun(command)).isPresent();
    }

    /** Takes a message; false when its topic is none of these. */
    public boolean received(BrokerSession session, ReceivedMessage message) {
        String prefix = topics.base() + '/' + topics.node() + '/';
        String topic = message.topic();
        boolean set = topic.endsWith(SET);
        if (!topic.startsWith(prefix) || !(set || topic.endsWith(COMMAND))) return false;
        String ups = topic.substring(prefix.length(), topic.length() - (set ? SET : COMMAND).length());
        if (ups.isEmpty() || ups.indexOf('/') >= 0) return false;
        if (message.retained()) {
            log.warn("A retained message on {} is ignored, for it would be obeyed at each start; delete it", topic);
            return true;
        }
        Optional<Order> order =
                message.payload().length > LONGEST ? Optional.empty() : Order.parse(set, ups, message.text());
        if (order.isEmpty()) {
            answer(
                    session,
                    new Order(set, ups, "", "", "", "", ""),
                    refusal(
                            "INVALID-ARGUMENT",
                            set ? "JSON with variable and value is wanted" : "JSON with command is wanted"));
            return true;
        }
        if (running.incrementAndGet() > MOST_AT_ONCE) {
            running.decrementAndGet();
            answer(session, order.get(), refusal("BUSY", MOST_AT_ONCE + " commands are running already"));
            return true;
        }
        run(order.get(), session.address()).whenComplete((result, failure) -> {
            running.decrementAndGet();
            answer(session, order.get(), result == null ? refusal("FAILED", "the log may say more") : result);
        });
        return true;
    }

    private CompletionStage<RequestResult> run(Order order, String address) {
        UserAuthenticator upsd = authenticator.get();
        if (upsd == null) return done("FAILED", "upsd does not run here, so nobody can log in");
        boolean anonymous = order.user().isEmpty();
        if (anonymous && own.isEmpty())
            return done("USERNAME-REQUIRED", "this takes user and password of a user of upsd.users");
        Login login = anonymous ? own.get() : new Login(order.user(), order.password());
        return upsd.authenticate(login.user(), login.password(), anonymous ? "127.0.0.1" : address)
                .thenCompose(answer -> execute(order, answer));
    }

    private static CompletionStage<RequestResult> execute(Order order, Authentication answer) {
        if (answer.user().isEmpty())
            return done(
                    "ACCESS-DENIED",
                    answer.throttled() ? "too many wrong passwords; try again in a minute" : "wrong user or password");
        AuthenticatedUser user = answer.user().get();
        return order.set()
                ? user.set(order.ups(), order.what(), order.value())
                : user.run(order.ups(), order.what(), order.value());
    }

    private void answer(BrokerSession session, Order order, RequestResult result) {
        String json = Json.text(out -> {
            out.beginObject();
            if (!order.id().isEmpty()) out.name("id").value(order.id());
            out.name(order.set() ? "variable" : "command").value(order.what());
            out.name("ok").value(result.succeeded());
            if (!result.error().isEmpty()) out.name("error").value(result.error());
            if (!result.reason().isEmpty()) out.name("reason").value(result.reason());
            out.endObject();
        });
        session.publishAtLeastOnce(topics.of(order.ups(), "result"), json.getBytes(StandardCharsets.UTF_8), false);
        session.flush();
    }

    private static RequestResult refusal(String error, String reason) {
        return new RequestResult(error, reason);
    }

    private static CompletionStage<RequestResult> done(String error, String reason) {
        return CompletableFuture.completedFuture(refusal(error, reason));
    }
}
