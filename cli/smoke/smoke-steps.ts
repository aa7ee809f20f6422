import { randomUUID } from 'node:crypto'
import { readHealth, readReadiness } from '#shared/contract/about.ts'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { listCareers } from '#shared/contract/catalog/catalog.ts'
import { client } from '#shared/contract/client.ts'
import { problem } from '#shared/contract/problems.ts'

export type Target = { url: string; sourceKey?: string; zip: string; fetch?: typeof fetch }
export type Step = { name: string; outcome: 'ok' | 'failed' | 'skipped'; detail: string }
type Told = { ok: boolean; detail: string } | { skipped: string }

/** A few calls to what is deployed, held against the contract. Only the last writes, and only where a source is given. */
export async function smoke({ url, sourceKey, zip, fetch: send = fetch }: Target): Promise<Step[]> {
  const call = client({ baseUrl: url, fetch: send, check: 'answers' })
  const steps: Step[] = []
  const step = async (name: string, ask: () => Promise<Told>) => {
    const told = await ask().catch((error: unknown): Told => ({ ok: false, detail: String(error) }))
    if ('skipped' in told) steps.push({ name, outcome: 'skipped', detail: told.skipped })
    else steps.push({ name, outcome: told.ok ? 'ok' : 'failed', detail: told.detail })
  }
  const source = sourceKey === undefined ? {} : { 'x-source-key': sourceKey }
  let careerSlug: string | undefined
  let match: { matchId: string; sha256: string } | undefined

  await step('health', async () => isOk(await call(readHealth)))
  await step('ready', async () => isOk(await call(readReadiness)))
  await step('careers', async () => {
    const answer = await call(listCareers, { query: { limit: 1 } })
    if (answer.status !== 200) return isOk(answer)
    careerSlug = answer.body.careers[0]?.slug
    const etag = answer.headers.get('etag')
    return { ok: etag !== null, detail: `${careerSlug ?? 'none yet'}, ETag ${etag ?? 'is missing'}` }
  })
  await step('an address that is none', async () => {
    const answer = await send(`${url.replace(/\/$/, '')}/v1/nothing-is-here`)
    const { code } = problem.parse(await answer.json())
    const type = answer.headers.get('content-type') ?? 'no type'
    return {
      ok: answer.status === 404 && code === 'ROUTE_NOT_FOUND' && type.startsWith('application/problem+json'),
      detail: `${answer.status} ${code}, ${type}`,
    }
  })
  await step('match', async () => {
    if (careerSlug === undefined) return { skipped: 'there is no career yet' }
    const body = { careerSlug, zip, education: { highestLevel: 'high-school-diploma' as const } }
    const answer = await call(matchSchools, { headers: source, body })
    if (answer.status !== 200) return isOk(answer)
    const { matchId, schools, disclosure } = answer.body
    if (schools.length > 0) match = { matchId, sha256: disclosure.sha256 }
    return { ok: true, detail: `${schools.length} schools for ${careerSlug} in ${zip}` }
  })
  await step('test lead', async () => {
    if (sourceKey === undefined) return { skipped: 'no --source-key was given' }
    if (match === undefined) return { skipped: 'no school would take it' }
    const headers = { ...source, 'idempotency-key': `smoke-${randomUUID()}` }
    const answer = await call(submitLead, { headers, body: aTestLead(match, zip, url) })
    if (answer.status !== 201) return isOk(answer)
    return {
      ok: true,
      detail: `${answer.body.leadId} ${answer.body.outcome} for ${answer.body.schools.length} schools`,
    }
  })
  return steps
}

function isOk({ status, problem }: { status: number; problem?: { code: string } | undefined }): Told {
  return { ok: status === 200, detail: problem ? `${status} ${problem.code}` : String(status) }
}

// Nobody's: a domain and a number that are set apart for examples. Another each time, lest it be a duplicate.
function aTestLead({ matchId, sha256 }: { matchId: string; sha256: string }, zip: string, url: string) {
  return {
    matchId,
    contact: {
      firstName: 'Smoke',
      lastName: 'Test',
      email: `smoke-${randomUUID()}@example.com`,
      phone: `(512) 555-01${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`,
      zip,
    },
    education: { highestLevel: 'high-school-diploma' as const },
    consent: { granted: true as const, sha256 },
    page: { url },
    test: true,
  }
}
