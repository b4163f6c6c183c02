/** What only the whole can answer: the bundles in one framework, and the distribution as processes. */
@NullMarked
package org.cobnut.container;

import org.jspecify.annotations.NullMarked;
