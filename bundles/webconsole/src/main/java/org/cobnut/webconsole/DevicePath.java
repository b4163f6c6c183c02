package org.cobnut.webconsole;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Encodes names of devices in the path of a page. */
final class DevicePath {
    private DevicePath() {}

    static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The device that a path such as {@code /nut/NAME} names; the container has decoded it. */
    static Optional<String> device(String path) {
        int slash = path.indexOf('/', 1);
        return slash < 0 || slash + 1 == path.length() ? Optional.empty() : Optional.of(path.substring(slash + 1));
    }
}
