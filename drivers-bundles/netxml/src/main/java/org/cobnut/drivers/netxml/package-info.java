/** Network cards of MGE and Eaton that serve XML over HTTP. */
@NullMarked
package org.cobnut.drivers.netxml;

import org.jspecify.annotations.NullMarked;
