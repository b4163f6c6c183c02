/** What tools for management ask: checks for Felix Health Checks, and MBeans. */
@NullMarked
package org.cobnut.management;

import org.jspecify.annotations.NullMarked;
