/** What tests of several bundles share: real peers, and waits that end. */
@NullMarked
package org.cobnut.testkit;

import org.jspecify.annotations.NullMarked;
