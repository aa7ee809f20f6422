import { once } from 'node:events'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAlertChannels } from '#local/alerts/alert-channels.ts'
import { type AlertChannel, createAttentionWatch } from '#local/alerts/create-attention-watch.ts'
import { attentionFinders } from '#local/alerts/find-attention.ts'
import type { ServedCertificate } from '#local/alerts/read-certificate.ts'
import { recordBackup } from '#local/data/backup-series.ts'
import { attentionItem } from '#shared/domain/reporting/attention.ts'
import { attentionTitles } from '#shared/domain/reporting/attention-titles.ts'
import { emptyReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import type { EmailMessage, SendMail } from '#shared/outbound/email/mail.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import { aCampaign, aSchool, createTestSystem, putRecord, submitTestLead } from '#test/functions/create-test-system.ts'

type TestSystem = Awaited<ReturnType<typeof createTestSystem>>
let dataDir: string
let system: TestSystem
let disk = 0.5
let mailFault: { reason: string; since: string } | undefined
let hold: { asOf: string } | undefined
let isDown = false
let certificate: ServedCertificate | undefined
const sent: { raised: string[]; cleared: string[] }[] = []
const events: string[] = []
const format = ({ code, subject }: { code: string; subject?: string | undefined }) => `${code} ${subject ?? ''}`.trim()
const channel: AlertChannel = {
  name: 'test',
  async send({ raised, cleared }) {
    if (isDown) return 'ECONNREFUSED'
    // The items of the API, and nothing that only the watch needs.
    for (const item of [...raised, ...cleared]) attentionItem.strict().parse(item)
    sent.push({ raised: raised.map(format), cleared: cleared.map(format) })
    return undefined
  },
}

const now = () => new Date(system.api.clock.now)
const stores = () => openStores(system.api.engine)
const day = '2026-11-23'
const at = '2026-11-23T15:00:00.000Z'

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'prospectus-alerts-'))
  system = await createTestSystem()
  writeFileSync(join(dataDir, 'secrets.json'), '{}')
  utimesSync(join(dataDir, 'secrets.json'), now(), now())
  disk = 0.5
  mailFault = undefined
  hold = undefined
  isDown = false
  certificate = undefined
  sent.length = 0
  events.length = 0
})
afterEach(() => rmSync(dataDir, { recursive: true }))

function createWatch(channels: readonly AlertChannel[] = [channel]) {
  return createAttentionWatch({
    deps: { ...stores(), now, findMailFault: () => mailFault },
    dataDir,
    findHold: () => hold,
    readDisk: async () => disk,
    readCertificate: async () => certificate,
    channels,
    log: (event) => void events.push(event),
  })
}

type Fields = { [field: string]: unknown }
async function buyLeads(count: number, { schoolFields = {}, fields = {} }: { schoolFields?: Fields; fields?: Fields }) {
  await putRecord(system.api, 'schools', 'tall-grass', aSchool(schoolFields))
  await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign(fields))
  for (let number = 1; number <= count; number += 1) await submitTestLead(system, number)
}

describe('what needs attention on one machine', () => {
  const caps = [{ period: 'total', limit: 5 }]
  const saveDrift = () =>
    stores().reconciliation.saveReport(day, {
      finished: { ...emptyReconciliationTotals, day, until: at, finishedAt: at, drift: 2 },
    })
  const begin: { [item: string]: () => unknown } = {
    'mail-failing': () => {
      mailFault = { reason: 'ECONNREFUSED at CONN', since: at }
    },
    'backup-unsettled': () => {
      hold = { asOf: at }
    },
    'disk-full': () => {
      disk = 0.81
    },
    [`drift ${day}`]: saveDrift,
    'endpoint-failing tall-grass': () =>
      stores().endpointHealth.saveCircuit('tall-grass', { failures: 5, opensAt: at }, { failures: 0 }),
    'mailbox-closed bay-shore-tx': () =>
      stores().endpointHealth.disable('bay-shore', {
        ...{ campaignId: 'bay-shore-tx', kind: 'email', address: 'a@b.example', why: 'bounced', at },
      }),
    'leads-stopped tall-grass': async () => {
      const { schools } = await submitTestLead(system)
      for (const { deliveryId } of schools) await system.api.deliver(deliveryId)
      await putRecord(system.api, 'schools', 'bay-shore', aSchool({ noLeadsDays: 0 }))
      system.api.advanceClock(7 * 24 * 3600)
      recordBackup(dataDir, { folder: '/backups/1', rows: 1 }, now())
    },
    'delivery-overdue': async () => {
      await submitTestLead(system)
      system.api.advanceClock(16 * 60)
    },
    'certificate-expiring leads.example': () => {
      certificate = aCertificate(14)
    },
    'calling-rules-old': () => {
      system.api.advanceClock(400 * 24 * 3600)
      recordBackup(dataDir, { folder: '/backups/1', rows: 1 }, now())
    },
    'certificate-unretained': async () => {
      const trustedFormCertUrl = 'https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947'
      await submitTestLead(system, 1, { trustedFormCertUrl })
      system.api.advanceClock(25 * 3600)
      recordBackup(dataDir, { folder: '/backups/1', rows: 1 }, now())
      await system.api.retainCertificates({ certificateVendors: {} })
      for (const { deliveryId } of system.api.queue.pointers) await system.api.deliver(deliveryId)
    },
    'facts-old': async () => {
      const fact = aFact({ expiresAt: '2026-04-01T00:00:00.000Z' })
      await putRecord(system.api, 'careers', 'health-record-technician', aCareer({ facts: [fact] }))
      // Careers are read once an hour.
      system.api.advanceClock(3700)
    },
    'backup-old': () => system.api.advanceClock(27 * 3600),
    'cap-almost-used tall-grass-tx': () => buyLeads(4, { fields: { caps } }),
    'cap-used tall-grass-tx': () => buyLeads(5, { fields: { caps } }),
    'credit-almost-used tall-grass': () => buyLeads(4, { schoolFields: { creditCents: 5 * 4500 } }),
    'credit-used tall-grass': () => buyLeads(5, { schoolFields: { creditCents: 5 * 4500 } }),
  }

  it.each(Object.keys(begin))('finds once it begins, and not before: %s', async (item) => {
    const watch = createWatch()
    await watch.task.run()
    expect(watch.list()).toEqual([])
    await begin[item]?.()
    await watch.task.run()
    expect(watch.list().map(format)).toEqual([item])
    expect(sent).toEqual([{ raised: [item], cleared: [] }])
    expect(events).toEqual(['attention.raised'])
  })

  it('has a way to find each code of the table', () => {
    const codes = new Set(Object.keys(attentionTitles))
    // `alert-failing` begins with an alert, and has a test of its own.
    expect(new Set(['alert-failing', ...Object.keys(begin).map((item) => item.split(' ')[0])])).toEqual(codes)
    expect(new Set(attentionFinders.flatMap((finder) => finder.codes))).toEqual(codes)
  })

  it.each([
    ['not yet at 15 days', aCertificate(15), []],
    ['at 14 days', aCertificate(14), ['expires 2026-12-07T15:00:00.000Z, days left: 14']],
    ['after it has expired', aCertificate(-1), ['expired 2026-11-22T15:00:00.000Z']],
    ['not for a certificate of six days that has three left', aCertificate(3, 6), []],
    ['for a certificate of six days that has two left', aCertificate(2, 6), [expect.stringContaining('days left: 2')]],
  ])('says that a certificate is about to expire: %s', async (_, served, reasons) => {
    system.api.clock.now = new Date(at)
    certificate = served
    const watch = createWatch()
    await watch.task.run()
    const items = watch.list().filter(({ code }) => code === 'certificate-expiring')
    expect(items.map(({ reason }) => reason)).toEqual(reasons)
  })

  it('takes a backup as made once it is recorded', async () => {
    system.api.advanceClock(27 * 3600)
    recordBackup(dataDir, { folder: '/backups/1', rows: 1 }, now())
    const watch = createWatch()
    await watch.task.run()
    expect(watch.list()).toEqual([])
    system.api.advanceClock(27 * 3600)
    await watch.task.run()
    expect(watch.list()).toMatchObject([
      { code: 'backup-old', reason: `last backup ${new Date(now().getTime() - 27 * 3_600_000).toISOString()}` },
    ])
  })
})

function aCertificate(daysLeft: number, days = 90): ServedCertificate {
  const validTo = new Date(Date.parse(at) + daysLeft * 24 * 3_600_000)
  return { host: 'leads.example', validFrom: new Date(validTo.getTime() - days * 24 * 3_600_000), validTo }
}

describe('alerts', () => {
  it('that fail are logged once, and are an item for the other channel until it works again', async () => {
    disk = 0.9
    const others: string[][] = []
    const other: AlertChannel = {
      name: 'other',
      send: async (alert) => void others.push([...alert.raised, ...alert.cleared].map(format)),
    }
    isDown = true
    const watch = createWatch([channel, other])
    for (let i = 0; i < 3; i += 1) await watch.task.run()
    const restarted = createWatch([channel, other])
    for (let i = 0; i < 3; i += 1) await restarted.task.run()
    expect(events).toEqual(['attention.raised', 'alert.failed', 'attention.raised'])
    expect(restarted.list().map(format)).toEqual(['disk-full', 'alert-failing test'])
    expect(others).toEqual([['disk-full'], ['alert-failing test']])
    isDown = false
    for (let i = 0; i < 2; i += 1) await restarted.task.run()
    expect(events.slice(3)).toEqual(['alert.recovered', 'attention.cleared'])
    expect(sent).toEqual([{ raised: ['disk-full'], cleared: [] }])
    expect(others.slice(2)).toEqual([['alert-failing test']])
  })

  it('are sent once until they clear, also after a restart, and again when it begins again', async () => {
    disk = 0.9
    const watch = createWatch()
    for (let i = 0; i < 3; i += 1) await watch.task.run()
    await createWatch().task.run()
    expect(sent).toEqual([{ raised: ['disk-full'], cleared: [] }])
    disk = 0.5
    const restarted = createWatch()
    for (let i = 0; i < 2; i += 1) await restarted.task.run()
    disk = 0.9
    await restarted.task.run()
    expect(sent.slice(1)).toEqual([
      { raised: [], cleared: ['disk-full'] },
      { raised: ['disk-full'], cleared: [] },
    ])
  })

  it('that could not be sent are sent by the next run, by that channel only', async () => {
    disk = 0.9
    let otherCount = 0
    const other: AlertChannel = { name: 'other', send: async () => void otherCount++ }
    const watch = createWatch([channel, other])
    isDown = true
    await watch.task.run()
    expect([sent.length, otherCount, events.at(-1)]).toEqual([0, 1, 'alert.failed'])
    isDown = false
    await watch.task.run()
    expect([sent.length, otherCount]).toEqual([1, 1])
  })

  it('of an end that could not be sent are sent later, too', async () => {
    disk = 0.9
    const watch = createWatch()
    await watch.task.run()
    disk = 0.5
    isDown = true
    for (let i = 0; i < 2; i += 1) await watch.task.run()
    isDown = false
    for (let i = 0; i < 2; i += 1) await watch.task.run()
    expect(sent.slice(1)).toEqual([{ raised: [], cleared: ['disk-full'] }])
  })

  it('of one source that fails do not stop the others', async () => {
    disk = 0.9
    rmSync(join(dataDir, 'secrets.json'))
    const watch = createWatch()
    await watch.task.run()
    expect([watch.list().map(format), events[0]]).toEqual([['disk-full'], 'attention.failed'])
  })

  it('go by email, and by a webhook that the standard library verifies', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const bodies: unknown[] = []
    await using server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray())
      bodies.push(new Webhook(secret).verify(body, { ...(request.headers as { [name: string]: string }) }))
      response.writeHead(204).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
    const emails: EmailMessage[] = []
    const mail: SendMail = async (message) => {
      emails.push(message)
      return { messageId: 'a' }
    }
    system.api.clock.now = new Date()
    recordBackup(dataDir, { folder: '/backups/1', rows: 1 }, now())
    disk = 0.9
    await createWatch(createAlertChannels({ email: 'staff@school.example', webhook: { url, secret } }, mail)).task.run()
    expect(events).toEqual(['attention.raised'])
    expect(emails).toMatchObject([{ to: 'staff@school.example', subject: 'Prospectus: The disk is over 80% full' }])
    expect(emails[0]?.text).toMatch(/^The disk is over 80% full\nSince .*: 90% used\. Free up space/)
    expect(bodies).toMatchObject([{ type: 'alert.changed', data: { raised: [{ code: 'disk-full' }], cleared: [] } }])
    server.closeAllConnections()
  })

  it('say in the log why a webhook was not taken', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const address = closed.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
    await new Promise((resolve) => closed.close(resolve))
    const [unreachable] = createAlertChannels({ webhook: { url, secret } }, async () => ({ messageId: 'a' }))
    expect(await unreachable?.send({ raised: [], cleared: [] }, now())).toBe('ECONNREFUSED')
  })
})
