import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import {
  createFileSystem,
  emailFile,
  fileName,
  listFiles,
  listRowIds,
  putEndpoint,
  queueLead,
  readDelivery,
  runAfterLease,
  sftp,
} from './file-fixture.ts'

/** The writes of a run with three leads: leases, what the file contains, that it was sent, receipts, the end. */
const minWrites = 9

describe('a sender that dies', () => {
  it('at any of its writes sends every lead once, in one file', async () => {
    let kills = 0
    for (let write = 1; ; write += 1) {
      const system = await createFileSystem()
      const ids = [await queueLead(system, 1), await queueLead(system, 2), await queueLead(system, 3)]
      const wasKilled = await runAndDie(system, { atWrite: write })
      if (!wasKilled) break
      kills += 1
      await expectSentOnce(system, ids)
    }
    expect(kills).toBeGreaterThanOrEqual(minWrites)
  }, 120_000)

  it.each(['connect', 'write', 'rename'] as const)('at the step %s of SFTP sends every lead once', async (step) => {
    for (const when of ['before', 'after'] as const) {
      const system = await createFileSystem()
      const ids = [await queueLead(system, 1), await queueLead(system, 2)]
      await runAndDie(system, { atStep: step, when })
      await expectSentOnce(system, ids)
    }
  })

  it('after its file arrived sends no second one, also if the school has fetched it and its person withdrew', async () => {
    const system = await createFileSystem()
    const ids = [await queueLead(system, 1), await queueLead(system, 2)]
    await runAndDie(system, { atStep: 'rename', when: 'after' })
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual(ids)
    system.api.sftp.files.clear()
    await runAfterLease(system)
    expect(listFiles(system)).toEqual([])
    for (const id of ids)
      expect(await readDelivery(system, id)).toMatchObject({
        state: 'delivered',
        attemptLog: [{ file: { name: fileName } }],
      })
  })

  it('before its file arrived leaves out who withdrew until the next run', async () => {
    const system = await createFileSystem()
    const [first] = [await queueLead(system, 1), await queueLead(system, 2)]
    await runAndDie(system, { atStep: 'rename', when: 'before' })
    await system.api.staff('POST', '/v1/ops/suppressions', { body: { email: 'ada2@mail.example', reason: 'Asked.' } })
    await runAfterLease(system)
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual([first])
  })

  it.each([
    ['another server by SFTP', sftp, { ...sftp, host: 'files.bay-shore.example' }],
    ['another folder', sftp, { ...sftp, folder: '/elsewhere' }],
    ['SFTP after email', emailFile, sftp],
  ])('and whose campaign then gets %s, sends the file to the new place', async (_, before, after) => {
    const system = await createFileSystem(before)
    const ids = [await queueLead(system, 1)]
    const { files } = system.api.createDependencies('worker/file')
    const stage: typeof files.stage = async (...args) => {
      await files.stage(...args)
      throw new Error('Killed.')
    }
    system.api.advanceClock(3601)
    await system.api.sendFiles({ files: { ...files, stage } })
    await putEndpoint(system, after)
    // The new place has nothing of the old one.
    system.api.sftp.files.clear()
    await runAfterLease(system)
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual(ids)
    expect(await readDelivery(system, ids[0] ?? '')).toMatchObject({ state: 'delivered', deliveredBy: 'sftp' })
  })

  it('detects: a sender that does not write down what it sends before the rename makes a second file', async () => {
    const system = await createFileSystem()
    const ids = [await queueLead(system, 1)]
    const { files } = system.api.createDependencies('worker/file')
    await runAndDie(system, {
      atStep: 'rename',
      when: 'after',
      replace: { files: { ...files, stage: async () => true } },
    })
    system.api.sftp.files.clear()
    await runAfterLease(system)
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual(ids)
  })

  it('by email sends the same rows under the same name again only if the mail server may not have it', async () => {
    for (const [write, copies] of [
      // It dies before it has written down that the server took the message, and after it.
      ['sent', 2],
      ['receipts', 1],
    ] as const) {
      const system = await createFileSystem(emailFile)
      const ids = [await queueLead(system, 1)]
      const { files, deliveries } = system.api.createDependencies('worker/file')
      const die = async () => {
        throw new Error('Killed.')
      }
      const replace =
        write === 'sent' ? { files: { ...files, markSent: die } } : { deliveries: { ...deliveries, settle: die } }
      await runAndDie(system, { replace })
      await runAfterLease(system)
      const attachments = system.api.mailbox.messages.map(({ attachments: [file] = [] }) => file)
      expect(attachments.map((file) => file?.filename)).toEqual(Array(copies).fill(fileName))
      for (const file of attachments) expect(listRowIds(file?.content)).toEqual(ids)
      expect(await readDelivery(system, ids[0] ?? '')).toMatchObject({ state: 'delivered' })
    }
  })
})

type Death = {
  atWrite?: number
  atStep?: 'connect' | 'write' | 'rename'
  when?: 'before' | 'after'
  replace?: Parameters<TestSystem['api']['sendFiles']>[0]
}

/** Runs the sender when the file is due, and kills it: nothing that it does later has an effect. Returns whether it died. */
async function runAndDie(system: TestSystem, { atWrite, atStep, when, replace = {} }: Death): Promise<boolean> {
  const { api } = system
  api.advanceClock(3600)
  const life = { writes: 0, isOver: false }
  const die = () => {
    life.isOver = true
    throw new Error('Killed.')
  }
  const engine: Engine<Table> = api.engine
  const { transact } = engine
  engine.transact = async (writes) => {
    if (life.isOver) return die()
    life.writes += 1
    if (life.writes === atWrite) return die()
    return transact(writes)
  }
  api.sftp.before = (step, name) => {
    if (life.isOver || (step === atStep && when === 'before')) return die()
    if (step !== atStep || when !== 'after') return undefined
    applyStep(system, step, name)
    return die()
  }
  await api.sendFiles(replace).catch(() => undefined)
  engine.transact = transact
  api.sftp.before = () => undefined
  return life.isOver
}

/** What the server does although the sender dies before it hears of it. */
function applyStep({ api: { sftp } }: TestSystem, step: string, name: string) {
  if (step !== 'rename') return
  sftp.files.set(fileName, sftp.files.get(name) ?? '')
  sftp.files.delete(name)
}

async function expectSentOnce(system: TestSystem, ids: readonly string[]) {
  await runAfterLease(system)
  await runAfterLease(system)
  expect([...system.api.sftp.files.keys()]).toEqual([fileName])
  expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual(ids)
  for (const [index, id] of ids.entries()) {
    const delivery = await readDelivery(system, id)
    expect(delivery).toMatchObject({ state: 'delivered' })
    const receipts = delivery?.attemptLog.flatMap(({ file }) => (file ? [file.row] : []))
    expect(receipts).toEqual([index + 1])
  }
}
