import { expect, it } from 'vitest'
import { answerAccessRequest } from '#shared/contract/aftercare/access-requests.ts'
import { getRecordKind } from '#shared/store/aftercare/person-records.ts'
import { aPerson, createTestSystem, revealContact, submitTestLead } from '#test/functions/create-test-system.ts'
import { listableEngine } from '#test/functions/house/listable-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const ada = aPerson(1)
const ask = { email: ada.email, phone: ada.phone, purpose: 'Request 31' }
/** Kinds that the answer leaves out with a reason. A new kind of row that names a person fails here until it has an entry. */
const excluded = ['person', 'proof', 'response', 'audit', 'bucket']

it('holds every kind of row that mentions the person, or says why not', async () => {
  let listRows = async (): Promise<{ pk: string; sk: string }[]> => []
  const system = await createTestSystem({
    createEngine: (now) => {
      const { engine, rows } = listableEngine(memoryEngine(now))
      listRows = rows
      return engine
    },
  })
  const { leadId, schools } = await submitTestLead(system)
  for (const { deliveryId } of schools) await system.api.deliver(deliveryId)
  await revealContact(system, leadId)
  const { digests } = system.api.createDependencies('operator')
  const hmacs = Object.values(digests.hashPerson({ email: ada.email, phone: '+15127891001' }))
  const marks = [leadId, ada.email, '+15127891001', ...hmacs, ...schools.map(({ deliveryId }) => deliveryId)]
  const response = await system.api.staff('POST', '/v1/ops/access-requests', { body: ask })
  const answer = answerAccessRequest.responses[200].body.parse(response.body)
  const mentioned = (await listRows()).filter((row) => marks.some((mark) => JSON.stringify(row).includes(mark)))
  const kinds = new Set(mentioned.map((row) => (row.pk.startsWith('RESPONSE#') ? 'response' : toKind(row))))
  const answered = new Set(answer.records.map(({ kind }) => kind))
  expect([...kinds].filter((kind) => !answered.has(kind) && !excluded.includes(kind) && kind !== 'view')).toEqual([])
  expect(response.text).toContain(ada.email)
  expect(answer.records.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['lead', 'decision', 'attempt', 'reveal']),
  )
})

it('still names the schools and the proof after an erasure, and nothing of another person', async () => {
  const system = await createTestSystem()
  await submitTestLead(system, 1)
  await submitTestLead(system, 2)
  await system.api.staff('POST', '/v1/ops/erasures', { body: { email: ada.email } })
  const { body, text } = await system.api.staff('POST', '/v1/ops/access-requests', { body: ask })
  const answer = answerAccessRequest.responses[200].body.parse(body)
  expect(answer.proofs).toMatchObject([{ isErased: true, person: { firstName: 'Ada' } }])
  expect(answer.records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['lead', 'delivery', 'erasure']))
  expect(text).not.toContain('ada2@mail.example')
})

function toKind(row: { pk: string; sk: string }): string {
  return row.pk.startsWith('AUDIT#') ? 'audit' : getRecordKind(row)
}
