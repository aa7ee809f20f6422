import * as z from 'zod'
import { parseTrustedFormId } from '../../domain/capture/certificates/consent-certificate.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { RetainCertificate, RetainRequest, RetainResult } from './retain-certificate.ts'

type TrustedFormOptions = { apiKey: string; origin?: string; fetch?: typeof fetch; deadlineMs?: number }

/**
 * The Certificate API 4.0 of TrustedForm: `match_lead` and `retain` in one call, because one requires the other.
 * https://developers.activeprospect.com/api-reference/certificate-url/run-certificate-operations (read 2026-12-01)
 */
export function createTrustedForm({
  apiKey,
  origin = 'https://cert.trustedform.com',
  fetch: send = fetch,
  deadlineMs = 10_000,
}: TrustedFormOptions): RetainCertificate {
  const authorization = `Basic ${Buffer.from(`API:${apiKey}`).toString('base64')}`
  return async (request) => {
    // Never to the address of the lead as it is: another host would get the key.
    const id = parseTrustedFormId(request.certificate)
    if (id === undefined) return { kind: 'refused', reason: 'not an address of a TrustedForm certificate' }
    try {
      const response = await send(`${origin}/${id}`, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/json',
          accept: 'application/json',
          'api-version': '4.0',
        },
        body: JSON.stringify(buildOperations(request)),
        redirect: 'error',
        signal: AbortSignal.timeout(request.deadlineMs ?? deadlineMs),
      })
      const answer = certificateAnswer.safeParse(await response.json()).data
      return interpret(response.status, answer, request)
    } catch (error) {
      return {
        kind: 'unavailable',
        reason: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no answer',
      }
    }
  }
}

/** It compares digits without the country code. */
function buildOperations({ email, phone, reference, source }: RetainRequest) {
  return { match_lead: { email, phone: phone.replace(/^\+1/, '') }, retain: { reference, vendor: source } }
}

const certificateAnswer = z.object({
  outcome: z.enum(['success', 'failure', 'error']),
  reason: z.string().nullish(),
  match_lead: z.object({ result: z.object({ success: z.boolean().nullish() }) }).nullish(),
  retain: z.object({ results: z.object({ expires_at: instant.nullish().catch(undefined) }).nullish() }).nullish(),
})
type CertificateAnswer = z.output<typeof certificateAnswer>

/** Malformed, expired or unknown, a sandbox certificate, claimed too many times: the certificate is at fault. */
const refusedStatuses = [400, 404, 405, 422]

function interpret(status: number, answer: CertificateAnswer | undefined, request: RetainRequest): RetainResult {
  const said = describe(answer?.reason, request)
  if (refusedStatuses.includes(status)) return { kind: 'refused', reason: said ?? `status ${status}` }
  if (status !== 200) return { kind: 'unavailable', reason: `status ${status}${said === undefined ? '' : `: ${said}`}` }
  const retention = answer?.retain?.results
  if (!answer || answer.outcome === 'error' || (!retention && answer.outcome === 'success'))
    return { kind: 'unavailable', reason: said ?? 'an answer that cannot be read' }
  if (!retention) return { kind: 'refused', reason: said ?? 'not retained' }
  return {
    kind: 'retained',
    matches: answer.match_lead?.result.success === true,
    ...(retention.expires_at && { until: retention.expires_at }),
    ...(said !== undefined && { reason: said }),
  }
}

const maxReasonLength = 160

/** What the vendor says, unless it repeats who the person is. */
function describe(reason: string | null | undefined, { email, phone }: RetainRequest): string | undefined {
  if (!reason || reason === 'null') return undefined
  const isPersonal =
    reason.toLowerCase().includes(email.toLowerCase()) || reason.replace(/\D/g, '').includes(phone.slice(-10))
  return isPersonal
    ? undefined
    : reason
        .replaceAll(/[\s\p{C}]+/gu, ' ')
        .trim()
        .slice(0, maxReasonLength)
}
