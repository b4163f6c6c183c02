/** The driver ${driver}: a mapping file, and how its device is asked. */
package ${package};
