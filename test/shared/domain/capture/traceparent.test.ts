import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newParentId,
  newTraceparent,
  readTraceparent,
  traceparent,
  traceparentFrom,
} from '#shared/domain/capture/traceparent.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'
const fits = `00-${traceId}-${parentId}-01`

describe('a traceparent', () => {
  it.each([
    [fits, fits],
    [`00-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
    // Flags that nobody has given a meaning to are not passed on.
    [`00-${traceId}-${parentId}-ff`, `00-${traceId}-${parentId}-03`],
    // A later version is read as far as it is ours.
    [`01-${traceId}-${parentId}-01`, fits],
    [`cc-${traceId}-${parentId}-01-what-the-future-will-be-like`, fits],
  ])('is read as the W3C says: %s', (given, read) => {
    expect(readTraceparent(given)).toBe(read)
  })

  it.each([
    undefined,
    '',
    `ff-${traceId}-${parentId}-01`,
    `00-${'0'.repeat(32)}-${parentId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${parentId}-01`,
    `00-${traceId}-${parentId}-01-more`,
    `01-${traceId}-${parentId}-01.more`,
    `00-${traceId}-${parentId}-1`,
    `0-${traceId}-${parentId}-01`,
    `00-${traceId.slice(1)}-${parentId}-01`,
    `00-${traceId}-${parentId}`,
    ` ${fits}`,
    `${fits}\r\nx-injected: 1`,
    `01-${traceId}-${parentId}-01-\r\nx-injected: 1`,
    `${fits},${fits}`,
    `${fits}, ${fits}`,
  ])('that is not one to the letter is as none: %j', (given) => {
    expect(readTraceparent(given)).toBeUndefined()
  })

  it('is well-formed or none, whatever was sent', () => {
    const sent = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-.{2,9}$/),
    )
    fc.assert(
      fc.property(sent, (given) => {
        const read = readTraceparent(given)
        expect(read === undefined || traceparent.safeParse(read).success).toBe(true)
      }),
    )
  })

  it('is made anew of random ids where there is none, and told on by another parent with the same flags', () => {
    const made = newTraceparent(randomBytes)
    expect(readTraceparent(made)).toBe(made)
    expect(newTraceparent(randomBytes)).not.toBe(made)
    const other = newParentId(randomBytes)
    expect(traceparentFrom(`00-${traceId}-${parentId}-02`, other)).toBe(`00-${traceId}-${other}-02`)
  })
})
