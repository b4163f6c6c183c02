/** Installs drivers from signed catalogs. */
@NullMarked
package org.cobnut.deploy.catalog;

import org.jspecify.annotations.NullMarked;
