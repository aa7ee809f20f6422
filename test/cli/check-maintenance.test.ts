import { describe, expect, it } from 'vitest'
import { checkMaintenance } from '#cli/doctor/check-maintenance.ts'

const now = new Date('2026-11-29T12:00:00Z')
const inMaintenance = (since: string) => ({ isInMaintenance: true, updatedAt: new Date(since) })
const check = (maintenance: 'on' | 'off', deployed: Parameters<typeof checkMaintenance>[1]) =>
  checkMaintenance({ name: 'prod', file: { maintenance } }, deployed, now)
const today =
  'on at least since 2026-11-29T10:00:00.000Z: writes get 503, and deliveries, schedules and bounces wait. Bounces are kept for a day, the first ones until 2026-11-30T10:00:00.000Z'

describe('the check of maintenance', () => {
  it('says that a stage is in maintenance, and until when bounces are kept', () => {
    const deployed = inMaintenance('2026-11-29T10:00:00Z')
    expect(check('on', deployed)).toEqual({ ok: true, actual: today })
    expect(check('off', deployed)).toEqual({
      ok: true,
      actual: `${today}. The next deploy of stages/prod.json turns it off`,
    })
  })

  it('fails once bounces may be lost, and says how it ends', () => {
    const deployed = inMaintenance('2026-11-28T12:00:00Z')
    expect(check('on', deployed)).toEqual({
      ok: false,
      actual: expect.stringMatching(/Bounces are kept for a day: older ones are lost$/),
      fix: 'Write "maintenance": "off" into stages/prod.json and deploy, as soon as no restore needs it.',
    })
    expect(check('off', deployed)).toMatchObject({ fix: expect.stringMatching(/npm run deploy -- prod,/) })
    expect(check('on', inMaintenance('2026-11-28T12:00:01Z'))).toMatchObject({ ok: true })
  })

  it('is of what is deployed, not of the file', () => {
    const deployed = { isInMaintenance: false, updatedAt: new Date('2026-11-20T10:00:00Z') }
    expect(check('on', deployed)).toEqual({
      ok: true,
      actual: 'off. The next deploy of stages/prod.json turns it on',
    })
    expect(check('off', undefined)).toEqual({ ok: true, actual: 'off' })
  })
})
