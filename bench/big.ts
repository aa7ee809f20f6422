import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { databaseFile } from '#local/data/data-folder.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { fillFolder } from './big/fill-folder.ts'
import { listReads, type PathValues, type ReadCall } from './big/list-reads.ts'
import { type BigHost, startBigHost } from './big/start-big-host.ts'

/**
 * Measures `npm run serve` on a folder with 100,000 leads and 300,000 deliveries: its start, each pause of its event loop
 * while its workers run, and the first page of every list. A limit is judged by the time that the host computes, which a
 * busy machine does not change much. DATA_DIR keeps the folder for the next run; LEADS and SECONDS change its size and how
 * long the workers are watched.
 */
const dataDir = resolve(process.env.DATA_DIR ?? join(mkdtempSync(join(tmpdir(), 'prospectus-big-')), 'data'))
const leadCount = Number(process.env.LEADS ?? 100_000)
const seconds = Number(process.env.SECONDS ?? 120)
const callsPerRead = 5
const maxReadMs = 200
const maxStartMs = 3000
const maxPauseMs = 250
/** The same for each run, so that a folder can be measured again. */
const staffKey = newAccessKey('ok', (size) => new Uint8Array(size).fill(7))

if (!existsSync(join(dataDir, databaseFile))) {
  console.log(`Filling ${dataDir}`)
  const copies = 24
  const leads = Math.ceil(leadCount / (1 + copies))
  console.log(await fillFolder({ dataDir, staffKey, leads, copies, days: 30, extraSchools: 484 }, console.log))
}
const host = await startBigHost(dataDir)
console.log(`start: ${host.startMs.toFixed(0)} ms${judge(host.startMs, maxStartMs)}`)
await wait(seconds * 1000)
reportPauses('workers', host)
await measureReads(host)
reportPauses('lists', host)
await host.stop()

function reportPauses(during: string, { takePauses }: BigHost): void {
  const pauses = takePauses().toSorted((one, other) => other.cpuMs - one.cpuMs)
  console.log(`pauses during ${during}: ${pauses.length} over 50 ms, the longest by computing time:`)
  for (const { pauseMs, cpuMs, endedAt } of pauses.slice(0, 10))
    console.log(
      `  ${pauseMs.toFixed(0)} ms, computing ${cpuMs.toFixed(0)} ms${judge(cpuMs, maxPauseMs)}, ${(endedAt / 1000).toFixed(1)} s after the start`,
    )
}

async function measureReads({ url, readComputedMs }: BigHost): Promise<void> {
  const keys = { operator: staffKey, school: await createKey(url, 'school'), source: await createKey(url, 'source') }
  for (const read of listReads(await findPathValues(url))) {
    const key = read.caller === 'anyone' || read.caller === 'person' ? undefined : keys[read.caller]
    const calls: { ms: number; computedMs: number; status: number; bytes: number }[] = []
    while (calls.length < callsPerRead) {
      const before = await readComputedMs()
      const call = await callTimed(url, read, key)
      calls.push({ ...call, computedMs: (await readComputedMs()) - before })
    }
    const [{ ms: firstMs, status, bytes } = { ms: 0, status: 0, bytes: 0 }] = calls
    const [medianMs, computedMs] = [
      getMedian(calls.map(({ ms }) => ms)),
      getMedian(calls.map((call) => call.computedMs)),
    ]
    const times = `${format(firstMs)} ms first, ${format(medianMs)} ms median, computing ${format(computedMs)} ms`
    console.log(
      `${read.name.padEnd(28)}${times}${judge(computedMs, maxReadMs)}, ${status}, ${Math.ceil(bytes / 1024)} kB`,
    )
  }
}

function getMedian(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

function format(milliseconds: number): string {
  return milliseconds.toFixed(0).padStart(5)
}

function judge(measured: number, limit: number): string {
  return measured > limit ? `  OVER ${limit}` : ''
}

async function callTimed(url: string, { path }: Pick<ReadCall, 'path'>, key: string | undefined) {
  const startedAt = performance.now()
  const response = await fetch(url + path, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
  const body = await response.text()
  return { ms: performance.now() - startedAt, status: response.status, bytes: Buffer.byteLength(body), body }
}

async function createKey(url: string, caller: 'school' | 'source'): Promise<string> {
  const holder =
    caller === 'school' ? { caller, schoolId: 'lone-prairie-college' } : { caller, sourceId: 'big-landing-page' }
  const response = await fetch(`${url}/v1/ops/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${staffKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ holder, scope: caller === 'school' ? 'read' : 'server', name: `bench ${Date.now()}` }),
  })
  return z.object({ key: z.string() }).parse(await response.json()).key
}

/** An ID of each kind that a path may name. */
async function findPathValues(url: string): Promise<PathValues> {
  const readFirst = async (path: string, list: string, field: string) => {
    const { body } = await callTimed(url, { path }, staffKey)
    const items = z.record(z.string(), z.unknown()).parse(JSON.parse(body))[list]
    return z.array(z.record(z.string(), z.unknown())).parse(items)[0]?.[field]
  }
  const day = new Date().toISOString().slice(0, 10)
  const values = {
    day,
    firstDay: new Date(Date.now() - 29 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
    slug: 'health-record-technician',
    careers: 'health-record-technician',
    schools: 'lone-prairie-college',
    campaigns: 'lone-prairie-texas',
    programs: 'lone-prairie-hit-associate',
    programId: 'lone-prairie-hit-associate',
    sources: 'big-landing-page',
    report: 'schools',
    accountKind: 'schools',
    accountId: 'lone-prairie-college',
    month: day.slice(0, 7),
    leadId: await readFirst('/v1/ops/leads?limit=1', 'leads', 'leadId'),
    deliveryId: await readFirst(
      '/v1/ops/deliveries?state=delivered&schoolId=lone-prairie-college',
      'deliveries',
      'deliveryId',
    ),
    erasureId: await readFirst('/v1/ops/erasures', 'erasures', 'erasureId'),
    withdrawalId: await readFirst('/v1/ops/withdrawals', 'withdrawals', 'withdrawalId'),
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}
