import * as z from 'zod'
import { parseLeadIdToken } from '../../domain/capture/certificates/consent-certificate.ts'
import type { RetainCertificate } from './retain-certificate.ts'

type JornayaOptions = { accountCode: string; origin?: string; fetch?: typeof fetch; deadlineMs?: number }

const authenticateAnswer = z.object({ authenticate: z.object({ authentic: z.coerce.number() }) })

/**
 * The Authentication API of Jornaya (Verisk), which says whether a LeadiD token is one of theirs. It is told nothing of the person, so it compares
 * nothing. https://marketing.verisk.com/docs/authentication-api-1 (read 2026-12-01)
 */
export function createJornaya({
  accountCode,
  origin = 'https://api.leadid.com',
  fetch: send = fetch,
  deadlineMs = 10_000,
}: JornayaOptions): RetainCertificate {
  return async (request) => {
    const id = parseLeadIdToken(request.certificate)
    if (id === undefined) return { kind: 'refused', reason: 'not a LeadiD token' }
    try {
      const response = await send(`${origin}/Authenticate?${new URLSearchParams({ lac: accountCode, id })}`, {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(request.deadlineMs ?? deadlineMs),
      })
      if (response.status !== 200) return { kind: 'unavailable', reason: `status ${response.status}` }
      const answer = authenticateAnswer.safeParse(await response.json()).data
      if (!answer) return { kind: 'unavailable', reason: 'an answer that cannot be read' }
      return answer.authenticate.authentic === 1 ? { kind: 'authentic' } : { kind: 'refused', reason: 'not authentic' }
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      return { kind: 'unavailable', reason: isLate ? 'timeout' : 'no answer' }
    }
  }
}
