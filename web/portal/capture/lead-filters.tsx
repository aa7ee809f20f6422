import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { formatNumber } from '../../app/format.ts'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { statusLabels } from '../../app/text/status-labels.ts'
import { toLocalDay } from '../../app/time-zone.ts'
import { getCampaignTitle } from '../own-school.tsx'
import { leadText } from '../text/leads.ts'
import { countQuickFilters, leadOrders } from './lead-list.ts'
import { readLeadQuery } from './lead-query.ts'
import type { SchoolLead } from './school-lead.ts'

type QueryProps = { query: URLSearchParams; change: (changes: { [name: string]: string | undefined }) => void }

/** Buttons for all leads, those of today and those without a status, each with its count. */
export function QuickFilters({ leads, query, change }: QueryProps & { leads: readonly SchoolLead[] }) {
  const counts = countQuickFilters(leads, new Date())
  const today = toLocalDay(new Date())
  const isToday = query.get('since') === today
  const isWithoutStatus = query.get('status') === 'none' && query.get('delivery') === 'delivered'
  return (
    <fieldset class="quick plain-fieldset">
      <legend class="visually-hidden">{leadText.quick}</legend>
      <button
        type="button"
        class="chip"
        aria-pressed={query.size === 0}
        onClick={() => change(Object.fromEntries([...query.keys()].map((name) => [name, undefined])))}
      >
        {leadText.everyLead(formatNumber(leads.length))}
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed={isToday}
        onClick={() => change({ since: isToday ? undefined : today })}
      >
        {leadText.today(formatNumber(counts.today))}
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed={isWithoutStatus}
        onClick={() =>
          change(
            isWithoutStatus ? { status: undefined, delivery: undefined } : { status: 'none', delivery: 'delivered' },
          )
        }
      >
        {leadText.withoutStatus(formatNumber(counts.withoutStatus))}
      </button>
    </fieldset>
  )
}

type CampaignChoices = readonly Parameters<typeof getCampaignTitle>[0][]

/** Search, order and filters of a list of leads, kept in the address of the page. */
export function LeadFilters({ query, change, campaigns }: QueryProps & { campaigns: CampaignChoices }) {
  const { filter, order } = readLeadQuery(query)
  const bind = (name: string) => ({
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => change({ [name]: currentTarget.value }),
  })
  return (
    <>
      <div class="filters">
        <Field
          label={leadText.search}
          type="search"
          placeholder={leadText.searchHelp}
          value={filter.text}
          onInput={({ currentTarget }) => change({ search: currentTarget.value })}
        />
        <Select label={leadText.order} choices={orderChoices} value={order} {...bind('order')} />
        {query.size > 0 && (
          <button
            type="button"
            class="plain"
            onClick={() => change(Object.fromEntries([...query.keys()].map((name) => [name, undefined])))}
          >
            {leadText.clearFilters}
          </button>
        )}
      </div>
      <details open={isWide()}>
        <summary>{leadText.moreFilters}</summary>
        <div class="filters">
          <Select
            label={leadText.columns.status}
            choices={dispositionChoices}
            value={filter.status}
            {...bind('status')}
          />
          <Select
            label={leadText.columns.delivery}
            choices={deliveryChoices}
            value={filter.delivery}
            {...bind('delivery')}
          />
          {campaigns.length > 1 && (
            <Select
              label={leadText.campaign}
              choices={[
                { value: '', label: appText.all },
                ...campaigns.map((campaign) => ({ value: campaign.id, label: getCampaignTitle(campaign) })),
              ]}
              value={filter.campaignId}
              {...bind('campaign')}
            />
          )}
          <Field label={leadText.since} type="date" value={filter.since} {...bind('since')} />
        </div>
      </details>
    </>
  )
}

/** On a phone the leads come before filters that are seldom used. */
function isWide(): boolean {
  return matchMedia('(min-width: 40rem)').matches
}

const orderChoices = leadOrders.map((value) => ({ value, label: leadText.orders[value] }))

const dispositionChoices = [
  { value: '', label: appText.all },
  { value: 'none', label: leadText.noStatus },
  ...Object.entries(dispositionLabels).map(([value, { label }]) => ({ value, label })),
]

const deliveryChoices = [
  { value: '', label: appText.all },
  ...deliveryState.options.map((value) => ({ value, label: statusLabels.delivery[value].label })),
]
