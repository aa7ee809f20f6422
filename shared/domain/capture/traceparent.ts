import * as z from 'zod'
import { matches } from '../vocabulary.ts'

/** W3C Trace Context: `00-{trace id}-{parent id}-{flags}`. The ids are random and contain no personal data. */
export const traceparent = z
  .string()
  .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/)
  .check(matches(/^00-(?!0{32})[\da-f]{32}-(?!0{16})/, 'must not have an ID of zeros'))
  .meta({
    id: 'Traceparent',
    description: 'W3C Trace Context of the lead, from its form to the webhooks.',
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  })

type RandomBytes = (count: number) => Uint8Array

// A later version may have more fields after the flags; version ff is not valid.
const headerPattern = /^(?!ff)([\da-f]{2})-([\da-f]{32}-[\da-f]{16})-([\da-f]{2})(-.*)?$/
// Sampled, and random trace id. Unknown flags are not passed on.
const knownFlags = 0b11
const sampled = '01'

/** The header in version 00, or undefined if it is not valid. */
export function parseTraceparent(header: string | undefined): string | undefined {
  const [, version, ids, flags = '', more] = headerPattern.exec(header ?? '') ?? []
  if (version === '00' && more !== undefined) return undefined
  const maskedFlags = Number.parseInt(flags, 16) & knownFlags
  return traceparent.safeParse(`00-${ids}-0${maskedFlags}`).data
}

/** A new trace, for a request without one. */
export function newTraceparent(randomBytes: RandomBytes): string {
  return `00-${toHex(randomBytes(16))}-${newParentId(randomBytes)}-${sampled}`
}

/** A random id for one step of a trace. */
export function newParentId(randomBytes: RandomBytes): string {
  return toHex(randomBytes(8))
}

/** The same trace and flags, with the id of the next step as parent. */
export function replaceParentId(incoming: string, parentId: string): string {
  const [version, traceId, , flags] = incoming.split('-')
  return [version, traceId, parentId, flags].join('-')
}

/** Fields for the log; none if there is no trace. */
export function traceLogFields(stored: string | undefined): { traceId?: string } {
  const [, traceId] = stored?.split('-') ?? []
  return traceId === undefined ? {} : { traceId }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
