import {
  computeNextPostback,
  fillMacros,
  type PostbackBody,
  postbackSecretContext,
} from '#shared/domain/aftercare/postback.ts'
import { type StoredSource, storedSource } from '#shared/domain/capture/source.ts'
import { isSameGeneration } from '#shared/domain/catalog/generation.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { createSignatureHeaders } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { LeasedPostback } from '#shared/store/aftercare/postbacks.ts'
import { buildPostback } from './build-postback.ts'

export type SendPostbacksDependencies = Pick<
  Dependencies,
  | 'postbacks'
  | 'records'
  | 'publisherLeads'
  | 'deliveries'
  | 'postWebhook'
  | 'sealer'
  | 'newId'
  | 'now'
  | 'log'
  | 'attemptTimes'
>

const maxPerRun = 100
/** A lead that is held for review or waits for a cap is looked at again after this time. */
const undecidedSeconds = 3600

/**
 * Tells sources what became of their leads. The lease decides who sends a postback, and the row records the result. One that
 * may have arrived is sent again under the same `webhook-id`.
 */
export async function sendPostbacks(deps: SendPostbacksDependencies): Promise<void> {
  const { postbacks, now, newId, log, attemptTimes } = deps
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('postback'))
  for (const postback of await postbacks.listDue(startedAt, maxPerRun)) {
    const at = now().toISOString()
    if (at >= deadline) return
    const lease = await postbacks.lease(postback, {
      token: newId('attempt'),
      until: addSeconds(at, attemptTimes.leaseSeconds),
    })
    if (!lease) continue
    const outcome = await sendPostback(lease, deps)
    const failures = lease.failures + (outcome === 'failed' ? 1 : 0)
    const dueAt =
      outcome === 'undecided'
        ? addSeconds(at, undecidedSeconds)
        : outcome === 'failed'
          ? computeNextPostback(failures, at)
          : undefined
    await postbacks.settle(lease, dueAt === undefined ? undefined : { dueAt, failures })
    const { leadId, cause, sourceId } = lease
    log('postback.sent', {
      leadId,
      cause,
      sourceId,
      failures,
      outcome: outcome === 'failed' && !dueAt ? 'dropped' : outcome,
    })
  }
}

async function sendPostback(
  lease: LeasedPostback,
  deps: SendPostbacksDependencies,
): Promise<'sent' | 'skipped' | 'undecided' | 'failed'> {
  const record = await deps.records.get('sources', lease.sourceId)
  if (!record || !isSameGeneration(record.generation, lease.sourceGeneration)) return 'skipped'
  const { postback: terms, sealed } = storedSource.parse(record.body)
  const body = terms && (await buildPostback(lease, deps))
  if (!terms || !body) return 'skipped'
  if (body === 'undecided') return body
  if (!terms.events.some((event) => body.type === `lead.${event}`)) return 'skipped'
  const request =
    terms.kind === 'get'
      ? { method: 'GET' as const, url: fillMacros(terms.url, body), headers: {}, body: '' }
      : buildWebhook(terms.url, body, { lease, sealed }, deps)
  if (!request) return 'skipped'
  const response = await deps.postWebhook({ ...request, needsBody: false })
  return response.stage === 'answered' && response.status >= 200 && response.status < 300 ? 'sent' : 'failed'
}

/** The ID stays the same for each attempt, so that the source can tell a repeat. */
function buildWebhook(
  url: string,
  content: PostbackBody,
  { lease: { leadId, sk, sourceId }, sealed }: { lease: LeasedPostback; sealed: StoredSource['sealed'] },
  { sealer, now }: SendPostbacksDependencies,
) {
  if (sealed?.postback === undefined) return undefined
  const body = JSON.stringify(content)
  const secrets = [sealer.open(postbackSecretContext(sourceId), sealed.postback)]
  const signature = createSignatureHeaders({ id: `${leadId}#${sk}`, timestamp: now(), body, secrets })
  return { url, headers: { 'content-type': 'application/json', ...signature }, body }
}
