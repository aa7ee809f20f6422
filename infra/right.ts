import { dueEntry } from '#shared/store/index-keys.ts'
import type { Table, tables } from '#shared/store/keys.ts'

export type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem'

/** `keys` are patterns of partition keys, or of the index's where there is one; `any` says that none is out of bounds. */
export type TableRight = {
  [T in Table]: {
    table: T
    index?: keyof (typeof tables)[T]['indexes']
    may: readonly TableAction[]
    keys: readonly string[] | 'any'
    /** All that a write may name, in its condition too. Absent: any. */
    attributes?: readonly string[]
  }
}[Table]

export type Rights = {
  tables: readonly TableRight[]
  secret?: 'read'
  /** What the edge says to prove itself. */
  edgeSecret?: 'read'
  deliveries?: readonly ('SendMessage' | 'GetQueueAttributes')[]
  mail?: 'send'
}

/** What says of a delivery where it stands in the due index, and whether it is still there. */
export const dueIndexAttributes = ['pk', 'sk', ...Object.keys(dueEntry('', '')), 'state', 'expiresAt'] as const
