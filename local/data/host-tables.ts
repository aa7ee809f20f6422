import { tables } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'

/** How each connection of a host opens its database. Records are read by every lead and seldom written. */
export const hostTables = { shapes: tables, migrations: schemaMigrations, remembered: ['catalog'] } as const
