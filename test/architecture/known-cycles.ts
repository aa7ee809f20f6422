/**
 * Folders whose files may import each other in a circle. A field of a record can hold fields, so the components that
 * draw them are recursive.
 */
export const knownCycles: readonly string[] = ['web/console/catalog/fields']
