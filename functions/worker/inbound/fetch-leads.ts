import { Refusal } from '#shared/contract/problems.ts'
import type { InboundLead } from '#shared/domain/capture/inbound/build-inbound-lead.ts'
import { inboundTokenContext } from '#shared/domain/capture/inbound/inbound-terms.ts'
import {
  computeNextFetch,
  graphOrigin,
  lacksConsent,
  metaLead,
  metaLeadFields,
  toInboundLead,
} from '#shared/domain/capture/inbound/meta-lead.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { InboundFetch } from '#shared/store/capture/inbound-fetch-store.ts'
import { findSource, type ResolvedSource } from '#shared/workflows/capture/find-source.ts'
import { digestFormText } from '#shared/workflows/capture/inbound/digest-form-text.ts'
import {
  recordRejection,
  type TakeInboundLeadDependencies,
  takeInboundLead,
} from '#shared/workflows/capture/inbound/take-inbound-lead.ts'

export type FetchLeadsDependencies = TakeInboundLeadDependencies &
  Pick<Dependencies, 'inboundFetches' | 'postWebhook' | 'attemptTimes' | 'sealer'>

const maxPerRun = 100

/**
 * Reads the leads of forms of Meta that were announced, and takes each once. One that cannot be read now is listed for staff, and read
 * again for two and a half days.
 */
export async function fetchLeads(deps: FetchLeadsDependencies): Promise<void> {
  const { inboundFetches, now, newId, attemptTimes } = deps
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('inbound'))
  for (const fetch of await inboundFetches.listDue(startedAt, maxPerRun)) {
    const at = now().toISOString()
    if (at >= deadline) return
    const until = addSeconds(at, attemptTimes.leaseSeconds)
    const lease = await inboundFetches.lease(fetch, { token: newId('attempt'), until })
    if (!lease) continue
    const outcome = await takeAnnounced(lease, deps)
    const failures = lease.failures + 1
    const dueAt = outcome === 'later' ? computeNextFetch(failures, at) : undefined
    await inboundFetches.settle(lease, dueAt === undefined ? undefined : { dueAt, failures })
    deps.log('inbound.fetched', {
      inboundId: lease.inboundId,
      sourceId: lease.sourceId,
      outcome,
      failures: lease.failures,
    })
  }
}

async function takeAnnounced(fetch: InboundFetch, deps: FetchLeadsDependencies): Promise<'done' | 'later'> {
  const { vendorLeadId, formId, textDigest } = fetch
  const announced: InboundLead = { vendor: 'meta', vendorLeadId, formId, answers: [], labels: {}, test: false }
  const reject = async (code: string, outcome: 'done' | 'later') => {
    const { sourceId: id, sourceGeneration: generation } = fetch
    await recordRejection({ id, generation }, announced, { code, errors: [] }, deps)
    return outcome
  }
  const source = await findMetaSource(fetch, deps)
  if (!source) return reject('SOURCE_CHANGED', 'done')
  const response = await readLead(source, vendorLeadId, deps)
  if ('failure' in response) return reject(response.failure, 'later')
  const form = source.inbound?.forms.find((one) => one.formId === formId)
  if (form && textDigest !== undefined && digestFormText(form) !== textDigest)
    return reject('CONSENT_TEXT_CHANGED', 'done')
  if (form && lacksConsent(response.lead, form)) return reject('CONSENT_NOT_CHECKED', 'done')
  try {
    await takeInboundLead(source, toInboundLead(response.lead, { vendorLeadId, formId }), deps)
    return 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return reject(error.code, 'later')
  }
}

/** Undefined if the source was deleted, is another one, or takes no leads of Meta any more. */
async function findMetaSource(
  { sourceId, sourceGeneration: generation }: InboundFetch,
  deps: FetchLeadsDependencies,
): Promise<ResolvedSource | undefined> {
  try {
    const source = await findSource({ sourceId, scope: 'server', generation }, {}, deps)
    return source.inbound?.vendor === 'meta' ? source : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
async function readLead({ id, sealed }: ResolvedSource, vendorLeadId: string, deps: FetchLeadsDependencies) {
  if (sealed?.inboundToken === undefined) return { failure: 'GRAPH_TOKEN_MISSING' }
  const token = deps.sealer.open(inboundTokenContext(id), sealed.inboundToken)
  const response = await deps.postWebhook({
    method: 'GET',
    url: `${graphOrigin}/${encodeURIComponent(vendorLeadId)}?fields=${metaLeadFields.join(',')}`,
    headers: { authorization: `Bearer ${token}` },
    body: '',
  })
  if (response.stage !== 'answered') return { failure: 'GRAPH_UNREACHABLE' }
  if (response.status !== 200) return { failure: `GRAPH_STATUS_${response.status}` }
  const lead = metaLead.safeParse(parseJson(response.body)).data
  return lead ? { lead } : { failure: 'GRAPH_UNREADABLE' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
