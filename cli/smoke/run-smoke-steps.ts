import { randomUUID } from 'node:crypto'
import { readHealth, readReadiness } from '#shared/contract/about.ts'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { listCareers } from '#shared/contract/catalog/catalog.ts'
import { createClient } from '#shared/contract/client.ts'
import { problem } from '#shared/contract/problems.ts'

export type SmokeTarget = { url: string; sourceKey?: string; zip: string; fetch?: typeof fetch }
export type SmokeStep = { name: string; outcome: 'ok' | 'failed' | 'skipped'; detail: string; isUnreachable?: true }
/** `isUnreachable`: there was no HTTP response at all. */
type StepResult = { ok: boolean; detail: string; isUnreachable?: true } | { skipped: string }

/** Calls a deployment and checks each response against the contract. Only the last step writes, and only with a source key. */
export async function runSmokeSteps({
  url,
  sourceKey,
  zip,
  fetch: fetchImplementation = fetch,
}: SmokeTarget): Promise<SmokeStep[]> {
  const call = createClient({ baseUrl: url, fetch: fetchImplementation, check: 'answers' })
  const steps: SmokeStep[] = []
  const step = async (name: string, request: () => Promise<StepResult>) => {
    const result = await request().catch((error: unknown): StepResult => {
      const cause = describeConnectionFailure(error, url)
      return cause === undefined
        ? { ok: false, detail: error instanceof Error ? error.message : String(error) }
        : { ok: false, detail: cause, isUnreachable: true }
    })
    if ('skipped' in result) steps.push({ name, outcome: 'skipped', detail: result.skipped })
    else steps.push({ name, outcome: result.ok ? 'ok' : 'failed', ...pickDetail(result) })
  }
  const source = sourceKey === undefined ? {} : { 'x-source-key': sourceKey }
  let careerSlug: string | undefined
  let match: { matchId: string; sha256: string } | undefined

  await step('health', async () => toStepResult(await call(readHealth)))
  await step('ready', async () => toStepResult(await call(readReadiness)))
  await step('careers', async () => {
    const response = await call(listCareers, { query: { limit: 1 } })
    if (response.status !== 200) return toStepResult(response)
    careerSlug = response.body.careers[0]?.slug
    const etag = response.headers.get('etag')
    return { ok: etag !== null, detail: `${careerSlug ?? 'none yet'}, ETag ${etag ?? 'missing'}` }
  })
  await step('unknown route', async () => {
    const response = await fetchImplementation(`${url.replace(/\/$/, '')}/v1/nothing-is-here`)
    const { code } = problem.parse(await response.json())
    const type = response.headers.get('content-type') ?? 'no type'
    return {
      ok: response.status === 404 && code === 'ROUTE_NOT_FOUND' && type.startsWith('application/problem+json'),
      detail: `${response.status} ${code}, ${type}`,
    }
  })
  await step('match', async () => {
    if (careerSlug === undefined) return { skipped: 'there is no career' }
    const body = { careerSlug, zip, education: { highestLevel: 'high-school-diploma' as const } }
    const response = await call(matchSchools, { headers: source, body })
    if (response.status !== 200) return toStepResult(response)
    const { matchId, schools, disclosure } = response.body
    if (schools.length > 0) match = { matchId, sha256: disclosure.sha256 }
    return { ok: true, detail: `${schools.length} schools for ${careerSlug} in ${zip}` }
  })
  await step('test lead', async () => {
    if (sourceKey === undefined) return { skipped: 'no --source-key' }
    if (match === undefined) return { skipped: 'no school matches' }
    const headers = { ...source, 'idempotency-key': `smoke-${randomUUID()}` }
    const response = await call(submitLead, { headers, body: buildTestLead(match, zip, url) })
    if (response.status === 422 && response.problem.errors?.some(({ pointer }) => pointer === '/test'))
      return { skipped: 'the source is live; use the key of a test source' }
    if (response.status !== 201) return toStepResult(response)
    return {
      ok: true,
      detail: `${response.body.leadId} ${response.body.outcome} for ${response.body.schools.length} schools`,
    }
  })
  return steps
}

function pickDetail({ detail, isUnreachable }: { detail: string; isUnreachable?: true }) {
  return { detail, ...(isUnreachable && { isUnreachable }) }
}

/** Why there was no response, and what to do; undefined if there was one. `fetch` hides the reason in its cause. */
export function describeConnectionFailure(error: unknown, url: string): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { host, hostname } = new URL(url)
  const causes = [error, error.cause, ...(error.cause instanceof AggregateError ? error.cause.errors : [])]
  const code = causes.flatMap((cause) => (cause instanceof Error && 'code' in cause ? String(cause.code) : []))[0] ?? ''
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return `The name ${hostname} does not resolve (${code}). Check --url, and its DNS record.`
  if (/ECONNREFUSED/.test(code)) return `Nothing listens at ${host} (${code}). Check --url and its port.`
  if (/TIMEDOUT|TIMEOUT|EHOSTUNREACH|ENETUNREACH/.test(code))
    return `${host} does not respond (${code}). Check the network and any firewall.`
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return `The certificate of ${host} is not accepted (${code}). Check the domain and its certificate.`
  if (/ECONNRESET|UND_ERR/.test(code)) return `${host} closed the connection without a response (${code}).`
  return error.message === 'fetch failed' ? `There was no response from ${host}${code && ` (${code})`}.` : undefined
}

function toStepResult({ status, problem }: { status: number; problem?: { code: string } | undefined }): StepResult {
  return { ok: status === 200, detail: problem ? `${status} ${problem.code}` : String(status) }
}

// Domain and number are reserved for examples. They differ each time, because a repeat would be a duplicate.
function buildTestLead({ matchId, sha256 }: { matchId: string; sha256: string }, zip: string, url: string) {
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
