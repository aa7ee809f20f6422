import { Refusal } from '#shared/contract/problems.ts'
import type { Trace } from '#shared/domain/capture/abuse.ts'
import { tracedBy } from '#shared/domain/capture/traceparent.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Answer } from '#shared/store/capture/leads.ts'
import { judgeLead } from './judge-lead.ts'
import { type Enquired, newLead } from './new-lead.ts'
import { quarantineLead } from './quarantine-lead.ts'
import { routeLead } from './route-lead.ts'

type Needs = Pick<Dependencies, 'routing' | 'leads' | 'suppressions' | 'digests' | 'now' | 'newId' | 'log'>
/** The trace is absent where the source wants nobody judged. */
export type Arrived = { enquired: Enquired; trace: Trace | undefined; answer: Omit<Answer, 'body'> }

/** Keeps a new lead whoever may have it: with its deliveries, as unmatched until it is offered again, or for staff to look at first. */
export async function keepLead(arrived: Arrived, needs: Needs) {
  const { enquired, trace } = arrived
  const judged = judgeLead(enquired.source, trace)
  const made = newLead(enquired, needs.newId('lead'), needs.now().toISOString(), judged.abuse)
  const keep = judged.way === 'quarantine' ? quarantineLead : routeLead
  const kept = await keep({ ...arrived, made, tokenGuards: judged.guards }, needs)
  if (kept === 'token-used' && trace) return keepLead({ ...arrived, trace: asUsed(trace) }, needs)
  if (kept === 'standing') return kept
  if (typeof kept === 'string')
    throw new Refusal('BUSY', 'Send the same request again, with the same Idempotency-Key.', {
      headers: { 'retry-after': '1' },
    })

  const { verdict, score, reasons } = judged.abuse ?? unjudged
  const { leadId } = kept.receipt
  const traced = tracedBy(enquired.traceparent)
  if (reasons.length > 0) needs.log('lead.judged', { leadId, verdict, score, reasons, way: judged.way, ...traced })
  return kept
}

/** Somebody else came with the token first: it guards nothing any more, and tells against this one. */
function asUsed({ token, ...trace }: Trace): Trace {
  return { ...trace, token: token.is === 'live' ? { ...token, is: 'used' } : token }
}

const unjudged = { verdict: 'clean', score: 0, reasons: [] } as const
