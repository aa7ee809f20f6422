import { beforeEach, describe, expect, it } from 'vitest'
import { schoolLeadColumns } from '#shared/format/to-school-lead-csv.ts'
import { SftpFault } from '#shared/outbound/sftp/sftp.ts'
import { putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import {
  createFileSystem,
  emailFile,
  fileId,
  fileName,
  hostKey,
  listFiles,
  listRowIds,
  putEndpoint,
  queueLead,
  readDelivery,
  runFiles,
  schedule,
  sftp,
} from './file-fixture.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createFileSystem()
})

describe('a file by SFTP', () => {
  it('has every lead that waits, once, below the header and in the order of the leads, and a receipt for each', async () => {
    const ids = [await queueLead(system, 1), await queueLead(system, 2), await queueLead(system, 3)]
    await runFiles(system, 3599)
    expect(listFiles(system)).toEqual([])
    await runFiles(system, 1)
    expect([...system.api.sftp.files.keys()]).toEqual([fileName])
    const csv = system.api.sftp.files.get(fileName)
    expect(csv?.split('\r\n')[0]).toBe(`\uFEFF${schoolLeadColumns.join(',')}`)
    expect(listRowIds(csv)).toEqual(ids)
    for (const [index, id] of ids.entries())
      expect(await readDelivery(system, id)).toMatchObject({
        state: 'delivered',
        deliveredBy: 'sftp',
        attemptLog: [{ kind: 'sftp', outcome: 'delivered', file: { fileId, name: fileName, row: index + 1 } }],
      })
    await runFiles(system, 86_400)
    expect(listFiles(system)).toEqual([fileName])
  })

  it('signs in with the sealed password at the pinned server, and no response shows it', async () => {
    await queueLead(system, 1)
    await runFiles(system, 3600)
    expect(system.api.sftp.targets).toMatchObject([
      {
        host: 'sftp.bay-shore.example',
        port: 22,
        password: 'fixture password',
        hostKeys: [hostKey],
        folder: '/incoming',
      },
    ])
    const record = await system.api.staff('GET', '/v1/ops/campaigns/bay-shore-tx')
    const audit = await system.api.staff('GET', '/v1/ops/audit')
    for (const { text } of [record, audit]) expect(text).not.toContain('fixture password')
    expect(JSON.stringify(system.api.logEntries)).not.toContain('fixture password')
    // It stays when the campaign is saved without it.
    const { password: _, ...withoutPassword } = sftp
    await putEndpoint(system, withoutPassword)
  })

  it('begins a new file once the one before is being sent', async () => {
    const first = await queueLead(system, 1)
    await runFiles(system, 3600)
    const second = await queueLead(system, 2)
    await runFiles(system, 86_400)
    const names = listFiles(system)
    expect(names).toEqual([fileName, 'bay-shore-tx.20261124T160000Z.csv'])
    expect(names.map((name) => listRowIds(system.api.sftp.files.get(name)))).toEqual([[first], [second]])
  })

  it('is tried again with all its leads after the server failed, and alerts staff at the third failure', async () => {
    const ids = [await queueLead(system, 1), await queueLead(system, 2)]
    system.api.sftp.fault = new SftpFault('connect', 'ECONNREFUSED')
    await runFiles(system, 3600)
    for (const seconds of [10, 60]) await runFiles(system, seconds)
    const alerts = system.api.logEntries.flatMap(({ event, fields }) =>
      event === 'school.alert' ? [Object(fields).why] : [],
    )
    expect(alerts).toEqual(['sftp-refused', 'sftp-refused'])
    expect(await readDelivery(system, ids[0] ?? '')).toMatchObject({ state: 'pending', attempts: 3, uncertain: false })
    system.api.sftp.fault = undefined
    await runFiles(system, 180)
    expect(listFiles(system)).toEqual([fileName])
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual(ids)
  })

  it('goes without a lead whose person has withdrawn, on a list meanwhile, or was erased', async () => {
    const [sent, withdrawn, listed, erased] = [
      await queueLead(system, 1),
      await queueLead(system, 2),
      await queueLead(system, 3),
      await queueLead(system, 4),
    ]
    await system.api.staff('POST', '/v1/ops/suppressions', { body: { email: 'ada2@mail.example', reason: 'Asked.' } })
    const csv = 'phone\n(512) 789-1003\n'
    await system.api.staff('POST', '/v1/ops/suppressions/imports', {
      body: { csv, list: 'do-not-call', reason: 'A list.' },
    })
    await system.api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada4@mail.example' } })
    await runFiles(system, 3600)
    expect(listRowIds(system.api.sftp.files.get(fileName))).toEqual([sent])
    expect(await readDelivery(system, withdrawn)).toMatchObject({ state: 'dead' })
    expect(await readDelivery(system, listed)).toMatchObject({ state: 'dead', attemptLog: [{ outcome: 'dead' }] })
    expect(await readDelivery(system, erased)).toMatchObject({ state: 'erased' })
  })

  it('is not made if no lead is left in it', async () => {
    await queueLead(system, 1)
    await system.api.staff('POST', '/v1/ops/suppressions', { body: { email: 'ada1@mail.example', reason: 'Asked.' } })
    await runFiles(system, 3600)
    expect(system.api.sftp.files.size).toBe(0)
    expect(system.api.sftp.targets).toEqual([])
  })

  it('goes to no one under another legal name than the one that the visitor agreed to', async () => {
    const id = await queueLead(system, 1)
    await putRecord(system.api, 'schools', 'bay-shore', {
      name: 'Bay Shore Institute',
      legalName: 'Other Owner LLC',
      timeZone: 'America/Chicago',
    })
    await runFiles(system, 3600)
    await deliverDue(system)
    expect(system.api.sftp.files.size).toBe(0)
    expect(await readDelivery(system, id)).toMatchObject({ state: 'dead', unbound: 'legal-name-changed' })
  })

  it('leaves its leads to the webhook that staff have set meanwhile', async () => {
    const id = await queueLead(system, 1)
    await putEndpoint(system, { kind: 'webhook', url: 'https://bay-shore.example/leads' })
    await runFiles(system, 3600)
    expect(system.api.sftp.files.size).toBe(0)
    expect(await readDelivery(system, id)).toMatchObject({ state: 'delivered', deliveredBy: 'webhook' })
  })

  it('has a replayed lead again, in the next file', async () => {
    const id = await queueLead(system, 1)
    await runFiles(system, 3600)
    await system.api.staff('POST', `/v1/ops/deliveries/${id}/replay`)
    await runFiles(system, 1)
    expect(listFiles(system)).toEqual([fileName])
    await runFiles(system, 86_400)
    expect(listFiles(system).map((name) => listRowIds(system.api.sftp.files.get(name)))).toEqual([[id], [id]])
  })

  it('is sent at once for a test lead, under a name that says so', async () => {
    await system.api.staff('POST', '/v1/ops/campaigns/bay-shore-tx/test-leads')
    await deliverDue(system)
    await runFiles(system, 1)
    expect(listFiles(system)).toEqual(['bay-shore-tx.20261123T150000Z.test.csv'])
  })

  it.each([
    ['no password and no key', { password: undefined }, '/endpoint/password'],
    ['a host of a private network', { host: 'files.internal' }, '/endpoint/host'],
    ['no pinned key', { hostKeys: [] }, '/endpoint/hostKeys'],
    ['a folder that climbs', { folder: '../other' }, '/endpoint/folder'],
    ['a time that repeats', { schedule: { times: ['10:00', '10:00'] } }, '/endpoint/schedule/times'],
  ])('refuses %s', async (_, change, pointer) => {
    const { body: campaign } = await system.api.staff('GET', '/v1/ops/campaigns/bay-shore-tx')
    const { version: _v, updatedAt: _u, updatedBy: _b, ...fields } = Object(campaign)
    const response = await system.api.staff('PUT', '/v1/ops/campaigns/other', {
      body: { ...fields, endpoint: { ...sftp, ...change } },
    })
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })
})

describe('a file by email', () => {
  beforeEach(async () => {
    system = await createFileSystem(emailFile)
  })

  it('is one message with the file, and says nothing of the people in it', async () => {
    const ids = [await queueLead(system, 1), await queueLead(system, 2)]
    await runFiles(system, 3600)
    const [message, ...others] = system.api.mailbox.messages
    expect(others).toEqual([])
    expect(message).toMatchObject({ to: 'leads@bay-shore.example', tags: { deliveryId: fileId } })
    expect(message?.attachments?.map(({ filename }) => filename)).toEqual([fileName])
    expect(listRowIds(message?.attachments?.[0]?.content)).toEqual(ids)
    for (const part of [message?.subject, message?.html, message?.text]) expect(part).not.toMatch(/Ada|ada1|789/)
    for (const id of ids)
      expect(await readDelivery(system, id)).toMatchObject({ state: 'delivered', deliveredBy: 'email-file' })
  })

  it('bounces for each lead in it, and each goes in the next file', async () => {
    const ids = [await queueLead(system, 1), await queueLead(system, 2)]
    await runFiles(system, 3600)
    await system.api.bounce({
      deliveryId: fileId,
      messageId: 'message-1',
      to: [emailFile.to],
      why: 'bounced',
      lasting: false,
    })
    for (const id of ids) expect(await readDelivery(system, id)).toMatchObject({ state: 'parked' })
    await runFiles(system, 3600)
    await runFiles(system, 86_400)
    expect(listRowIds(system.api.mailbox.messages[1]?.attachments?.[0]?.content).toSorted()).toEqual(ids.toSorted())
  })

  it('is the address of notices, each by itself', async () => {
    await queueLead(system, 1)
    await runFiles(system, 3600)
    await system.api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada1@mail.example' } })
    await deliverDue(system)
    expect(system.api.mailbox.messages.at(-1)).toMatchObject({ to: emailFile.to })
    expect(system.api.mailbox.messages).toHaveLength(2)
  })
})

it('runs at each time of a schedule', async () => {
  await putEndpoint(system, { ...sftp, schedule: { ...schedule, times: ['10:00', '11:30'], days: ['monday'] } })
  await queueLead(system, 1)
  await runFiles(system, 3600)
  await queueLead(system, 2)
  await runFiles(system, 5400)
  await queueLead(system, 3)
  await runFiles(system, 86_400)
  expect(listFiles(system)).toEqual([fileName, 'bay-shore-tx.20261123T173000Z.csv'])
  await runFiles(system, 6 * 86_400)
  expect(listFiles(system)).toHaveLength(3)
})
