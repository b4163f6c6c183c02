package org.cobnut.proof;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Both servers on the same house, started once for all tests that ask for them, side by side. */
record Servers(Optional<CobnutServer> cobnut, Optional<DebianServer> debianServer) implements AutoCloseable {
    private interface Start<T> {
        T start() throws IOException;
    }

    private static Servers start() {
        var ours = begin(CobnutServer.built(), CobnutServer::onTheHouse);
        var debian = begin(DebianServer.installed(), DebianServer::new);
        return new Servers(ours.join(), debian.join());
    }

    /** Ours; without it, nothing is proven of it. */
    CobnutServer ours() {
        Assumptions.assumeTrue(cobnut.isPresent(), "the distribution is not built");
        return cobnut.orElseThrow();
    }

    /** Debian's, where the packages nut-server and nut-client are installed. */
    DebianServer debian() {
        Assumptions.assumeTrue(debianServer.isPresent(), "Debian's NUT is not installed");
        return debianServer.orElseThrow();
    }

    /** Those that there are. */
    List<Server> all() {
        return Stream.of(cobnut, debianServer)
                .flatMap(Optional::stream)
                .map(Server.class::cast)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Server each : all()) each.close();
    }

    private static <T> CompletableFuture<Optional<T>> begin(boolean there, Start<T> start) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return there ? Optional.of(start.start()) : Optional.empty();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Gives them to a test. */
    static final class Resolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Servers.class, type -> Servers.start(), Servers.class);
        }
    }
}
