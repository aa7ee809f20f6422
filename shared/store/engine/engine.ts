/**
 * The narrow port under every store. Two engines implement it, SQLite and DynamoDB, and one contract suite
 * (`test/shared/store/engine/contract.ts`) tests both. Conditions and changes are data, never expression strings.
 */

export type Value = string | number | boolean | null | Uint8Array | Value[] | { [name: string]: Value }
export type Item = { [name: string]: Value }
export type Key = { pk: string; sk: string }
export type Row = Item & Key

/** What a table looks like. Infra provisions tables from the same shape that the engines read. */
export type TableShape = {
  /** An index is sparse: an item is in it only while it carries both of its key attributes. */
  indexes: { [index: string]: IndexShape }
}
export type Shapes<Table extends string = string> = { readonly [T in Table]: TableShape }
export type IndexShape = {
  pk: string
  sk: string
  /** Attributes in addition to the keys of table and index. */
  projects: 'all' | readonly string[]
}

/** A comparison with an absent attribute or one of another type is false. Strings compare by UTF-8 bytes. */
export type Condition =
  | { exists: boolean }
  | { attribute: string; is: 'present' | 'absent' }
  | { attribute: string; is: 'equal' | 'below' | 'at-most' | 'above' | 'at-least'; value: string | number | boolean }
  | { attribute: string; is: 'one-of'; values: readonly (string | number)[] }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }

/**
 * A change of an absent or expired item starts with its key only. `add` is for integers; absent counts as 0.
 * `unique`: an attribute of `set` with a text that no other write sets. By it an engine recognizes its own write after a
 * lost response, so that a lone change needs no transaction, which costs twice as much.
 */
export type Write<Table extends string = string> =
  | { in: Table; put: Row; when?: Condition }
  | {
      in: Table
      change: Key
      set?: Item
      add?: { [name: string]: number }
      remove?: readonly string[]
      when?: Condition
      unique?: string
    }
  | { in: Table; delete: Key; when?: Condition }
  | { in: Table; check: Key; when: Condition }

/** `condition`: its `when` was false. `conflict`: another transaction was writing the item; the same call may succeed later. */
export type WriteFailure = 'condition' | 'conflict'
export type WriteOutcome = { done: true } | { done: false; refused: (WriteFailure | undefined)[] }

/** The end of a page, made of keys only. Sign it before a caller gets it. */
export type Cursor = { [attribute: string]: string }
export type Query<Table extends string = string> = {
  in: Table
  index?: string
  pk: string
  /** `from` and `to` are inclusive. */
  sk?: { prefix: string } | { from?: string; to?: string }
  order?: 'ascending' | 'descending'
  limit: number
  after?: Cursor
  mayLag?: boolean
}
/** A page may be shorter than its limit and still have a `next`; only a missing `next` means the end. */
export type Page = { items: Row[]; next?: Cursor }

/**
 * An item whose `expiresAt` (epoch seconds) has passed is absent for reads, conditions and changes. An index detects
 * that only if it projects `expiresAt`. A lone surrogate in a value is stored as U+FFFD.
 * Reads of a table are consistent, unless they `mayLag`, which costs half. They and reads of an index may miss the writes
 * of the last moments on DynamoDB.
 */
export type Engine<Table extends string = string> = {
  /** Set if a write costs twice as much in a transaction as alone, so that what need not be atomic is written apart. */
  prefersLoneWrites?: boolean
  /** Set if a write costs by the kilobyte of its row, so that long rows are compressed, and divided if only a part changes. */
  billsBytes?: boolean
  get(from: { in: Table; key: Key; mayLag?: boolean }): Promise<Row | undefined>
  query(query: Query<Table>): Promise<Page>
  /** All or nothing. `refused` has one entry per write, in order. @throws EngineMisuse for a malformed or oversized call. */
  transact(writes: readonly Write<Table>[]): Promise<WriteOutcome>
}

/** The program made a call that DynamoDB rejects: a programming error. Both engines throw it alike. */
export class EngineMisuse extends Error {
  override name = 'EngineMisuse'
}

/** The database rejected the call because of its rate, after retries. Nothing was written. */
export class EngineThrottled extends Error {
  override name = 'EngineThrottled'
}

/** The database could not be written, such as on a full disk. Nothing was written. */
export class EngineUnwritable extends Error {
  override name = 'EngineUnwritable'
}

/** The database takes no writes while its tables are restored. Nothing was written. */
export class EngineReadOnly extends Error {
  override name = 'EngineReadOnly'
}
