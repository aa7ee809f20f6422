import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'

type Leaf = { name: string; schema: z.core.$ZodType }

/** Every field that a caller can send, by its name. */
function listLeaves(schema: z.core.$ZodType, name: string, seen: ReadonlySet<z.core.$ZodType> = new Set()): Leaf[] {
  if (seen.has(schema)) return []
  const inner = new Set([...seen, schema])
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([field, one]) => listLeaves(one, field, inner))
  if (schema instanceof z.ZodUnion)
    return [{ name, schema }, ...schema.options.flatMap((one: z.core.$ZodType) => listLeaves(one, name, inner))]
  if (schema instanceof z.ZodArray) return listLeaves(schema.element, name, inner)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return listLeaves(schema.unwrap(), name, inner)
  return [{ name, schema }]
}

const parse = ({ schema }: Leaf, value: unknown) => z.safeParse(schema, value).data

/** A kind of field is known by what it takes. Each takes what is dirty, too, and gives the clean value. */
const kinds: { [kind: string]: { isKind: (leaf: Leaf) => boolean; dirty: readonly string[]; clean: string } } = {
  'email address': {
    isKind: (leaf) => /^(to|fallbackTo)$|email$/i.test(leaf.name) && parse(leaf, 'ada@mail.example') !== undefined,
    dirty: [
      '\u202aada@mail.example\u202c',
      ' ada@mail.example\u200b',
      'Ada Lovelace <ada@mail.example>',
      '<ada@mail.example>,',
      'mailto:ada@mail.example?subject=Hello',
      '"ada@mail.example"',
      'ada@mail.example.',
      'ada＠mail．example',
      'ada @ mail.example',
    ],
    clean: 'ada@mail.example',
  },
  'phone number': {
    isKind: ({ name }) => /phone$/i.test(name),
    dirty: ['\u202a+1 (512) 789-1111\u202c', '\u2068+1 (512)\u200b 789-1111\u2069 '],
    clean: '+1 (512) 789-1111',
  },
  'ZIP code': {
    isKind: ({ name }) => /^zip/i.test(name),
    dirty: ['\u200e78701', '787011234', '78701 1234', '78701-1234 ', '78701-____', 'TX 78701', '７８７０１', '78701.0'],
    clean: '78701',
  },
  state: {
    isKind: (leaf) => leaf.name === 'state' && parse(leaf, 'TX') === 'TX',
    dirty: ['tx', ' TX\u200e', 'Texas', 'TEXAS', 'US-TX', 'T.X.', 'ＴＸ'],
    clean: 'TX',
  },
  name: {
    isKind: ({ name }) => /^(first|last)Name$/.test(name),
    dirty: ['Jose\u0301', '\u202bJosé\u202c', 'José\u200b'],
    clean: 'José',
  },
  instant: {
    isKind: (leaf) =>
      parse(leaf, '2026-11-23T15:04:05.000Z') !== undefined && parse(leaf, '2026-11-23T99:04:05.000Z') === undefined,
    dirty: [
      '2026-11-23T15:04:05+00:00',
      '2026-11-23T10:04:05.000-05:00',
      '2026-11-23T15:04:05 00:00',
      '2026-11-23 15:04:05 UTC',
      '2026-11-23 10:04:05 -0500',
      '20261123T150405Z',
      '2026-11-23T15:04:05,000Z',
      '2026-11-24T05:04:05+14:00[Pacific/Kiritimati]',
      '2026-11-23T15:04:05\u200ez',
    ],
    clean: '2026-11-23T15:04:05.000Z',
  },
}

const operations: readonly Route[] = folders.flatMap((folder): readonly Route[] => routes[folder])
const leaves = operations.flatMap((route) =>
  [route.query, route.body].flatMap((schema) =>
    schema ? listLeaves(schema, '').map((leaf) => ({ operation: route.name, ...leaf })) : [],
  ),
)

describe.each(Object.entries(kinds))('every field of a request that is a %s', (_, { isKind, dirty, clean }) => {
  const ofKind = leaves.filter(isKind)

  it('exists', () => {
    expect(ofKind).not.toEqual([])
  })

  it.each(ofKind.map((leaf) => [leaf.operation, leaf.name, leaf] as const))(
    'is cleaned: %s %s',
    (_operation, _name, leaf) => {
      expect(dirty.map((value) => parse(leaf, value))).toEqual(dirty.map(() => clean))
    },
  )
})

describe('a field of digits that a program made a number of', () => {
  const ofDigits = leaves.filter(({ name }) => /phone$|^zip/i.test(name))

  it.each(ofDigits.map((leaf) => [leaf.operation, leaf.name, leaf] as const))(
    'is text again: %s %s',
    (_, name, leaf) => {
      const digits = /phone$/i.test(name) ? 5127891111 : 78701
      expect(parse(leaf, digits)).toBe(String(digits))
      for (const other of [78701.5, 1e21, true, [78701], { digits }]) expect(parse(leaf, other)).toBeUndefined()
    },
  )
})

describe('every operation that takes campaign labels', () => {
  const withLabels = operations.filter(({ body }) => body && listLeaves(body, '').some(({ name }) => name === 'utm'))

  it('is the match, its explanation and the lead', () => {
    expect(withLabels.map(({ name }) => name).toSorted()).toEqual(['explainMatch', 'matchSchools', 'submitLead'])
  })

  it.each(withLabels)('cleans them before it judges: $name', ({ prepareBody }) => {
    expect(
      prepareBody?.({ utm: { content: `${'a'.repeat(199)}🎓`, campaign: 'fall\u200e' }, subIds: null }),
    ).toMatchObject({
      utm: { content: 'a'.repeat(199), campaign: 'fall' },
    })
  })

  it.each(withLabels)('reads numbers, yes or no, and choices as a form holds them: $name', ({ prepareBody }) => {
    const typed = { age: 21, gpa: 3.5, military: true, startWindow: '1-3-months', modality: 'online' }
    const education = { highestLevel: 'high-school-diploma' }
    const written = { age: ' 21', gpa: '3.50', military: 'Yes', startWindow: '1-3 Months', modality: 'ONLINE\u200b' }
    expect(prepareBody?.({ ...written, education: { highestLevel: 'High School Diploma' } })).toEqual({
      ...typed,
      education,
    })
    expect(prepareBody?.({ ...typed, education })).toEqual({ ...typed, education })
    expect(prepareBody?.({ gpa: '3,5' })).toEqual({ gpa: 3.5 })
    for (const age of ['', '1,000', '1e3', '-1', '0x15', '21 years', null, [21], true])
      expect(prepareBody?.({ age })).toEqual({ age })
    expect(prepareBody?.({ modality: ['online', 'campus'] })).toEqual({ modality: 'online' })
    for (const formToken of [{}, [], null, false])
      expect(prepareBody?.({ formToken })).toEqual({ formToken: undefined })
    for (const military of ['', 'maybe', 2, null, {}]) expect(prepareBody?.({ military })).toEqual({ military })
  })
})

describe('an operation that finds a person by email or phone', () => {
  const withEither = operations.filter(({ body }) => {
    const names = body ? listLeaves(body, '').map(({ name }) => name) : []
    return names.includes('email') && names.includes('phone') && !names.includes('firstName')
  })

  it('exists', () => {
    expect(withEither.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['searchLeads', 'recordSchoolWithdrawal']),
    )
  })

  it.each(withEither)('takes an empty one as left out: $name', ({ body }) => {
    const others = { reason: 'The person asked for it.', purpose: 'The person asked for it.' }
    const accepts = (fields: object) =>
      JSON.stringify(z.safeParse(body ?? z.never(), { ...others, ...fields }).error?.issues ?? [])
    for (const empty of ['', null])
      expect(accepts({ email: 'ada@mail.example', phone: empty })).toBe(accepts({ email: 'ada@mail.example' }))
  })
})
