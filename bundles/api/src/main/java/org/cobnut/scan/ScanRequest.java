package org.cobnut.scan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a scanner is asked to look at. A scanner takes from it what its kind needs, and no notice of the rest. Immutable;
 * begin with {@link #all()}.
 */
public final class ScanRequest {
    /** How long one network operation may take unless the request says otherwise. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long a scan may take in all unless the request says otherwise. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    /** How many devices are asked at the same time, at most, unless the request says otherwise. */
    public static final int PARALLEL = 256;

    private static final ScanRequest ALL =
            new ScanRequest(List.of(), List.of(), OptionalInt.empty(), TIMEOUT, LIMIT, PARALLEL, Map.of());

    private final List<AddressRange> ranges;
    private final List<String> ports;
    private final OptionalInt tcpPort;
    private final Duration timeout;
    private final Duration limit;
    private final int parallel;
    private final Map<String, String> options;

    private ScanRequest(
            List<AddressRange> ranges,
            List<String> ports,
            OptionalInt tcpPort,
            Duration timeout,
            Duration limit,
            int parallel,
            Map<String, String> options) {
        this.ranges = List.copyOf(ranges);
        this.ports = List.copyOf(ports);
        this.tcpPort = tcpPort;
        this.timeout = timeout;
        this.limit = limit;
        this.parallel = parallel;
        this.options = Map.copyOf(options);
    }

    /** Asks for whatever can be found without an address, a port or an option. */
    public static ScanRequest all() {
        return ALL;
    }

    /** The same over these addresses of the network. */
    public ScanRequest withRanges(List<AddressRange> addresses) {
        return new ScanRequest(addresses, ports, tcpPort, timeout, limit, parallel, options);
    }

    /** The same at these ports of this machine, by name. Only a port that is named here is sent anything. */
    public ScanRequest withPorts(List<String> names) {
        return new ScanRequest(ranges, names, tcpPort, timeout, limit, parallel, options);
    }

    /** The same at this port of each address, in place of the one that is usual. */
    public ScanRequest withTcpPort(int port) {
        if (port < 1 || port > 0xffff) throw new IllegalArgumentException("port out of range 1-65535: " + port);
        return new ScanRequest(ranges, ports, OptionalInt.of(port), timeout, limit, parallel, options);
    }

    /** The same with another limit for one network operation. */
    public ScanRequest withTimeout(Duration one) {
        return new ScanRequest(ranges, ports, tcpPort, positive(one), limit, parallel, options);
    }

    /** The same with another limit for all of the scan. */
    public ScanRequest withLimit(Duration whole) {
        return new ScanRequest(ranges, ports, tcpPort, timeout, positive(whole), parallel, options);
    }

    /** The same with at most so many devices asked at the same time. */
    public ScanRequest withParallel(int most) {
        if (most < 1) throw new IllegalArgumentException("at least one at a time, not " + most);
        return new ScanRequest(ranges, ports, tcpPort, timeout, limit, most, options);
    }

    /** The same with one more option, such as {@code community}: by the name that the option has in ups.conf. */
    public ScanRequest withOption(String name, String value) {
        var more = new TreeMap<>(options);
        more.put(name, value);
        return new ScanRequest(ranges, ports, tcpPort, timeout, limit, parallel, more);
    }

    /** The addresses; empty for none, which is not "everywhere". */
    public List<AddressRange> ranges() {
        return ranges;
    }

    /** The ports of this machine; empty when none may be sent anything. */
    public List<String> ports() {
        return ports;
    }

    /** The port at each address; empty for the usual one. */
    public OptionalInt tcpPort() {
        return tcpPort;
    }

    /** How long one network operation may take. */
    public Duration timeout() {
        return timeout;
    }

    /** How long the scan may take in all. */
    public Duration limit() {
        return limit;
    }

    /** How many devices may be asked at the same time. */
    public int parallel() {
        return parallel;
    }

    /** The value of an option; empty when it was not given. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Shows no value of an option, for it may be secret. */
    @Override
    public String toString() {
        return "addresses %s, ports %s, options %s".formatted(ranges, ports, options.keySet());
    }

    private static Duration positive(Duration given) {
        if (given.isZero() || given.isNegative()) throw new IllegalArgumentException("no time at all: " + given);
        return given;
    }
}
