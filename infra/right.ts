import { dueEntry } from '#shared/store/index-keys.ts'
import type { Table, tables } from '#shared/store/keys.ts'

export type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem'

/** `keys` are patterns of partition keys of the table or of its index; `any` allows all. */
export type TableRight = {
  [T in Table]: {
    table: T
    index?: keyof (typeof tables)[T]['indexes']
    may: readonly TableAction[]
    keys: readonly string[] | 'any'
    /** The only attributes that a write and its condition may name. Absent: any. */
    attributes?: readonly string[]
  }
}[Table]

export type Rights = {
  tables: readonly TableRight[]
  secret?: 'read'
  /** The secret by which the edge proves itself. */
  edgeSecret?: 'read'
  deliveries?: readonly ('SendMessage' | 'GetQueueAttributes')[]
  mail?: 'send'
}

/** The attributes by which a delivery is in the due index. */
export const dueIndexAttributes = [
  'pk',
  'sk',
  ...Object.keys(dueEntry('', '')),
  'state',
  'leaseUntil',
  'expiresAt',
] as const
