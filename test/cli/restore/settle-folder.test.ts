import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settleSteps } from '#cli/restore/settle-folder.ts'
import { parsePeople } from '#cli/restore/settle-people.ts'
import { backup } from '#local/data/backup.ts'
import { openDataFolder } from '#local/data/data-folder.ts'
import { aPerson, submitTestLead } from '#test/functions/create-test-system.ts'
import {
  createBackedUpFolder,
  deleteDeliveries,
  deliverAll,
  ignoreHold,
  inspectFolder,
  isHeld,
  listDueDeliveries,
  readRows,
  readSettledRows,
  settleQuietly,
} from './folder-fixture.ts'

let folder: string
let fixture: Awaited<ReturnType<typeof createBackedUpFolder>>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-settle-'))
  fixture = await createBackedUpFolder(folder)
})
afterEach(async () => {
  await fixture.stop()
  rmSync(folder, { recursive: true })
})

const { email } = aPerson()
const erase = () => fixture.system.api.staff('POST', '/v1/ops/erasures', { body: { email } })
const withdraw = () => fixture.system.api.staff('POST', '/v1/ops/suppressions', { body: { email, reason: 'Stop.' } })
const deliveryIds = () => fixture.receipt.schools.map(({ deliveryId }) => deliveryId).toSorted()
const readStates = (dataDir: string) =>
  inspectFolder(dataDir, async ({ deliveries }) =>
    Promise.all(deliveryIds().map(async (deliveryId) => (await deliveries.find(deliveryId))?.state)),
  )

describe('a restored folder that is not settled', () => {
  it('would be sent although the person was erased since, if it were not held', async () => {
    expect((await erase()).status).toBe(201)
    await fixture.stop()
    const restored = fixture.restore()
    expect(isHeld(restored)).toBe(true)
    ignoreHold(restored)
    expect(await listDueDeliveries(restored)).toEqual(deliveryIds())
    expect(JSON.stringify(await inspectFolder(restored, ({ leads }) => leads.find(fixture.receipt.leadId)))).toContain(
      email,
    )
  })

  it('is held also if the backup is copied by hand, or is a copy of a folder', async () => {
    await fixture.stop()
    expect(isHeld(fixture.path('backup'))).toBe(true)
    expect(isHeld(fixture.dataDir)).toBe(false)
    backup({ dataDir: fixture.path('backup'), to: fixture.path('again') })
    expect(isHeld(fixture.path('again'))).toBe(true)
  })
})

describe('settling from the folder that is replaced', () => {
  it('keeps a person erased, and sends nothing of theirs', async () => {
    const [delivered] = fixture.receipt.schools
    await deliverAll(fixture.system, [delivered?.deliveryId ?? ''])
    await erase()
    await fixture.stop()
    const restored = fixture.restore()
    await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })
    expect(isHeld(restored)).toBe(false)
    // Only the notice to the school that got the lead since the backup.
    const dueIds = await listDueDeliveries(restored)
    expect(dueIds).toHaveLength(1)
    expect(dueIds.filter((deliveryId) => deliveryIds().includes(deliveryId))).toEqual([])
    expect(await readStates(restored)).toEqual(['erased', 'erased'])
    expect(JSON.stringify(readRows(restored))).not.toContain(email)
  })

  it('keeps a withdrawal: what waited in the backup has ended', async () => {
    expect((await withdraw()).status).toBe(201)
    await fixture.system.api.continueWithdrawals()
    await fixture.stop()
    const restored = fixture.restore()
    await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })
    expect(await listDueDeliveries(restored)).toEqual([])
    expect(await readStates(restored)).toEqual(['dead', 'dead'])
  })

  it('sends nothing twice, and keeps every row of the time since', async () => {
    const { system, receipt, dataDir } = fixture
    const [delivered] = receipt.schools
    await deliverAll(system, [delivered?.deliveryId ?? ''])
    const later = await submitTestLead(system, 2)
    await fixture.stop()
    const restored = fixture.restore()
    await settleQuietly({ dataDir: restored, replaces: dataDir })
    const waiting = [...deliveryIds(), ...later.schools.map(({ deliveryId }) => deliveryId)]
    expect(await listDueDeliveries(restored)).toEqual(
      waiting.filter((deliveryId) => deliveryId !== delivered?.deliveryId).toSorted(),
    )
    expect(readSettledRows(restored)).toEqual(readSettledRows(dataDir))
  })

  it('asks before it sends a delivery that only the backup has', async () => {
    const { dataDir } = fixture
    await fixture.stop()
    deleteDeliveries(dataDir)
    const restored = fixture.restore()
    const request = { dataDir: restored, replaces: dataDir }
    await expect(settleQuietly(request)).rejects.toThrow(/tall-grass: deliveries 1[\s\S]*--resend/)
    expect(isHeld(restored)).toBe(true)
    await settleQuietly({ ...request, waiting: 'do-not-resend' })
    expect(await listDueDeliveries(restored)).toEqual([])
    const again = fixture.restore('resent')
    rmSync(join(dataDir, 'replaced.json'))
    await settleQuietly({ ...request, dataDir: again, waiting: 'resend' })
    expect(await listDueDeliveries(again)).toEqual(deliveryIds())
  })

  it.each(settleSteps)('that is cut off after "%s" is held, and ends as one that is not', async (step) => {
    await erase()
    await submitTestLead(fixture.system, 2)
    await fixture.stop()
    const whole = fixture.restore('whole')
    await settleQuietly({ dataDir: whole, replaces: fixture.dataDir })
    rmSync(join(fixture.dataDir, 'replaced.json'))
    const restored = fixture.restore()
    const request = { dataDir: restored, replaces: fixture.dataDir }
    const cut = (done: string) => {
      if (done === step) throw new Error('cut off')
    }
    await expect(settleQuietly(request, { onStep: cut })).rejects.toThrow('cut off')
    expect(isHeld(restored)).toBe(step !== 'released')
    await settleQuietly(request)
    expect(isHeld(restored)).toBe(false)
    expect(readRows(restored)).toEqual(readRows(whole))
  })

  it('changes nothing when it is done twice', async () => {
    await fixture.stop()
    const restored = fixture.restore()
    expect(await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })).toBeDefined()
    const before = readRows(restored)
    expect(await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })).toBeUndefined()
    expect(readRows(restored)).toEqual(before)
  })

  it('leaves one folder of the two to be used, and one restored folder of a backup', async () => {
    await fixture.stop()
    const [restored, second] = [fixture.restore(), fixture.restore('second')]
    await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })
    expect(() => openDataFolder(fixture.dataDir)).toThrow(/was replaced by .*restored at/)
    await expect(settleQuietly({ dataDir: second, replaces: fixture.dataDir })).rejects.toThrow(/was replaced by/)
    expect(isHeld(second)).toBe(true)
  })

  it('refuses while a host runs on the replaced folder', async () => {
    await fixture.stop()
    const restored = fixture.restore()
    const host = openDataFolder(fixture.dataDir)
    await expect(settleQuietly({ dataDir: restored, replaces: fixture.dataDir })).rejects.toThrow(
      /A host runs on .*data/,
    )
    host.release()
    await settleQuietly({ dataDir: restored, replaces: fixture.dataDir })
    expect(isHeld(restored)).toBe(false)
  })

  it.each<[string, (replaced: string) => void, RegExp]>([
    ['that is damaged', (replaced) => writeFileSync(join(replaced, 'prospectus.db'), 'x'.repeat(9000)), /is damaged/],
    [
      'that is held itself',
      (replaced) => copyFileSync(fixture.path('backup/prospectus.db'), join(replaced, 'prospectus.db')),
      /is held itself/,
    ],
    ['without data', (replaced) => rmSync(join(replaced, 'prospectus.db')), /is not a data folder/],
  ])('refuses a replaced folder %s, and stays held', async (_, change, message) => {
    await fixture.stop()
    const restored = fixture.restore()
    const replaced = fixture.path('replaced')
    mkdirSync(replaced)
    for (const name of readdirSync(fixture.dataDir).filter((one) => one.startsWith('prospectus.db')))
      copyFileSync(join(fixture.dataDir, name), join(replaced, name))
    change(replaced)
    await expect(settleQuietly({ dataDir: restored, replaces: replaced })).rejects.toThrow(message)
    expect(isHeld(restored)).toBe(true)
  })
})

describe('settling a folder whose replaced one is lost', () => {
  const none = { erased: [], withdrawn: [] }

  it('refuses until staff say who was erased, who withdrew, and what becomes of what waited', async () => {
    await fixture.stop()
    const dataDir = fixture.restore()
    const before = readRows(dataDir)
    await expect(settleQuietly({ dataDir, ...none })).rejects.toThrow(
      /bay-shore: deliveries 1\n {2}tall-grass: deliveries 1/,
    )
    await expect(settleQuietly({ dataDir, waiting: 'resend' })).rejects.toThrow(/Say who was erased and who withdrew/)
    expect(readRows(dataDir)).toEqual(before)
    expect(isHeld(dataDir)).toBe(true)
  })

  it('sends again what waited, under the same IDs, if staff say so', async () => {
    await fixture.stop()
    const dataDir = fixture.restore()
    await settleQuietly({ dataDir, ...none, waiting: 'resend' })
    expect(await listDueDeliveries(dataDir)).toEqual(deliveryIds())
  })

  it('ends what waited as not charged and uncertain, with the reason, if staff say so', async () => {
    await fixture.stop()
    const dataDir = fixture.restore()
    await settleQuietly({ dataDir, ...none, waiting: 'do-not-resend' })
    expect(await listDueDeliveries(dataDir)).toEqual([])
    const logs = await inspectFolder(dataDir, ({ deliveries }) =>
      Promise.all(deliveryIds().map((deliveryId) => deliveries.findWithAttempts(deliveryId))),
    )
    const attemptLog = [
      expect.objectContaining({ reason: expect.stringContaining('between a backup and its restore') }),
    ]
    expect(logs).toEqual(
      logs.map(() => expect.objectContaining({ state: 'dead', uncertain: true, attempts: 1, attemptLog })),
    )
  })

  it('erases and withdraws the people of the lists before anything can be sent', async () => {
    const { system } = fixture
    const other = await submitTestLead(system, 2)
    rmSync(fixture.path('backup'), { recursive: true })
    backup({ dataDir: fixture.dataDir, to: fixture.path('backup') })
    await fixture.stop()
    const dataDir = fixture.restore()
    const erased = parsePeople(`email\n${email}\n`, 'erased.csv')
    const withdrawn = parsePeople(`phone\n${aPerson(2).phone}\n`, 'withdrawn.csv')
    await settleQuietly({ dataDir, erased, withdrawn, waiting: 'resend' })
    // A notice to each school of both: the backup cannot tell to whom something was sent after it.
    const dueIds = await listDueDeliveries(dataDir)
    expect(dueIds).toHaveLength(deliveryIds().length + other.schools.length)
    expect(dueIds).not.toEqual(expect.arrayContaining(deliveryIds()))
    expect(await readStates(dataDir)).toEqual(['erased', 'erased'])
    const lead = await inspectFolder(dataDir, ({ leads }) => leads.find(other.leadId))
    expect(lead?.lead.withdrawnAt).toBeDefined()
    expect(JSON.stringify(readRows(dataDir))).not.toContain(email)
  })

  it.each(settleSteps)('is held when it is cut off after "%s", and is settled by the same command', async (step) => {
    await fixture.stop()
    const dataDir = fixture.restore()
    const request = {
      ...({ dataDir, waiting: 'do-not-resend', withdrawn: [] } as const),
      erased: parsePeople(`email\n${email}\n`, 'erased.csv'),
    }
    const cut = (done: string) => {
      if (done === step) throw new Error('cut off')
    }
    await expect(settleQuietly(request, { onStep: cut })).rejects.toThrow('cut off')
    expect(isHeld(dataDir)).toBe(step !== 'released')
    await settleQuietly(request)
    expect(isHeld(dataDir)).toBe(false)
    expect(await readStates(dataDir)).toEqual(['erased', 'erased'])
  })

  it('names the rows of a list that are no people', () => {
    expect(() => parsePeople('email\nada@mail.example\nnot an address\n', 'list.csv')).toThrow(
      /list\.csv must be a CSV[\s\S]*row 2/,
    )
    expect(() => parsePeople('', 'list.csv')).toThrow(/must be a CSV/)
  })

  it('writes an audit entry that says how it was settled', async () => {
    await fixture.stop()
    const dataDir = fixture.restore()
    const now = new Date()
    await settleQuietly({ dataDir, ...none, waiting: 'resend' }, { now: () => now })
    const entries = await inspectFolder(dataDir, ({ audit }) =>
      audit.listByDay(now.toISOString().slice(0, 10), { limit: 100 }),
    )
    expect(JSON.stringify(entries)).toContain('"action":"backup.settled"')
  })
})
