import type { Key, Row } from '#shared/store/engine/engine.ts'

export type Tag = { key: string; value: string }
/** What a point-in-time restore does not carry over, so that it must be set again. */
export type TableSettings = {
  hasDeletionProtection: boolean
  /** The attribute by which rows expire. */
  timeToLive: string | undefined
  /** Absent: no point-in-time recovery. */
  recoveryDays: number | undefined
  /** What the stream contains; absent: no stream. */
  stream: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | undefined
  /** Without those that only AWS may set. */
  tags: readonly Tag[]
}
export type TableState = {
  name: string
  arn: string
  isActive: boolean
  /** As of up to six hours ago. */
  approximateRows: number
  /** The instants between which the table can be restored; absent: point-in-time recovery is off. */
  window: { earliest: Date; latest: Date } | undefined
  /** The ARN of its own encryption key; absent: a key of AWS. */
  encryptionKey: string | undefined
  /** Keys, indexes and projections, as text to compare. */
  shape: string
  /** What it was restored from. */
  restored: { from: string; at: Date } | undefined
  settings: TableSettings
}
export type RowWrite = { put: Row } | { delete: Key }

/** What a restore asks of the database itself, beside the engine's port, which has neither tables nor scans. */
export type TableAdmin = {
  describe(name: string): Promise<TableState | undefined>
  startRestore(restore: { from: TableState; to: string; at: Date }): Promise<void>
  /** Sets what differs from `settings`, and returns when the table has it. */
  applySettings(table: TableState, settings: TableSettings): Promise<void>
  /** Every row, with consistent reads, in pages. */
  scan(name: string): AsyncIterable<Row[]>
  write(name: string, writes: readonly RowWrite[]): Promise<void>
}
