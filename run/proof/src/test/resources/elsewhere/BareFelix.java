import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework, and nothing around it: installs and starts what a feature file of OSGi lists: FEATURE REPOSITORY CONF STATE. */
final class BareFelix {
    public static void main(String[] arguments) throws Exception {
        String feature = Files.readString(Path.of(arguments[0]));
        var properties = new HashMap<String, String>();
        String wanted = feature.replaceAll("(?s).*\"framework-properties\": \\{(.*?)\\}.*", "$1");
        Pattern.compile("\"([^\"]+)\": \"([^\"]+)\"").matcher(wanted).results().forEach(pair -> properties.put(pair.group(1), pair.group(2)));
        properties.put("cobnut.confpath", arguments[2]);
        properties.put("cobnut.statepath", arguments[3]);
        properties.put("org.osgi.framework.storage", arguments[3] + "/cache");
        var framework = java.util.ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(properties);
        framework.start();
        var bundles = new ArrayList<Bundle>();
        var ids = Pattern.compile("\\{\"id\": \"([^\"]+)\"\\}").matcher(feature);
        while (ids.find()) {
            String[] parts = ids.group(1).split(":");
            String version = parts[parts.length - 1];
            String file = parts[1] + "-" + version + (parts.length > 3 ? "-" + parts[3] : "") + ".jar";
            Path jar = Path.of(arguments[1], parts[0].replace('.', '/'), parts[1], version, file);
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) if (bundle.getHeaders().get("Fragment-Host") == null) bundle.start();
        System.out.println(bundles.size() + " bundles run");
        framework.waitForStop(0);
    }
}
