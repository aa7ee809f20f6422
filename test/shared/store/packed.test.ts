import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { currentDisclosureVersion, renderDisclosureText } from '#shared/domain/capture/disclosure.ts'
import { fullSampleLead, minimalSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { decisionDictionary } from '#shared/store/decision-dictionary.ts'
import { eventDictionary } from '#shared/store/event-dictionary.ts'
import { isPacked, pack, packDecisionPart, packEvent, packPart, packShared, unpack } from '#shared/store/packed.ts'
import { aCandidate } from '#test/builders/catalog.ts'

describe('a packed value', () => {
  const values = [{}, { a: 'ü'.repeat(9000) }, { body: JSON.stringify(fullSampleLead) }, minimalSampleLead]

  const packPlainPart = (value: object) => packPart(value, 'plain')
  const packDecision = (value: object) => packDecisionPart(value, 'compact')

  it.each(Object.entries({ pack, packPart, packPlainPart, packShared, packEvent, packDecision }))(
    'is returned unchanged: %s',
    (_, packValue) => {
      for (const value of values) {
        const packed = packValue(value)
        expect([isPacked(packed), unpack(packed)]).toEqual([true, value])
      }
    },
  )
})

describe('a part of a row', () => {
  const part = { text: 'a'.repeat(10_000) }

  it('is compressed where writes are billed by the kilobyte, and elsewhere only if it is very long', () => {
    expect(packPart(part)).toHaveProperty('gzip')
    expect(packPart(part, 'plain')).toHaveProperty('json')
    expect(packPart({ ...part, more: 'b'.repeat(100_000) }, 'plain')).toHaveProperty('gzip')
  })

  it('that many leads share is compressed once, also if each has its own copy', () => {
    const bytes = [part, { ...part }].map((value) => packShared(value).gzip)
    expect(bytes[0]).toBeInstanceOf(Uint8Array)
    expect(bytes[1]).toBe(bytes[0])
    expect(packShared({ text: 'b'.repeat(10_000) }).gzip).not.toEqual(bytes[0])
  })

  it('is joined with those that were packed apart', () => {
    expect(unpack({ ...packPart({ one: 1 }, 'plain'), shared: { text: packShared(part) } })).toEqual({
      one: 1,
      text: part,
    })
  })
})

describe('the dictionary of events', () => {
  it('never changes, because stored events cannot be read with another', () => {
    expect(sha256(eventDictionary.toString())).toBe('2c1216d7904d0bac25bbad5b642e909fdcba407164b8dff57c7248a174f5c74e')
  })

  it('keeps an event with all fields within a kilobyte', () => {
    const random = () => randomBytes(16).toString('base64url')
    const { data } = fullSampleLead
    const schools = ['Tall Grass College', 'Bay Shore Institute', 'Lone Prairie Technical College']
    const consent = {
      ...data.consent,
      sha256: random() + random(),
      text: renderDisclosureText(currentDisclosureVersion, schools),
    }
    const event = { ...fullSampleLead, data: { ...data, leadId: random(), deliveryId: random(), consent } }
    const content = { traceparent: random() + random(), body: JSON.stringify(event) }
    expect(measureBytes(packEvent(content))).toBeLessThan(700)
    expect(measureBytes(packPart(content))).toBeGreaterThan(1024)
  })
})

describe('the dictionary of decisions', () => {
  it('never changes, because stored decisions cannot be read with another', () => {
    expect(sha256(decisionDictionary.toString())).toBe(
      '149f959b8bab1f79b549d9dd77379bcd0e8c3a0a41edd5bb6fa567d8c202984a',
    )
  })

  it('saves more than 300 bytes of a decision whose names it does not have', () => {
    const random = () => randomBytes(8).toString('hex')
    const candidates = Array.from({ length: 9 }, () =>
      aCandidate({
        campaign: { id: random(), name: random() },
        school: { id: random(), name: random(), legalName: random() },
        programs: [{ id: random(), name: random() }],
      }),
    )
    const inputs = { stage: 'lead', method: 'priority', candidates }
    const [deflated, gzipped] = [packDecisionPart(inputs, 'compact'), packPart(inputs)].map(measureBytes)
    expect(deflated).toBeLessThan((gzipped ?? 0) - 300)
  })

  it('is used where writes are billed by the kilobyte, and not for thousands of candidates', () => {
    const part = { text: 'a'.repeat(100) }
    expect(packDecisionPart(part, 'compact')).toHaveProperty('decided')
    expect(packDecisionPart(part, 'plain')).toHaveProperty('json')
    expect(packDecisionPart({ text: 'a'.repeat(100_000) }, 'compact')).toHaveProperty('gzip')
  })
})

function measureBytes(packed: object): number {
  return Object.values(packed).reduce((sum: number, bytes) => sum + z.instanceof(Uint8Array).parse(bytes).byteLength, 0)
}
