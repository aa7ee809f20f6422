import { number } from '../app/components/words.tsx'
import { Link } from '../app/place.tsx'
import type { SchoolLead } from './capture/lead-columns.tsx'
import { type SchoolCampaign, titleOf } from './own-school.tsx'

type Props = { leads: readonly SchoolLead[]; campaigns: readonly SchoolCampaign[] }
type Matter = { to: string; text: string; help: string }

/** What asks for somebody, each with the way to it. */
export function Attention({ leads, campaigns }: Props) {
  const matters = [...mattersOfLeads(leads), ...campaigns.flatMap(mattersOfCampaign)]
  return (
    <section class="card" aria-labelledby="attention">
      <h2 id="attention">What needs you</h2>
      <div aria-live="polite">
        {matters.length === 0 ? (
          <p>Nothing just now.</p>
        ) : (
          <ul class="plain-list">
            {matters.map(({ to, text, help }) => (
              <li key={text} class="matter">
                <Link to={to}>{text}</Link>
                <span class="help">{help}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Arrived leads={leads} />
    </section>
  )
}

/** Whether what is sent arrives. */
function Arrived({ leads }: { leads: readonly SchoolLead[] }) {
  const sent = leads.filter(({ state }) => state !== 'erased')
  const arrived = sent.filter(({ state }) => state === 'delivered').length
  if (sent.length === 0) return null
  return (
    <p>
      <strong>Delivery:</strong> {number(arrived)} of your newest {leadsOf(sent.length)}{' '}
      {arrived === 1 ? 'has' : 'have'} arrived.
    </p>
  )
}

const usualMs = 2 * 60_000

/** Whether it should have arrived by now. */
function isLate({ state, createdAt }: SchoolLead): boolean {
  return state === 'pending' && Date.parse(createdAt) < Date.now() - usualMs
}

function mattersOfLeads(leads: readonly SchoolLead[]): Matter[] {
  const real = leads.filter(({ event }) => event && !event.data.test)
  const dead = leads.filter(({ state }) => state === 'dead').length
  const late = leads.filter(isLate).length
  const parked = leads.filter(({ state }) => state === 'parked').length
  const untold = real.filter(({ state, disposition }) => state === 'delivered' && !disposition).length
  return [
    {
      count: dead,
      to: '/leads?delivery=dead',
      text: `${leadsOf(dead)} did not arrive`,
      help: 'Your system did not take them, and nothing more is tried. You can read them here; once it is mended, send them again.',
    },
    {
      count: late,
      to: '/leads?delivery=pending',
      text: `${leadsOf(late)} late`,
      help: 'Your system does not take them. They are tried again by themselves; each says what your system answered.',
    },
    {
      count: parked,
      to: '/leads?delivery=parked',
      text: `${leadsOf(parked)} waiting to be delivered`,
      help: 'They come by themselves: when you open, or when your system answers again.',
    },
    {
      count: untold,
      to: '/leads?became=nothing&delivery=delivered',
      text: `${leadsOf(untold)} that you have told nothing of`,
      help: 'Say what became of them: then whoever sends you leads sees which of them suit you.',
    },
  ].filter(({ count }) => count > 0)
}

function mattersOfCampaign(campaign: SchoolCampaign): Matter[] {
  const { id, status, standings } = campaign
  const to = `/campaigns/${encodeURIComponent(id)}`
  const isFull = standings.some(({ used, limit }) => used >= limit)
  if (status === 'paused')
    return [{ to, text: `${titleOf(campaign)} is paused`, help: 'No new lead comes until somebody resumes it.' }]
  if (isFull) return [{ to, text: `${titleOf(campaign)}: a cap is full`, help: 'Raise it there if you want more now.' }]
  return []
}

function leadsOf(count: number): string {
  return `${number(count)} ${count === 1 ? 'lead' : 'leads'}`
}
