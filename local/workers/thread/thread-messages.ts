import type { AttemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { SsrfGuardSettings } from '#shared/outbound/webhook/ssrf-guard.ts'
import type { LogEvents } from '#shared/platform/log.ts'

/** What the delivery thread needs to open the same database with the same keys. */
export type ThreadSettings = {
  database: string
  root: string
  attemptTimes: AttemptTimes
  ssrfGuardSettings: SsrfGuardSettings
  /** How far the clock of the host is ahead of that of the machine. */
  clockAheadMs: number
  /** Where the writers of the database take turns. */
  writeTurns: SharedArrayBuffer
}

/** `depth` and `close` are answered with the same `id`. */
export type MessageToThread =
  | { kind: 'send'; pointers: readonly DeliveryPointer[] }
  | { kind: 'open' }
  | { kind: 'depth'; id: number }
  /** Starts no further delivery, and waits for the running ones. */
  | { kind: 'close'; id: number }
  /** Closes connections and database, whatever is still running. */
  | { kind: 'end'; id: number }

export type MessageFromThread =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; depth?: number }
  /** A delivery that goes by email, which the main thread sends. */
  | { kind: 'email'; pointer: DeliveryPointer }
  | LogMessage
  | { kind: 'fault'; error: string }

export type LogMessage = {
  [Name in keyof LogEvents]: { kind: 'log'; event: Name; fields: LogEvents[Name] }
}[keyof LogEvents]
