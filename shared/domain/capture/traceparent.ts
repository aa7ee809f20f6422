import * as z from 'zod'

/** By W3C Trace Context where something belongs: `00-{trace id}-{parent id}-{flags}`. Random, and nothing of a person. */
export const traceparent = z
  .string()
  .regex(/^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-0[0-3]$/)
  .meta({
    id: 'Traceparent',
    description: 'The trace of W3C Trace Context that the lead belongs to, from its form to the webhooks.',
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  })

type RandomBytes = (count: number) => Uint8Array

// A later version may say more behind the flags; of its own there is no reading it.
const headerPattern = /^(?!ff)([\da-f]{2})-([\da-f]{32}-[\da-f]{16})-([\da-f]{2})(-.*)?$/
// What the flags mean that there are: sampled, and a trace id that is random. Others are not passed on.
const knownFlags = 0b11
const sampled = '01'

/** What a header says, in the version that we speak; one that does not fit to the letter is as none. */
export function parseTraceparent(header: string | undefined): string | undefined {
  const [, version, ids, flags = '', more] = headerPattern.exec(header ?? '') ?? []
  if (version === '00' && more !== undefined) return undefined
  const maskedFlags = Number.parseInt(flags, 16) & knownFlags
  return traceparent.safeParse(`00-${ids}-0${maskedFlags}`).data
}

/** For who came without one. */
export function newTraceparent(randomBytes: RandomBytes): string {
  return `00-${toHex(randomBytes(16))}-${newParentId(randomBytes)}-${sampled}`
}

/** What names one step of a trace. */
export function newParentId(randomBytes: RandomBytes): string {
  return toHex(randomBytes(8))
}

/** The same trace with the same flags, as told by one step of it. */
export function replaceParentId(incoming: string, parentId: string): string {
  const [version, traceId, , flags] = incoming.split('-')
  return [version, traceId, parentId, flags].join('-')
}

/** For the log: nothing where there is no trace. */
export function traceLogFields(stored: string | undefined): { traceId?: string } {
  const [, traceId] = stored?.split('-') ?? []
  return traceId === undefined ? {} : { traceId }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
