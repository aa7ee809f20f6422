import type { Dependencies } from '#shared/platform/dependencies.ts'
import { isTokenLost } from './is-token-lost.ts'
import type { Made } from './new-lead.ts'
import { receiptOf } from './receipt-of.ts'

type Needs = Pick<Dependencies, 'leads' | 'digests'>

/** Keeps a suspicious lead for staff: nothing is decided, taken or sent. It is answered as one that nobody may have. */
export async function quarantineLead({ enquired, made, answer, tokenGuards }: Made, { leads, digests }: Needs) {
  const { email, phone } = digests.ofPerson(enquired.contact)
  const lead = { ...made.lead, outcome: 'unmatched' } as const
  const receipt = receiptOf(lead, [])
  const saved = await leads.quarantineOnce({
    lead,
    consent: made.consent,
    guards: tokenGuards,
    people: [email, phone],
    answer: { ...answer, body: JSON.stringify(receipt) },
  })
  if (saved === 'saved') return { receipt, taken: [] }
  if (isTokenLost(saved, tokenGuards)) return 'token-used'
  return saved === 'standing' ? saved : 'busy'
}
