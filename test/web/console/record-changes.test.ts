import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFieldValue } from '#web/console/catalog/history/format-field-value.ts'
import { listFieldChanges } from '#web/console/catalog/history/list-field-changes.ts'
import { listRecordChanges } from '#web/console/catalog/history/list-record-changes.ts'
import { toRevertBody, toVersion } from '#web/console/catalog/history/to-version.ts'
import { campaignFields } from '#web/console/text/records/campaign-fields.ts'

describe('changes between versions of a record', () => {
  it('lists each field that differs with its old and new value, and no field that stays', () => {
    const before = { name: 'A', priceCents: 100, endpoint: { kind: 'webhook', url: 'https://one.example' } }
    const after = { name: 'A', priceCents: 200, endpoint: { kind: 'webhook', url: 'https://two.example' }, weight: 2 }
    expect(listFieldChanges(before, after)).toEqual([
      { pointer: '/priceCents', kind: 'value', before: 100, after: 200 },
      { pointer: '/endpoint/url', kind: 'value', before: 'https://one.example', after: 'https://two.example' },
      { pointer: '/weight', kind: 'value', before: undefined, after: 2 },
    ])
  })

  it('lists the values that a list gained and lost, and says when only the order changed', () => {
    expect(listFieldChanges({ states: ['TX', 'FL'] }, { states: ['FL', 'CA'] })).toEqual([
      { pointer: '/states', kind: 'list', added: ['CA'], removed: ['TX'] },
    ])
    expect(listFieldChanges({ states: ['TX', 'FL'] }, { states: ['FL', 'TX'] })).toEqual([
      { pointer: '/states', kind: 'list', added: [], removed: [] },
    ])
  })

  it('compares a changed item of a list field by field, although an item before it was removed', () => {
    const day = { period: 'day', limit: 1 }
    const week = { period: 'week', limit: 1 }
    const month = { period: 'month', limit: 1 }
    expect(listFieldChanges({ caps: [day, week] }, { caps: [{ ...week, limit: 5 }] })).toEqual([
      { pointer: '/caps/0/period', kind: 'value', before: 'day', after: 'week' },
      { pointer: '/caps/0/limit', kind: 'value', before: 1, after: 5 },
      { pointer: '/caps/1', kind: 'value', before: week, after: undefined },
    ])
    expect(listFieldChanges({ caps: [day, week] }, { caps: [week, month] })).toEqual([
      { pointer: '/caps/1/period', kind: 'value', before: 'day', after: 'month' },
    ])
  })

  it('lists nothing between a record and itself, and something between any two that differ', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(record, record, (one, other) => {
        const [before, after] = [one, other].map(withoutNull)
        expect(listFieldChanges(before, before)).toEqual([])
        const isSame = JSON.stringify(sortNames(before)) === JSON.stringify(sortNames(after))
        expect(listFieldChanges(before, after).length > 0).toBe(!isSame)
      }),
    )
  })

  it('leaves out what the server derives, and shows a secret only where it was changed', () => {
    const before = { priceCents: 100, counters: [1], secret: 'hmac-sha256:a' }
    expect(listRecordChanges({ action: 'record.changed', before, after: { priceCents: 100, counters: [2] } })).toEqual(
      [],
    )
    expect(
      listRecordChanges({ action: 'record.changed', before: {}, after: { secret: 'hmac-sha256:b' } }),
    ).toMatchObject([{ pointer: '/secret' }])
  })
})

describe('values in the history of a record', () => {
  const context = { texts: campaignFields, names: { schools: new Map([['heron', 'Heron Key College']]) } }

  it.each([
    [4500, '/priceCents', '$45.00'],
    [2015, '/facts/0/year', '2015'],
    [undefined, '/weight', 'Not set'],
    ['heron', '/schoolId', 'Heron Key College'],
    ['paused', '/status', 'Paused'],
    [[], '/caps', 'None'],
    [{ period: 'day', limit: 5 }, '/caps/0', 'Period: Day, Limit: 5'],
    [{ field: 'state', op: 'in', value: ['TX'] }, '/rules', 'State is one of Texas'],
  ])('shows %j of %s as %s', (value, pointer, text) => {
    expect(formatFieldValue(value, pointer, context)).toBe(text)
  })
})

describe('the body that restores a version', () => {
  it('leaves out secrets and derived fields', () => {
    const after = {
      name: 'A',
      counters: [1],
      secret: 'hmac-sha256:a',
      endpoint: { kind: 'email', secret: 'hmac-sha256:b' },
    }
    expect(toVersion('campaigns', after)).toEqual({ name: 'A', endpoint: { kind: 'email' } })
  })

  it('leaves the pause and the caps of the school as they are now', () => {
    const version = { name: 'A', schoolStatus: 'active', schoolCaps: [] }
    expect(toRevertBody(version, { name: 'B', schoolStatus: 'paused' })).toEqual({ name: 'A', schoolStatus: 'paused' })
  })
})

/** A member that is null counts as not set. */
function withoutNull(value: object) {
  return JSON.parse(JSON.stringify(value, (_, member) => member ?? 'none'))
}

function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sortNames(member)]),
  )
}
