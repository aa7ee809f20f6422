import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matchSchools } from '#shared/contract/capture/capture.ts'
import { type BenchmarkCall, runLoad } from './run-load.ts'

/**
 * Measures requests per second of one host on this machine, in memory and on disk. The load comes from this process, and the host is
 * another. SECONDS and CALLERS change duration and concurrency.
 */
const seconds = Number(process.env.SECONDS ?? 5)
const callerCount = Number(process.env.CALLERS ?? 16)
const career = 'health-record-technician'
const matchRequest = { careerSlug: career, zip: '78701', education: { highestLevel: 'high-school-diploma' } }
const json = { 'content-type': 'application/json' }

for (const storage of ['in memory', 'on disk']) {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-bench-'))
  const host = spawn(process.execPath, ['local/start.mjs', '--json', '--empty'], {
    env: { ...process.env, PORT: '0', ...(storage === 'on disk' && { DATA_DIR: folder }) },
  })
  host.stderr.resume()
  const { urls, keys } = JSON.parse(String((await once(host.stdout, 'data'))[0]))
  host.stdout.resume()
  console.log(`\n${storage}, ${callerCount} callers, ${seconds} s each`)
  const source = { ...json, 'x-source-key': keys.source }
  const matchResponse = await fetch(`${urls.api}/v1/matches`, {
    method: 'POST',
    headers: source,
    body: JSON.stringify(matchRequest),
  })
  const { matchId, disclosure } = matchSchools.responses[200].body.parse(await matchResponse.json())
  let peopleCount = 0
  const scenarios: { [what: string]: () => BenchmarkCall } = {
    'read a career': () => ({ method: 'GET', path: `/v1/careers/${career}` }),
    'list leads, as staff': () => ({
      method: 'GET',
      path: '/v1/ops/leads?limit=20',
      headers: { authorization: `Bearer ${keys.operator}` },
    }),
    'ask for a match': () => ({
      method: 'POST',
      path: '/v1/matches',
      headers: source,
      body: JSON.stringify(matchRequest),
    }),
    'send a lead': () => {
      peopleCount += 1
      return {
        method: 'POST',
        path: '/v1/leads',
        headers: { ...source, 'idempotency-key': `bench-${peopleCount}` },
        body: JSON.stringify(buildLead(peopleCount, matchId, disclosure.sha256)),
      }
    },
  }
  for (const [what, next] of Object.entries(scenarios)) {
    const { perSecond, p50, p99, max, refusedCount } = await runLoad({
      base: urls.api,
      callers: callerCount,
      seconds,
      next,
    })
    const times = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${max.toFixed(0)} ms`
    console.log(
      `${what.padEnd(22)} ${perSecond.toFixed(0).padStart(6)} a second, ${times}${refusedCount > 0 ? `, ${refusedCount} refused` : ''}`,
    )
  }
  host.kill('SIGTERM')
  await once(host, 'exit')
  rmSync(folder, { recursive: true })
}

function buildLead(number: number, matchId: string, sha256: string) {
  const contact = {
    firstName: 'Ada',
    lastName: 'Example',
    email: `ada.${number}@mail.example.com`,
    phone: `+1512${String(2_000_000 + number)}`,
    zip: '78701',
  }
  return {
    matchId,
    contact,
    education: { highestLevel: 'high-school-diploma' },
    consent: { granted: true, sha256 },
    page: { url: 'https://careers.example/health-record-technician' },
  }
}
