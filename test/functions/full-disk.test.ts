import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import { EngineUnwritable } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import {
  aLead,
  aVisitor,
  createTestSystem,
  postLead,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from './create-test-system.ts'

describe('on a full disk', () => {
  let system: TestSystem
  let isFull: boolean
  beforeEach(async () => {
    isFull = false
    system = await createTestSystem({ createEngine: createFillableEngine, rates: { address: 100, key: 100 } })
  })

  it('a lead is refused as one to be sent again, and accepted once there is room', async () => {
    const match = await requestMatch(system)
    isFull = true
    const refused = await postLead(system, aLead(match), { 'idempotency-key': 'form-1' })
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '60' }, body: { code: 'UNAVAILABLE' } })
    isFull = false
    expect((await postLead(system, aLead(match), { 'idempotency-key': 'form-1' })).status).toBe(201)
  })

  it('visitors still see their matches, and staff still read what is wrong', async () => {
    await submitTestLead(system)
    isFull = true
    const headers = { 'x-source-key': system.sourceKey }
    expect((await system.api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(200)
    expect((await system.api.staff('GET', '/v1/ops/overview')).status).toBe(200)
    expect((await system.api.staff('GET', '/v1/ops/attention')).status).toBe(200)
    expect((await system.api.call('GET', '/health/ready')).status).toBe(503)
  })

  function createFillableEngine(now: () => Date): Engine<Table> {
    const engine = memoryEngine(now)
    return {
      ...engine,
      async transact(writes) {
        if (isFull) throw new EngineUnwritable('The database cannot be written: database or disk is full')
        return engine.transact(writes)
      },
    }
  }
})
