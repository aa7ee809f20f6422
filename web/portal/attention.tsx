import { findCreditLevel } from '#shared/domain/routing/edits/credit-level.ts'
import { formatMoney, formatNumber } from '../app/format.ts'
import { Link } from '../app/router.tsx'
import type { SchoolLead } from './capture/school-lead.ts'
import { getCampaignTitle, type OwnSchool, type SchoolCampaign } from './own-school.tsx'
import { attentionText } from './text/general.ts'

type Props = { leads: readonly SchoolLead[]; school: OwnSchool }
type AttentionItem = { to: string; text: string; help: string }

/** What the school should act on, each with a link to it. */
export function Attention({ leads, school }: Props) {
  const items = [...listLimitItems(school), ...listLeadItems(leads), ...school.campaigns.flatMap(listCampaignItems)]
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">{attentionText.title}</h2>
      <div aria-live="polite">
        {items.length === 0 ? (
          <p>{attentionText.allClear}</p>
        ) : (
          <ul class="plain-list">
            {items.map(({ to, text, help }) => (
              <li key={text} class="attention-item">
                <Link to={to}>{text}</Link>
                <span class="help">{help}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <DeliverySummary leads={leads} />
    </section>
  )
}

/** How many of the newest leads were delivered. */
function DeliverySummary({ leads }: { leads: readonly SchoolLead[] }) {
  const currentLeads = leads.filter(({ state }) => state !== 'erased')
  const deliveredCount = currentLeads.filter(({ state }) => state === 'delivered').length
  if (currentLeads.length === 0) return null
  return (
    <p>
      <strong>{attentionText.delivery}</strong>{' '}
      {attentionText.deliverySummary(formatNumber(deliveredCount), formatLeadCount(currentLeads.length))}
    </p>
  )
}

const usualDelayMs = 2 * 60_000

function isLate({ state, createdAt }: SchoolLead): boolean {
  return state === 'pending' && Date.parse(createdAt) < Date.now() - usualDelayMs
}

function listLeadItems(leads: readonly SchoolLead[]): AttentionItem[] {
  const realLeads = leads.filter(({ taken, event }) => taken && !event?.data.test)
  const deadCount = leads.filter(({ state }) => state === 'dead').length
  const lateCount = leads.filter(isLate).length
  const parkedCount = leads.filter(({ state }) => state === 'parked').length
  const withoutStatusCount = realLeads.filter(({ state, disposition }) => state === 'delivered' && !disposition).length
  return [
    {
      count: deadCount,
      to: '/leads?delivery=dead',
      text: attentionText.failed(formatLeadCount(deadCount)),
      help: attentionText.failedHelp,
    },
    {
      count: lateCount,
      to: '/leads?delivery=pending',
      text: attentionText.late(formatLeadCount(lateCount)),
      help: attentionText.lateHelp,
    },
    {
      count: parkedCount,
      to: '/leads?delivery=parked',
      text: attentionText.onHold(formatLeadCount(parkedCount)),
      help: attentionText.onHoldHelp,
    },
    {
      count: withoutStatusCount,
      to: '/leads?status=none&delivery=delivered',
      text: attentionText.withoutStatus(formatLeadCount(withoutStatusCount)),
      help: attentionText.withoutStatusHelp,
    },
  ].filter(({ count }) => count > 0)
}

/** A credit that is nearly or wholly used up, and caps over all campaigns. */
function listLimitItems({ credit, capUsage }: OwnSchool): AttentionItem[] {
  const to = '/campaigns'
  const capItem = { to, text: attentionText.schoolCapReached, help: attentionText.schoolCapReachedHelp }
  return [
    ...(credit ? listCreditItems(credit) : []),
    ...(capUsage.some(({ used, limit }) => used >= limit) ? [capItem] : []),
  ]
}

function listCreditItems({ limitCents, usedCents, leftCents }: NonNullable<OwnSchool['credit']>): AttentionItem[] {
  const to = '/campaigns'
  switch (findCreditLevel({ limitCents, usedCents })) {
    case 100:
      return [{ to, text: attentionText.creditUsedUp, help: attentionText.creditUsedUpHelp }]
    case 80:
      return [{ to, text: attentionText.creditLow(formatMoney(leftCents)), help: attentionText.creditLowHelp }]
    default:
      return []
  }
}

function listCampaignItems(campaign: SchoolCampaign): AttentionItem[] {
  const { id, status, capUsage } = campaign
  const to = `/campaigns/${encodeURIComponent(id)}`
  const isFull = capUsage.some(({ used, limit }) => used >= limit)
  if (status === 'paused')
    return [{ to, text: attentionText.paused(getCampaignTitle(campaign)), help: attentionText.pausedHelp }]
  if (isFull)
    return [{ to, text: attentionText.capReached(getCampaignTitle(campaign)), help: attentionText.capReachedHelp }]
  return []
}

function formatLeadCount(count: number): string {
  return attentionText.leadCount(count, formatNumber(count))
}
