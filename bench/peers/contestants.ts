import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { matchSchools } from '#shared/contract/capture/capture.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import type { BenchmarkCall } from '../run-load.ts'

/** A running service that takes leads and sends each to one school. */
export type Contestant = { process: ChildProcess; base: string; buildLead: (number: number) => BenchmarkCall }
type Place = { folder: string; webhookUrl: string }

const json = { 'content-type': 'application/json' }
const readFirstLine = async (child: ChildProcess) => {
  if (!child.stdout) throw new Error('The service has no output.')
  const [line] = await once(child.stdout, 'data')
  child.stdout.resume()
  return JSON.parse(String(line))
}

/** This project, as `npm start` with a data folder: the sample school gets every lead by a webhook. */
export async function startProspectus({ folder, webhookUrl }: Place): Promise<Contestant> {
  const child = spawn(process.execPath, ['local/start.mjs', '--json', '--empty'], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const { urls, keys } = await readFirstLine(child)
  const staff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const schoolId = 'lone-prairie-college'
  const { status } = await staff(records.campaigns.put, {
    params: { id: 'lone-prairie-texas' },
    headers: { 'if-match': '*' },
    body: {
      schoolId,
      programIds: ['lone-prairie-hit-associate'],
      priceCents: 4500,
      sharing: 'exclusive',
      priority: 1,
      endpoint: { kind: 'webhook', url: webhookUrl },
    },
  })
  if (status !== 200) throw new Error(`The campaign was not saved: ${status}.`)
  const headers = { ...json, 'x-source-key': keys.source }
  const education = { highestLevel: 'high-school-diploma' }
  const response = await fetch(`${urls.api}/v1/matches`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ careerSlug: 'health-record-technician', zip: '78701', education }),
  })
  const { matchId, disclosure } = matchSchools.responses[200].body.parse(await response.json())
  return {
    process: child,
    base: urls.api,
    buildLead: (number) => ({
      method: 'POST',
      path: '/v1/leads',
      headers: { ...headers, 'idempotency-key': `bench-${number}` },
      body: JSON.stringify({
        matchId,
        contact: buildContact(number),
        education,
        consent: { granted: true, sha256: disclosure.sha256 },
        page: { url: 'https://careers.example/health-record-technician' },
      }),
    }),
  }
}

/** A hand-written service, with Fastify installed in `peersFolder`, outside of this project. */
export async function startFastify({ folder, webhookUrl }: Place, peersFolder: string): Promise<Contestant> {
  mkdirSync(folder, { recursive: true })
  const program = join(peersFolder, 'fastify-service.mjs')
  copyFileSync(join(import.meta.dirname, 'fastify-service.mjs'), program)
  const child = spawn(process.execPath, [program, join(folder, 'peer.db'), webhookUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { base } = await readFirstLine(child)
  return {
    process: child,
    base,
    buildLead: (number) => ({
      method: 'POST',
      path: '/leads',
      headers: json,
      body: JSON.stringify({ ...buildContact(number), educationLevel: 'high-school-diploma' }),
    }),
  }
}

/** Installs Fastify unless it is there. */
export function installPeers(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { fastify: '5' } }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder], { stdio: 'inherit' })
}

function buildContact(number: number) {
  return {
    firstName: 'Ada',
    lastName: 'Example',
    email: `ada.${number}@mail.example.com`,
    phone: `+1512${String(2_000_000 + number)}`,
    zip: '78701',
  }
}
