import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Contestant, installPeers, startFastify, startProspectus } from './peers/contestants.ts'
import { runLoad } from './run-load.ts'

/**
 * Measures leads that are accepted, delivered by webhook and recorded, per second, beside a service that an engineer would
 * write by hand. One service is alive at a time, and rounds alternate, because a machine's speed drifts: compare the ratios.
 * The school is in this process. ROUNDS, SECONDS and CALLERS change the sizes, and PEERS_DIR where the peer is installed.
 */
const rounds = Number(process.env.ROUNDS ?? 3)
const seconds = Number(process.env.SECONDS ?? 5)
const callers = Number(process.env.CALLERS ?? 16)
const peersFolder = process.env.PEERS_DIR ?? join(tmpdir(), 'prospectus-peers')
const quietMs = 1000
const singleLeads = 100

const received = { count: 0, onWebhook: () => {} }
const school = createServer((incoming, outgoing) => {
  incoming.resume().on('end', () => {
    received.count += 1
    outgoing.end('ok')
    received.onWebhook()
  })
}).listen(0, '127.0.0.1')
await once(school, 'listening')
const address = school.address()
const webhookUrl = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/leads`

installPeers(peersFolder)
const contestants = {
  prospectus: startProspectus,
  fastify: (place: Parameters<typeof startProspectus>[0]) => startFastify(place, peersFolder),
}
type Figures = { settledPerSecond: number; webhookMs: number; memoryMb: number }
const figures: { [Name in keyof typeof contestants]: Figures[] } = { prospectus: [], fastify: [] }

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}, ${callers} callers`)
for (let round = 0; round < rounds; round++)
  for (const name of ['prospectus', 'fastify'] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'prospectus-peer-'))
    const contestant = await contestants[name]({ folder: join(folder, 'data'), webhookUrl })
    const result = await measure(contestant)
    figures[name].push(result)
    console.log(name.padEnd(12), JSON.stringify(result))
    contestant.process.kill('SIGTERM')
    await once(contestant.process, 'exit')
    rmSync(folder, { recursive: true })
  }
for (const [name, results] of Object.entries(figures))
  console.log(
    `${name}: median ${median(results.map(({ settledPerSecond }) => settledPerSecond))} settled leads a second, ` +
      `${median(results.map(({ webhookMs }) => webhookMs))} ms from lead to webhook, ${median(results.map(({ memoryMb }) => memoryMb))} MB`,
  )
const ratios = figures.prospectus.map(
  (one, index) => one.settledPerSecond / (figures.fastify[index]?.settledPerSecond ?? 0),
)
console.log(
  `settled, of the hand-written service: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}; median ${median(ratios)}`,
)
school.closeAllConnections()
school.close()

async function measure({ base, buildLead, process: child }: Contestant): Promise<Figures> {
  let leadNumber = 0
  const next = () => {
    leadNumber += 1
    return buildLead(leadNumber)
  }
  received.count = 0
  const startedAt = performance.now()
  await runLoad({ base, callers, seconds, next })
  let lastCount = -1
  let settledAt = performance.now()
  while (lastCount !== received.count) {
    lastCount = received.count
    settledAt = performance.now()
    await sleep(quietMs)
  }
  const settledPerSecond = Math.round(received.count / ((settledAt - startedAt) / 1000))
  const times: number[] = []
  for (let count = 0; count < singleLeads; count++) {
    const { promise: arrived, resolve } = Promise.withResolvers<void>()
    received.onWebhook = resolve
    const { path, ...call } = next()
    const sentAt = performance.now()
    await Promise.all([fetch(base + path, call).then((response) => response.arrayBuffer()), arrived])
    times.push(performance.now() - sentAt)
  }
  return { settledPerSecond, webhookMs: median(times), memoryMb: readMemoryMb(child.pid) }
}

/** Of Linux; 0 elsewhere. */
function readMemoryMb(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    return 0
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2))
}
