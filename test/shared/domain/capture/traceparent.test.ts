import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newParentId,
  newTraceparent,
  parseTraceparent,
  replaceParentId,
  traceparent,
} from '#shared/domain/capture/traceparent.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'
const validHeader = `00-${traceId}-${parentId}-01`

describe('a traceparent', () => {
  it.each([
    [validHeader, validHeader],
    [`00-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
    // Flags without a defined meaning are not passed on.
    [`00-${traceId}-${parentId}-ff`, `00-${traceId}-${parentId}-03`],
    // A later version is read as far as it is ours.
    [`01-${traceId}-${parentId}-01`, validHeader],
    [`cc-${traceId}-${parentId}-01-what-the-future-will-be-like`, validHeader],
  ])('is read as the W3C says: %s', (header, expected) => {
    expect(parseTraceparent(header)).toBe(expected)
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
    ` ${validHeader}`,
    `${validHeader}\r\nx-injected: 1`,
    `01-${traceId}-${parentId}-01-\r\nx-injected: 1`,
    `${validHeader},${validHeader}`,
    `${validHeader}, ${validHeader}`,
  ])('that is not one to the letter is as none: %j', (header) => {
    expect(parseTraceparent(header)).toBeUndefined()
  })

  it('is well-formed or none, whatever was sent', () => {
    const headers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-.{2,9}$/),
    )
    fc.assert(
      fc.property(headers, (header) => {
        const parsed = parseTraceparent(header)
        expect(parsed === undefined || traceparent.safeParse(parsed).success).toBe(true)
      }),
    )
  })

  it('is made anew of random ids where there is none, and told on by another parent with the same flags', () => {
    const fresh = newTraceparent(randomBytes)
    expect(parseTraceparent(fresh)).toBe(fresh)
    expect(newTraceparent(randomBytes)).not.toBe(fresh)
    const newParent = newParentId(randomBytes)
    expect(replaceParentId(`00-${traceId}-${parentId}-02`, newParent)).toBe(`00-${traceId}-${newParent}-02`)
  })
})
