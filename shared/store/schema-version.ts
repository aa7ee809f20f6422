/**
 * The version of what is stored. It grows with each field, value or shape of stored rows that an older program would misread:
 * then a folder or a deployed stage refuses the older one. `schema-migrations.ts` has the step to each version.
 */
export const schemaVersion = 21
