/** Runs the jars of the hot-deploy directory as bundles. */
@NullMarked
package org.cobnut.deploy;

import org.jspecify.annotations.NullMarked;
