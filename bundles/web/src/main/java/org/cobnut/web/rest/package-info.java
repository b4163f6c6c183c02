/** Devices as JSON. */
@NullMarked
package org.cobnut.web.rest;

import org.jspecify.annotations.NullMarked;
