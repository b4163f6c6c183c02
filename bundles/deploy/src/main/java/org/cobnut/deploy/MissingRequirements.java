package org.cobnut.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/**
 * Describes the requirements of a bundle that no other bundle meets. Asks the framework for providers, because the
 * message of its exception is too long to read.
 */
public final class MissingRequirements {
    private static final Pattern FROM = Pattern.compile("\\((?:bundle-)?version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]+)\\)\\)");
    private static final Pattern EE_VERSION = Pattern.compile("\\(version=([^)]+)\\)");

    private final FrameworkWiring wiring;

    public MissingRequirements(FrameworkWiring wiring) {
        this.wiring = wiring;
    }

    /** Says what is missing, one sentence each; empty when every want can be met by itself, and only not all together. */
    public List<String> of(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        var missing = new ArrayList<String>();
        if (revision == null) return missing;
        for (BundleRequirement wanted : revision.getDeclaredRequirements(null)) {
            if (!mandatory(wanted)) continue;
            Collection<BundleCapability> givers = wiring.findProviders(wanted);
            if (givers.isEmpty()) missing.add(words(wanted));
            else if (givers.stream().noneMatch(giver -> usable(giver, bundle))) missing.add(words(wanted, givers));
        }
        return missing;
    }

    private static boolean mandatory(BundleRequirement wanted) {
        var directives = wanted.getDirectives();
        String effective = directives.getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "resolve");
        return effective.equals("resolve")
                && !Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
    }

    /** Tells whether the giver is resolved, or is the very bundle that wants. */
    private static boolean usable(BundleCapability giver, Bundle bundle) {
        Bundle from = giver.getRevision().getBundle();
        return from.equals(bundle) || (from.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
    }

    private static String words(BundleRequirement wanted, Collection<BundleCapability> givers) {
        return "it wants %s, and %s, which has it, lacks something itself"
                .formatted(what(wanted), givers.iterator().next().getRevision().getSymbolicName());
    }

    private String words(BundleRequirement wanted) {
        if (wanted.getNamespace().equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE))
            return "it wants %s, and this is Java %d"
                    .formatted(what(wanted), Runtime.version().feature());
        List<String> others = others(wanted);
        return others.isEmpty()
                ? "nothing here has " + what(wanted)
                : "it wants %s, and here is only %s".formatted(what(wanted), String.join(", ", others));
    }

    private static String what(BundleRequirement wanted) {
        String space = wanted.getNamespace();
        String filter = wanted.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String name = name(space, filter).orElse(filter);
        String range = range(filter);
        return switch (space) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "package " + name + range;
            case BundleNamespace.BUNDLE_NAMESPACE -> "bundle " + name + range;
            case HostNamespace.HOST_NAMESPACE -> "bundle " + name + range + ", of which it is a fragment";
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                EE_VERSION
                        .matcher(filter)
                        .results()
                        .findFirst()
                        .map(v -> name + ' ' + v.group(1))
                        .orElse(filter);
            default -> "capability " + space + ' ' + name + range;
        };
    }

    /** In which other versions the thing is here. */
    private List<String> others(BundleRequirement wanted) {
        String space = wanted.getNamespace();
        String filter = wanted.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String attribute = space.equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? Constants.VERSION_ATTRIBUTE
                : Constants.BUNDLE_VERSION_ATTRIBUTE;
        return name(space, filter).stream()
                .flatMap(name -> wiring.findProviders(new NamedRequirement(space, name)).stream())
                .map(giver -> giver.getAttributes().get(attribute))
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    private static Optional<String> name(String space, String filter) {
        Matcher matcher =
                Pattern.compile("\\(" + Pattern.quote(space) + "=([^)]+)\\)").matcher(filter);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String range(String filter) {
        Optional<String> below = BELOW.matcher(filter).results().findFirst().map(match -> match.group(1));
        return FROM.matcher(BELOW.matcher(filter).replaceAll(""))
                .results()
                .findFirst()
                .map(match -> match.group(1))
                .map(from -> below.map(b -> " [" + from + ',' + b + ')').orElse(" from version " + from))
                .orElse("");
    }
}
