package org.cobnut.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What axe finds on the page that a browser shows: each fault against WCAG A and AA a line. */
final class Axe {
    private static final String SCRIPT = script();

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(
                found => done(found.violations.map(each => each.impact + ' ' + each.id + ': ' + each.nodes.map(node => node.html).join(' '))
                    .join('\\n')), failure => done(String(failure)));
            """;

    private Axe() {}

    static String violations(Browser browser) {
        browser.run(SCRIPT);
        return String.valueOf(browser.await(RUN));
    }

    private static String script() {
        try (var script = Axe.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
