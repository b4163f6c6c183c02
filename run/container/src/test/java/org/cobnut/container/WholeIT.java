package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.cobnut.exam.InContainer;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

@InContainer
class WholeIT {
    @Test
    void everyBundleIsActive(BundleContext context) {
        assertThat(Stream.of(context.getBundles()).filter(bundle -> !fragment(bundle)))
                .hasSizeGreaterThan(20)
                .allSatisfy(bundle -> assertThat(bundle.getState())
                        .as(bundle.getSymbolicName())
                        .isEqualTo(Bundle.ACTIVE));
    }

    @Test
    void everyFragmentIsAttached(BundleContext context) {
        assertThat(Stream.of(context.getBundles()).filter(WholeIT::fragment))
                .isNotEmpty()
                .allSatisfy(bundle -> assertThat(bundle.getState())
                        .as(bundle.getSymbolicName())
                        .isEqualTo(Bundle.RESOLVED));
    }

    private static boolean fragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
