import type * as z from 'zod'
import type { listCaps } from '#shared/contract/routing/cap-usage.ts'
import type { AttentionCode, AttentionItem } from '#shared/domain/reporting/attention.ts'
import { findCreditLevel } from '#shared/domain/routing/edits/credit-level.ts'
import { formatNumber } from '../../app/format.ts'
import { attentionText } from '../text/reporting-text.ts'

type CapsPage = z.output<(typeof listCaps.responses)[200]['body']>
/** Something to act on. `cents`: the money that waits for it or is lost without it; absent if that is not known. */
export type AttentionRow = {
  key: string
  title: string
  help: string
  to?: string | undefined
  cents?: number | undefined
  /** Nothing else arrives or is sent until it is fixed. */
  stopsAll?: boolean | undefined
  since?: string | undefined
}

/** These stop every lead, so that no sum says what they cost. */
const stoppingCodes = new Set<AttentionCode>(['mail-failing', 'backup-unsettled', 'disk-full', 'delivery-overdue'])

/** What stops everything first, then by the money at stake, then the rest as it was given. */
export function sortAttention(rows: readonly AttentionRow[]): AttentionRow[] {
  const rank = ({ stopsAll, cents = 0 }: AttentionRow) => (stopsAll ? Number.POSITIVE_INFINITY : cents)
  return rows.toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(other) - rank(one)))
}

/** An item that the host found, with the page on which it is fixed. */
export function toHostRow(
  { code, subject, since, reason, detail }: AttentionItem,
  names: { schools: ReadonlyMap<string, string>; campaigns: ReadonlyMap<string, string> },
  waitingCents: ReadonlyMap<string, number>,
): AttentionRow {
  const name = subject && (names.schools.get(subject) ?? names.campaigns.get(subject) ?? subject)
  return {
    key: `${code} ${subject}`,
    title:
      name === undefined ? attentionText.hostFaults[code] : attentionText.faultOf(name, attentionText.hostFaults[code]),
    help: `${detail} ${attentionText.reason(reason)}`,
    to: findPage(code, subject),
    cents: subject === undefined ? undefined : waitingCents.get(subject),
    stopsAll: stoppingCodes.has(code),
    since,
  }
}

function findPage(code: AttentionCode, subject = ''): string | undefined {
  if (code === 'endpoint-failing') return `/deliveries?state=parked&school=${encodeURIComponent(subject)}`
  if (code === 'mailbox-closed') return `/campaigns/${encodeURIComponent(subject)}`
  if (code === 'facts-old') return '/careers'
  return code === 'delivery-overdue' ? '/deliveries?state=pending' : undefined
}

/** Schools and campaigns whose caps or credit are used up. A school is on each page that has one of its campaigns. */
export function listLimitAttention(pages: readonly CapsPage[]): AttentionRow[] {
  const schools = [
    ...new Map(pages.flatMap((page) => page.schools.map((one) => [one.schoolId, one] as const))).values(),
  ]
  const isFull = ({ caps }: { caps: CapsPage['campaigns'][number]['caps'] }) =>
    caps.some(({ used, limit, counts }) => counts && used >= limit)
  const shortOfCredit = schools.filter(({ credit }) => credit && findCreditLevel(credit) > 0)
  const fullSchools = schools.filter(isFull)
  const fullCampaigns = pages.flatMap(({ campaigns }) => campaigns).filter(isFull)
  return [
    {
      ...toCountRow('credit', shortOfCredit.length, (count, isOne) =>
        attentionText.credit(count, isOne, shortOfCredit[0]?.schoolName),
      ),
      help: attentionText.creditHelp,
      to: shortOfCredit.length === 1 ? `/accounts/schools/${shortOfCredit[0]?.schoolId}` : '/schools',
    },
    {
      ...toCountRow('school-caps', fullSchools.length, attentionText.schoolCaps),
      help: attentionText.schoolCapsHelp,
      to: fullSchools.length === 1 ? `/schools/${fullSchools[0]?.schoolId}` : '/schools',
    },
    {
      ...toCountRow('campaign-caps', fullCampaigns.length, attentionText.campaignCaps),
      help: attentionText.campaignCapsHelp,
      to: fullCampaigns.length === 1 ? `/campaigns/${fullCampaigns[0]?.campaignId}` : '/campaigns',
    },
  ].filter(({ count }) => count > 0)
}

/** A row for so many of something. */
export function toCountRow(key: string, count: number, title: (count: string, isOne: boolean) => string) {
  return { key, count, title: title(formatNumber(count), count === 1) }
}
