/** Devices and this process in the text formats of Prometheus and OpenMetrics. */
@NullMarked
package org.cobnut.web.metrics;

import org.jspecify.annotations.NullMarked;
