import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { databaseFile } from '#local/data/data-folder.ts'
import { secretsFile } from '#local/data/secrets-file.ts'
import { startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

type DraftCampaign = z.input<typeof simulateCampaigns.body>['draft']['campaigns'][number]

// A folder of `npm start` at commit baa287a (2026-11-28): eight leads, a return, a disposition, an erasure, a replay.
const fixture = new URL('../../fixtures/first-edition/', import.meta.url)
const leadId = 'lead_MqszUrXc8Az4-YLQRzXRrA'
const deliveryId = 'dlv_91So8claCZSIuBp1XztO8w'
const oldNames = /charged|cameBackAt|noticesTo|"(LINE|SLOT|GUARD|ANSWER)#|"enquiry":|"arrived":|"kept":/
const now = () => new Date('2026-11-28T19:00:00.000Z')

let dataDir: string
let host: Awaited<ReturnType<typeof startHost>>
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'prospectus-first-edition-'))
  writeFileSync(join(dataDir, databaseFile), gunzipSync(readFileSync(new URL('prospectus.db.gz', fixture))))
  copyFileSync(new URL('secrets.json', fixture), join(dataDir, secretsFile))
  expect(countOldRows()).toBeGreaterThan(30)
  host = await startHost({ port: 0, dataDir, now })
})
afterAll(async () => {
  await host.close()
  rmSync(dataDir, { recursive: true })
})

function countOldRows(): number {
  const database = new DatabaseSync(join(dataDir, databaseFile))
  const rows = ['catalog', 'leads'].flatMap((table) => database.prepare(`SELECT pk, item FROM "${table}"`).all())
  database.close()
  return rows.filter(({ pk, item }) => oldNames.test(`"${String(pk)} ${String(item)}`)).length
}

function readLeadRows(): { [name: string]: unknown }[] {
  const database = new DatabaseSync(join(dataDir, databaseFile), { readOnly: true })
  const rows = database.prepare('SELECT item FROM leads').all()
  database.close()
  return rows.map(({ item }) => JSON.parse(String(item)))
}

async function getAsStaff(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${host.urls.api}${path}`, {
    headers: { authorization: `Bearer ${host.keys.operator}` },
  })
  return { status: response.status, body: await response.json() }
}

describe('data folder of the first version', () => {
  it('has no row with an old name after the start', () => {
    expect(countOldRows()).toBe(0)
  })

  it('still has its leads, deliveries, attempts, dispositions and returns', async () => {
    const { status, body } = await getAsStaff(`/v1/ops/leads/${leadId}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ leadId, outcome: 'accepted' })
    const { deliveries } = body as { deliveries: { deliveryId: string }[] }
    expect(deliveries).toHaveLength(5)
    expect(deliveries.find((delivery) => delivery.deliveryId === deliveryId)).toMatchObject({
      state: 'delivered',
      countedFailures: 0,
      attemptLog: [{ outcome: 'delivered' }],
      dispositions: [{ disposition: 'contacted' }],
      return: { state: 'accepted' },
    })
  })

  it('has a ledger entry for each delivered lead and each accepted return, as of then', () => {
    const rows = readLeadRows()
    const sold = rows.filter(({ sk, deliveredAt, priceCents }) => sk === 'DELIVERY' && deliveredAt && priceCents)
    const credited = rows.filter(({ sk, state }) => sk === 'RETURN' && state === 'accepted')
    expect(sold.length).toBeGreaterThan(20)
    expect(credited).toHaveLength(1)
    expect(rows.filter(({ ledgerPk }) => ledgerPk !== undefined)).toHaveLength(sold.length + credited.length)
    for (const { ledgerPk, ledgerSk, schoolId, deliveryId: id, deliveredAt } of sold)
      expect([ledgerPk, ledgerSk]).toEqual([`LEDGER#schools#${schoolId}`, `${deliveredAt}#${id}:charge`])
    for (const { ledgerPk, ledgerSk, schoolId, deliveryId: id, decidedAt } of credited)
      expect([ledgerPk, ledgerSk]).toEqual([`LEDGER#schools#${schoolId}`, `${decidedAt}#${id}:credit`])
  })

  it('still has what staff wrote in its records', async () => {
    expect(await getAsStaff('/v1/ops/schools/lone-prairie-college')).toMatchObject({
      status: 200,
      body: { version: 2, privacyNoticeEmail: 'privacy@school.example' },
    })
  })

  it('still has its daily reports', async () => {
    const { status, body } = await getAsStaff('/v1/ops/reports/daily?from=2026-11-28&to=2026-11-28')
    expect(status).toBe(200)
    expect(body).toMatchObject({ days: [{ leads: { received: 8 }, deliveries: { created: 40 } }] })
    expect((await getAsStaff('/v1/ops/reports/reconciliation?day=2026-11-28')).body).toMatchObject({ drift: 0 })
  })

  it('still recognizes earlier idempotency keys and people', async () => {
    const visitor = createVisitor(host)
    const match = await visitor.match()
    const ada = {
      firstName: 'Ada',
      lastName: 'Example',
      email: 'ada@example.com',
      phone: '(512) 789-1111',
      zip: '78701',
    }
    const form = visitor.form(match, { contact: ada })
    expect(await visitor.send(form, 'key-Ada-000000000000')).toMatchObject({
      status: 422,
      problem: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
    const { body } = await visitor.send(form)
    const { body: before } = await getAsStaff(`/v1/ops/leads/${leadId}`)
    const served = (before as { deliveries: { schoolId: string }[] }).deliveries.map(({ schoolId }) => schoolId)
    expect(served).toHaveLength(5)
    // The receipt of a page is the same as for a stranger, so only staff see who is known.
    expect(body).toMatchObject({ outcome: 'accepted' })
    const { body: repeated } = await getAsStaff(`/v1/ops/leads/${body?.leadId}`)
    const { deliveries, decisions } = repeated as {
      deliveries: { schoolId: string }[]
      decisions: { verdicts: { schoolId: string; selected: boolean; reason?: string }[] }[]
    }
    expect(deliveries.map(({ schoolId }) => schoolId)).toEqual(['saltmarsh-bay-university'])
    const refusals = decisions[0]?.verdicts.filter(({ reason }) => reason === 'DUPLICATE_SCHOOL') ?? []
    expect(new Set(refusals.map(({ schoolId }) => schoolId))).toEqual(new Set(served))
  })

  it('replays the routing decisions of past leads with the same result', async () => {
    const { body } = await getAsStaff('/v1/ops/campaigns/lone-prairie-texas')
    const { version, updatedAt, updatedBy, ...campaign } = body as {
      version: number
      updatedAt: string
      updatedBy?: unknown
    }
    const call = createClient({
      baseUrl: host.urls.api,
      headers: { authorization: `Bearer ${host.keys.operator}` },
    })
    const simulation = await call(simulateCampaigns, {
      body: {
        from: '2026-11-28T18:00:00.000Z',
        to: '2026-11-28T18:30:00.000Z',
        draft: { campaigns: [campaign as DraftCampaign] },
      },
    })
    if (simulation.status !== 200) throw new Error(simulation.text)
    expect(simulation.body.before).toMatchObject({ leads: 7 })
    expect(simulation.body.after).toEqual(simulation.body.before)
  })
})

describe('schema version', () => {
  it('is current after a migration, which does not run again', () => {
    const database = new DatabaseSync(join(dataDir, databaseFile))
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaMigrations.length })
    database.close()
  })

  it('is refused with a clear message if it is newer, and nothing is written', async () => {
    const newer = mkdtempSync(join(tmpdir(), 'prospectus-newer-'))
    copyFileSync(new URL('secrets.json', fixture), join(newer, secretsFile))
    const database = new DatabaseSync(join(newer, databaseFile))
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(startHost({ port: 0, dataDir: newer })).rejects.toThrow(/schema version 99.*newer version/)
    rmSync(newer, { recursive: true })
  })
})
