/** What the tests of the house share: time that the test moves, what a session is given, contracts, real peers. */
@NullMarked
package org.cobnut.testkit;

import org.jspecify.annotations.NullMarked;
