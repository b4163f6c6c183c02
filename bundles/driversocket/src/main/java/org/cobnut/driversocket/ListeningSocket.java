package org.cobnut.driversocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that listens, and its file. The loop's thread. */
final class ListeningSocket {
    private static final Logger log = LoggerFactory.getLogger(ListeningSocket.class);

    private static final int BACKLOG = 16;

    private final Path path;
    private final Channel channel;
    private final @Nullable Object key;

    private ListeningSocket(Path path, Channel channel, @Nullable Object key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Listens, in the place of a socket that is dead. It is shut to all but its owner and group before anybody can
     * find it.
     *
     * @param group who may connect beside the owner; empty for the owner's own group
     * @throws IOException naming the path
     */
    static ListeningSocket listen(SocketEventLoop loop, Path path, String group, Supplier<ChannelHandler> handlers)
            throws IOException {
        if (Files.exists(path)
                && !Files.readAttributes(path, BasicFileAttributes.class).isOther())
            throw new IOException("cannot listen on " + path + " (there is a file that is no socket)");
        Path early = path.resolveSibling(
                ".s" + Integer.toHexString(ThreadLocalRandom.current().nextInt()));
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(early), BACKLOG);
            Files.setPosixFilePermissions(early, PosixFilePermissions.fromString("rw-rw----"));
            if (!group.isEmpty()) give(early, group);
            Object key = key(early);
            Files.move(early, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new ListeningSocket(path, loop.serve(listener, handlers), key);
        } catch (IOException e) {
            listener.close();
            Files.deleteIfExists(early);
            throw new IOException("cannot listen on " + path + " (" + ErrorText.of(e) + ")", e);
        }
    }

    /** Takes the file away, if nobody has put another in its place. */
    void close() {
        channel.close();
        try {
            if (Objects.equals(key, key(path))) Files.delete(path);
        } catch (NoSuchFileException gone) {
            log.debug("{} is gone already", path);
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", path, ErrorText.of(e));
        }
    }

    private static void give(Path path, String group) throws IOException {
        try {
            GroupPrincipal principal =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(principal);
        } catch (UserPrincipalNotFoundException unknown) {
            throw new IOException("ups.conf says group = " + group + ", and there is no such group", unknown);
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
