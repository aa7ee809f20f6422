import { describe, expect, it } from 'vitest'
import {
  type DeliveryStanding,
  decideLeadAccess,
  findUntakenReason,
  type LeadReader,
  type LeadStanding,
  maskReasons,
} from '#shared/domain/capture/lead-access.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { addDays } from '#shared/domain/time.ts'

const createdAt = '2026-11-01T12:00:00.000Z'
const deliveredAt = '2026-11-01T12:00:02.000Z'
const now = '2026-11-10T12:00:00.000Z'
const withdrawnAt = '2026-11-09T12:00:00.000Z'

const manager: LeadReader = { kind: 'school', scope: 'manage' }
const viewer: LeadReader = { kind: 'school', scope: 'read' }
const publisher: LeadReader = { kind: 'publisher' }
const staff = (act: 'list' | 'reveal' | 'export', scope: 'read' | 'admin' = 'admin'): LeadReader => ({
  kind: 'staff',
  scope,
  act,
})

const aDelivery = (fields: Partial<DeliveryStanding> = {}): DeliveryStanding => ({
  state: 'pending',
  createdAt,
  test: false,
  ...fields,
})
const aLead = (fields: Partial<LeadStanding> = {}): LeadStanding => ({
  isErased: false,
  isSuppressed: false,
  delivery: aDelivery(),
  ...fields,
})
const accessOf = (reader: LeadReader, lead: Partial<LeadStanding>) => decideLeadAccess(reader, aLead(lead), now)

describe('what a school may see of a lead', () => {
  const ofState = {
    pending: { view: 'masked', reason: 'not-taken', canTake: true },
    leased: { view: 'masked', reason: 'not-taken', canTake: true },
    parked: { view: 'masked', reason: 'not-taken', canTake: true },
    delivered: { view: 'full' },
    rejected: { view: 'masked', reason: 'rejected', canTake: false },
    dead: { view: 'masked', reason: 'failed', canTake: false },
    erased: { view: 'none', reason: 'erased' },
  } as const
  it.each(deliveryState.options)('depends on the state of its delivery: %s', (state) => {
    const delivery = aDelivery({ state, ...(state === 'delivered' && { deliveredAt }) })
    expect(accessOf(manager, { delivery })).toEqual(ofState[state])
  })

  it.each(['pending', 'leased', 'parked', 'delivered'] as const)(
    'stays complete while a lead that was delivered is %s because of a replay',
    (state) => {
      expect(accessOf(viewer, { delivery: aDelivery({ state, deliveredAt }) })).toEqual({ view: 'full' })
    },
  )

  it('is masked again once its return was accepted, whatever a replay did', () => {
    for (const state of ['delivered', 'pending'] as const)
      expect(accessOf(manager, { delivery: aDelivery({ state, deliveredAt, returnedAt: now }) })).toEqual({
        view: 'masked',
        reason: 'credited',
        canTake: false,
      })
  })

  it('can be taken with a key that manages only, because that is billed', () => {
    expect(accessOf(viewer, {})).toEqual({ view: 'masked', reason: 'not-taken', canTake: false })
  })

  it('can be taken until the visitor no longer expects a call', () => {
    const delivery = aDelivery()
    const at = (instant: string) => decideLeadAccess(manager, aLead({ delivery }), instant)
    expect(at(new Date(Date.parse(addDays(createdAt, 30)) - 1).toISOString())).toMatchObject({ canTake: true })
    expect(at(addDays(createdAt, 30))).toEqual({ view: 'masked', reason: 'expired', canTake: false })
  })

  it('can never be taken of a test lead, which is free', () => {
    expect(accessOf(manager, { delivery: aDelivery({ test: true }) })).toMatchObject({ canTake: false })
  })

  it('is nothing without a delivery to the school', () => {
    expect(accessOf(manager, { delivery: undefined })).toEqual({ view: 'masked', reason: 'not-taken', canTake: false })
  })
})

describe('a person who withdrew or is suppressed', () => {
  const stops = [
    ['withdrawn', { withdrawnAt }],
    ['suppressed', { isSuppressed: true }],
  ] as const
  const readers = [
    ['a school that manages', manager],
    ['a school that reads', viewer],
    ['a publisher', publisher],
    ['a list of staff', staff('list')],
    ['an export of staff', staff('export')],
    ['a read-only key of staff', staff('reveal', 'read')],
  ] as const
  const deliveries = deliveryState.exclude(['erased']).options.map((state) => aDelivery({ state, deliveredAt }))

  it.each(stops.flatMap(([reason, stop]) => readers.map(([name, reader]) => [reason, name, stop, reader] as const)))(
    'is masked as %s for %s in every state',
    (reason, _, stop, reader) => {
      for (const delivery of deliveries)
        expect(accessOf(reader, { ...stop, delivery })).toEqual({ view: 'masked', reason, canTake: false })
    },
  )

  it.each(stops)('can be revealed by staff for a purpose if %s, as proof of consent', (_, stop) => {
    expect(accessOf(staff('reveal'), stop)).toEqual({ view: 'full' })
  })
})

describe('what staff and publishers may see of a lead', () => {
  it.each([
    ['a list', staff('list'), { view: 'masked', reason: 'no-reveal', canTake: false }],
    ['a reveal', staff('reveal'), { view: 'full' }],
    ['an export', staff('export'), { view: 'full' }],
    ['a reveal with a read-only key', staff('reveal', 'read'), { view: 'masked', reason: 'view-only', canTake: false }],
    [
      'an export with a read-only key',
      staff('export', 'read'),
      { view: 'masked', reason: 'view-only', canTake: false },
    ],
    ['a publisher', publisher, { view: 'masked', reason: 'not-shared', canTake: false }],
  ] as const)('is decided for %s, whatever became of the delivery', (_, reader, access) => {
    for (const state of deliveryState.exclude(['erased']).options)
      expect(accessOf(reader, { delivery: aDelivery({ state }) })).toEqual(access)
  })

  it('is nothing for any reader once the person was erased', () => {
    for (const reader of [manager, viewer, publisher, staff('list'), staff('reveal'), staff('export')])
      expect(accessOf(reader, { isErased: true, delivery: undefined })).toEqual({ view: 'none', reason: 'erased' })
  })
})

describe('the reason why a school does not have a lead', () => {
  it('is none exactly for the leads that are billed', () => {
    const cases = deliveryState.options.flatMap((state) =>
      [undefined, deliveredAt].flatMap((at) =>
        [undefined, now].map((returnedAt) => aDelivery({ state, deliveredAt: at, returnedAt })),
      ),
    )
    for (const delivery of cases.filter(({ state }) => state !== 'erased')) {
      const isBilled =
        delivery.returnedAt === undefined && (delivery.deliveredAt !== undefined || delivery.state === 'delivered')
      expect([delivery, findUntakenReason(delivery, now) === undefined]).toEqual([delivery, isBilled])
    }
  })

  it('is one of the reasons that pages have a text for', () => {
    const reasons = deliveryState.options.map((state) => findUntakenReason(aDelivery({ state }), now) ?? 'not-taken')
    expect(reasons.every((reason) => maskReasons.includes(reason))).toBe(true)
  })
})
