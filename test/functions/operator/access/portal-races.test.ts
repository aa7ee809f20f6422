import { describe, expect, inject, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createTestSystem } from '#test/functions/create-test-system.ts'
import { withLatency } from '#test/functions/routing/faulty-engines.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { createPortal } from './portal-fixture.ts'

type CreateEngine = (now: () => Date) => Engine<Table>
const { endpoint, missing } = inject('dynamodbLocal')

describe('portal links that are opened and ended at the same time, in SQLite', () => {
  it('open once', () => checkOpens((now) => withLatency(memoryEngine(now))))
  it('leave no session that staff were told had ended', () => checkEnds((now) => withLatency(memoryEngine(now))))
})

describeUnless(missing, 'portal links that are opened and ended at the same time, in DynamoDB', () => {
  it('open once', () => withDynamodb(checkOpens))
  it('leave no session that staff were told had ended', () => withDynamodb(checkEnds))
})

describe('a process that dies while it ends all sessions of a school', () => {
  it('has ended all of them or none, whichever write was its last', async () => {
    for (let lastWrite = 0; lastWrite < 6; lastWrite++) {
      const system = await createTestSystem()
      const portal = createPortal(system)
      const sessions = [await portal.signIn(), await portal.signIn()]
      const link = await portal.createLink()
      killAtWrite(system.api.watch, lastWrite)
      await portal.endAll()
      system.api.watch.fault = undefined
      system.api.watch.beforeCommit = undefined
      const accepted = await Promise.all(sessions.map(portal.isAccepted))
      const isLinkOpen = (await portal.open(link)).status === 201
      expect([lastWrite, ...accepted, isLinkOpen]).toEqual([lastWrite, ...Array(3).fill(lastWrite === 0)])
      const expectedState = lastWrite === 0 ? 'active' : 'ended'
      const states = (await portal.listSessions()).map(({ state }) => state)
      expect(states.filter((state) => state === expectedState)).toHaveLength(lastWrite === 0 ? 3 : 2)
    }
  })
})

/** From the write after `count` writes on, the database is out of reach. */
function killAtWrite(watch: Awaited<ReturnType<typeof createTestSystem>>['api']['watch'], count: number) {
  let done = 0
  const check = async () => {
    if (done === count) {
      watch.fault = new Error('The process was killed.')
      throw watch.fault
    }
    done += 1
    watch.beforeCommit = check
  }
  watch.beforeCommit = check
}

async function checkOpens(createEngine: CreateEngine) {
  const portal = createPortal(await createTestSystem({ createEngine }))
  const link = await portal.createLink()
  const responses = await Promise.all(Array.from({ length: 6 }, () => portal.open(link)))
  expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 410, 410, 410, 410, 410])
  expect(await portal.listSessions()).toHaveLength(1)
}

async function checkEnds(createEngine: CreateEngine) {
  const system = await createTestSystem({ createEngine })
  const portal = createPortal(system)
  const { key: staffKey, keyId } = await system.api.createApiKey({ caller: 'operator' }, 'admin')
  const ends = [
    portal.revokeLink,
    () => portal.endAll(),
    () => system.api.staff('DELETE', `/v1/ops/keys/${keyId}`),
  ] as const
  for (const end of ends) {
    const link = await portal.createLink({}, staffKey)
    const [opened, ended] = await Promise.all([portal.open(link), end(link)])
    expect([200, 204]).toContain(ended.status)
    const { key } = Object(opened.body)
    if (opened.status === 201) expect(await portal.isAccepted(key)).toBe(false)
    else expect(opened.status).toBe(410)
    expect((await portal.listSessions('?state=active')).length).toBe(0)
  }
}

async function withDynamodb(check: (createEngine: CreateEngine) => Promise<void>) {
  const { createEngine, close } = await openDynamodb(endpoint)
  await check(createEngine)
  close()
}
