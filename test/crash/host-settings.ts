import * as z from 'zod'
import { tables } from '#shared/store/keys.ts'

const tableNamesSchema = z.strictObject(Object.fromEntries(Object.keys(tables).map((table) => [table, z.string()])))

/** Settings of a host in crash tests: one JSON argument, so that the product needs no such switch. */
export const hostSettings = z.strictObject({
  dataDir: z.string(),
  /** How far its clock is ahead, to simulate downtime. */
  aheadSeconds: z.number().min(0),
  deliveryThread: z.boolean().default(false),
  earlyQueue: z.enum(['on', 'off']).default('on'),
  dynamodb: z.strictObject({ endpoint: z.url(), tableNames: tableNamesSchema }).optional(),
  sabotage: z.enum(['answers-early', 'new-id-on-retry', 'naive-caps', 'no-sweeper']).optional(),
})
export type HostSettings = z.input<typeof hostSettings>
export type HostSabotage = NonNullable<HostSettings['sabotage']>

/** The first line of a host's output. */
export const hostReady = z.strictObject({ api: z.url(), operatorKey: z.string() })
export type HostReady = z.output<typeof hostReady>
