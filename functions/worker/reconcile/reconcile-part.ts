import { type Account, type Listed, reconcile } from '#shared/domain/reporting/reconcile.ts'
import type { Reconciled } from '#shared/domain/reporting/reconciliation.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { LeadLine, Pledge } from '#shared/store/reporting/books.ts'
import { inTurns } from './in-turns.ts'
import type { Needs } from './reconcile-day.ts'

type Part = {
  day: string
  until: string
  schoolIds: readonly string[]
  after?: Cursor
  /** Where the part before it ended on the schools' side. */
  listedFrom: string
}
type Next = { after: Cursor; listedFrom: string }

const leadsInPart = 500
// What is being written at this moment has been by then.
const secondLookMs = 2_000

/** Some leads, and what schools list of the time in which they came. What differs is read a second time before it is told. */
export async function reconcilePart(part: Part, needs: Needs): Promise<{ found: Reconciled; next?: Next }> {
  const { found, next } = await readPart(part, needs)
  if (found.drift === 0) return { found, ...(next && { next }) }
  await needs.sleep(secondLookMs)
  return readPart(part, needs)
}

async function readPart(part: Part, needs: Needs): Promise<{ found: Reconciled; next?: Next }> {
  const { day, until, after, listedFrom } = part
  const dayEnds = `${day}T23:59:59.999Z`
  const to = until < dayEnds ? until : dayEnds
  const page = await needs.books.leads(day, { to, limit: leadsInPart, ...(after && { after }) })
  // The last part has all the rest of the day; one without a lead cannot tell how far it went.
  const listedTo = page.next ? page.leads.at(-1)?.receivedAt : to
  const leads = await inTurns(page.leads, async (line) => {
    return accountOf(line, await needs.books.decisions(line.leadId), until)
  })
  const span = listedTo === undefined ? undefined : { from: listedFrom, to: listedTo }
  const listed = span ? await listedIn(span, leads, part, needs) : []
  const found = reconcile({ leads, others: await othersOf(leads, listed, until, needs), listed })
  if (!page.next) return { found }
  return { found, next: { after: page.next, listedFrom: listedTo === undefined ? listedFrom : `${listedTo}#~` } }
}

type Decided = { decidedAt: string; pledges: readonly Pledge[] }
type OpenAccount = Account & { promised: readonly Pledge[] }

/** What a lead says is held against it only where no decision on it is young: that may have been written in part as we read. */
function accountOf({ leadId, outcome }: LeadLine, decisions: readonly Decided[], until: string): OpenAccount {
  const settled = decisions.filter(({ decidedAt }) => decidedAt <= until)
  const says = settled.length < decisions.length ? 'open' : outcome === 'accepted' ? 'somebody' : 'nobody'
  return { leadId, says, promised: settled.flatMap(({ pledges }) => pledges) }
}

/** By each school's own list; what was promised at another time, or by a school that has been removed, one by one. */
async function listedIn(
  span: { from: string; to: string },
  leads: readonly OpenAccount[],
  { schoolIds }: Part,
  { books }: Needs,
): Promise<Listed[]> {
  const listed = (await inTurns(schoolIds, (schoolId) => books.listed(schoolId, span))).flat()
  const there = new Set(listed.map(({ deliveryId }) => deliveryId))
  const elsewhere = leads.flatMap(({ promised }) => promised).filter(({ deliveryId }) => !there.has(deliveryId))
  return [...listed, ...(await inTurns(elsewhere, books.listedAs)).flat()]
}

/** The leads of other parts and days that are offered again in this one. Who is in no list of leads promises nothing. */
async function othersOf(leads: readonly Account[], listed: readonly Listed[], until: string, needs: Needs) {
  const own = new Set(leads.map(({ leadId }) => leadId))
  const others = new Set(listed.flatMap(({ leadId }) => (own.has(leadId) ? [] : leadId)))
  const found = await inTurns([...others], async (leadId) => {
    const decisions = await needs.books.decisions(leadId)
    const line = decisions[0] && (await needs.books.lead(leadId, decisions[0].receivedAt))
    return line && accountOf(line, decisions, until)
  })
  return found.flatMap((one) => one ?? [])
}
