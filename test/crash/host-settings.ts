import * as z from 'zod'
import { tables } from '#shared/store/keys.ts'

const tableNamesSchema = z.strictObject(Object.fromEntries(Object.keys(tables).map((table) => [table, z.string()])))

/** What a host of a crash test is started with: one JSON argument, so that no such switch enters the product. */
export const hostSettings = z.strictObject({
  dataDir: z.string(),
  /** How far its clock is ahead of ours: it stands for the time that a host was down. */
  aheadSeconds: z.number().min(0),
  earlyQueue: z.enum(['on', 'off']).default('on'),
  dynamodb: z.strictObject({ endpoint: z.url(), tableNames: tableNamesSchema }).optional(),
  sabotage: z.enum(['answers-early', 'new-id-on-retry', 'naive-caps', 'no-sweeper']).optional(),
})
export type HostSettings = z.input<typeof hostSettings>
export type HostSabotage = NonNullable<HostSettings['sabotage']>

/** What a host says on its first line. */
export const hostReady = z.strictObject({ api: z.url(), operatorKey: z.string() })
export type HostReady = z.output<typeof hostReady>
