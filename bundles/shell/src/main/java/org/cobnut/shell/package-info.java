/** What a person types: the commands of the scope nut, and the socket through which they come. */
@NullMarked
package org.cobnut.shell;

import org.jspecify.annotations.NullMarked;
