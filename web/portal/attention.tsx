import { formatNumber } from '../app/components/format.tsx'
import { Link } from '../app/router.tsx'
import type { SchoolLead } from './capture/lead-columns.tsx'
import { getCampaignTitle, type SchoolCampaign } from './own-school.tsx'

type Props = { leads: readonly SchoolLead[]; campaigns: readonly SchoolCampaign[] }
type AttentionItem = { to: string; text: string; help: string }

/** What asks for somebody, each with the way to it. */
export function Attention({ leads, campaigns }: Props) {
  const items = [...listLeadItems(leads), ...campaigns.flatMap(listCampaignItems)]
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">What needs you</h2>
      <div aria-live="polite">
        {items.length === 0 ? (
          <p>Nothing just now.</p>
        ) : (
          <ul class="plain-list">
            {items.map(({ to, text, help }) => (
              <li key={text} class="matter">
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

/** Whether what is sent arrives. */
function DeliverySummary({ leads }: { leads: readonly SchoolLead[] }) {
  const currentLeads = leads.filter(({ state }) => state !== 'erased')
  const deliveredCount = currentLeads.filter(({ state }) => state === 'delivered').length
  if (currentLeads.length === 0) return null
  return (
    <p>
      <strong>Delivery:</strong> {formatNumber(deliveredCount)} of your newest {formatLeadCount(currentLeads.length)}{' '}
      {deliveredCount === 1 ? 'has' : 'have'} arrived.
    </p>
  )
}

const usualDelayMs = 2 * 60_000

/** Whether it should have arrived by now. */
function isLate({ state, createdAt }: SchoolLead): boolean {
  return state === 'pending' && Date.parse(createdAt) < Date.now() - usualDelayMs
}

function listLeadItems(leads: readonly SchoolLead[]): AttentionItem[] {
  const realLeads = leads.filter(({ event }) => event && !event.data.test)
  const deadCount = leads.filter(({ state }) => state === 'dead').length
  const lateCount = leads.filter(isLate).length
  const parkedCount = leads.filter(({ state }) => state === 'parked').length
  const withoutStatusCount = realLeads.filter(({ state, disposition }) => state === 'delivered' && !disposition).length
  return [
    {
      count: deadCount,
      to: '/leads?delivery=dead',
      text: `${formatLeadCount(deadCount)} did not arrive`,
      help: 'Your system did not take them, and nothing more is tried. You can read them here; once it is mended, send them again.',
    },
    {
      count: lateCount,
      to: '/leads?delivery=pending',
      text: `${formatLeadCount(lateCount)} late`,
      help: 'Your system does not take them. They are tried again by themselves; each says what your system answered.',
    },
    {
      count: parkedCount,
      to: '/leads?delivery=parked',
      text: `${formatLeadCount(parkedCount)} waiting to be delivered`,
      help: 'They come by themselves: when you open, or when your system answers again.',
    },
    {
      count: withoutStatusCount,
      to: '/leads?became=nothing&delivery=delivered',
      text: `${formatLeadCount(withoutStatusCount)} that you have told nothing of`,
      help: 'Say what became of them: then whoever sends you leads sees which of them suit you.',
    },
  ].filter(({ count }) => count > 0)
}

function listCampaignItems(campaign: SchoolCampaign): AttentionItem[] {
  const { id, status, capUsage } = campaign
  const to = `/campaigns/${encodeURIComponent(id)}`
  const isFull = capUsage.some(({ used, limit }) => used >= limit)
  if (status === 'paused')
    return [
      { to, text: `${getCampaignTitle(campaign)} is paused`, help: 'No new lead comes until somebody resumes it.' },
    ]
  if (isFull)
    return [{ to, text: `${getCampaignTitle(campaign)}: a cap is full`, help: 'Raise it there if you want more now.' }]
  return []
}

function formatLeadCount(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'lead' : 'leads'}`
}
