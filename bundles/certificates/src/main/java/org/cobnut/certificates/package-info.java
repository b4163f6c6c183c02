/** Makes certificates and keys: the program nutctl tls. */
@NullMarked
package org.cobnut.certificates;

import org.jspecify.annotations.NullMarked;
