import { describe, expect, it } from 'vitest'
import {
  campaignsLeftOut,
  decodeMatchRefusals,
  encodeMatchRefusals,
} from '#shared/domain/capture/naming/match-refusals.ts'

const refused = (reason: string, ...ids: string[]) =>
  ids.map((campaignOwner) => ({ campaignOwner, selected: false, reason }))

describe('the refusals of a match', () => {
  it('are found again by campaign', () => {
    const verdicts = [
      ...refused('CAP_DAY', 'a', 'b'),
      ...refused('NO_NURSES', 'c'),
      { campaignOwner: 'd', selected: true },
    ]
    const text = encodeMatchRefusals(verdicts, 1000)
    expect(decodeMatchRefusals(text, ['a', 'c', 'd', 'other'])).toEqual({ a: 'CAP_DAY', c: 'NO_NURSES' })
  })

  it('are empty if every campaign was named', () => {
    expect(encodeMatchRefusals([{ campaignOwner: 'a', selected: true }], 1000)).toBe('')
    expect(decodeMatchRefusals('', ['a'])).toEqual({})
  })

  it('leave out what can be found again if not all fit, and say so', () => {
    const ids = Array.from({ length: 400 }, (_, at) => `campaign-${at}`)
    const verdicts = [...refused('GPA', ...ids.slice(0, 390)), ...refused('CAP_DAY', ...ids.slice(390))]
    const text = encodeMatchRefusals(verdicts, 500)
    expect(text.length).toBeLessThanOrEqual(500)
    const decoded = decodeMatchRefusals(text, ids)
    expect(ids.slice(390).map((id) => decoded[id])).toEqual(Array.from({ length: 10 }, () => 'CAP_DAY'))
    expect(decoded).toHaveProperty([campaignsLeftOut])
    expect(encodeMatchRefusals(verdicts, 0)).toBe(campaignsLeftOut)
  })
})
