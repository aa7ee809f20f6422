import type * as z from 'zod'
import type { leadTimeline } from '#shared/contract/capture/leads.ts'
import { reasons } from '#shared/domain/routing/reasons.ts'
import { toOneLine } from '#shared/format/to-one-line.ts'
import { formatDollars } from '../print-result.ts'

type TimelineLead = z.output<typeof leadTimeline>
type TimelineDecision = TimelineLead['decisions'][number]
type TimelineDelivery = TimelineLead['deliveries'][number]

/** The timeline of a lead as text, with a heading for each part; empty parts are left out. */
export function formatTimeline(timeline: TimelineLead): string {
  const { leadId, outcome, receivedAt, test, decisions } = timeline
  return [
    `${leadId}, ${outcome}, received ${receivedAt}${test ? ', a test' : ''}`,
    ...formatSection('Request', formatLead(timeline)),
    ...formatSection('Consent', timeline.consent ? formatConsent(timeline.consent, timeline.certificates) : []),
    ...formatSection('Bot detection', formatSpamAssessment(timeline)),
    ...decisions.flatMap((decision) =>
      formatSection(
        `Decision at ${decision.decidedAt}, rules ${decision.rulesVersion}`,
        decision.verdicts.flatMap(formatVerdict),
      ),
    ),
    ...formatSection('Deliveries', timeline.deliveries.flatMap(formatDelivery)),
    ...formatSection(
      'Contact details viewed by',
      timeline.reveals.map(({ at, name, keyId, purpose }) => `${at}  ${name} (${keyId})${withPrefix(': ', purpose)}`),
    ),
  ].join('\n')
}

function formatLead(timeline: TimelineLead): string[] {
  const { contact, page, education, startWindow, modality, answers = {}, erased } = timeline
  const preferences = [education?.highestLevel, startWindow && `starts ${startWindow}`, modality]
    .filter(Boolean)
    .join(', ')
  return [
    `for ${timeline.careerSlug}${withPrefix(', ', timeline.programId)}, in ${timeline.state}, through ${timeline.sourceId}`,
    ...(erased ? [`personal data deleted at ${erased.erasedAt} (${erased.erasureId})`] : []),
    ...(contact
      ? [`${contact.firstName} ${contact.lastName}, ${contact.email}, ${contact.phone}, ${contact.zip}`]
      : []),
    ...(page ? [`at ${page.url}${withPrefix(', from ', page.referrer)}`] : []),
    ...(timeline.notes ?? []).map(({ field, change }) => `${field} was ${change} on arrival`),
    preferences,
    ...Object.entries(answers).map(([question, answer]) => `${question}: ${String(answer)}`),
    ...(timeline.offerAt === undefined ? [] : [`next offer at ${timeline.offerAt}`]),
  ].map(toOneLine)
}

function formatConsent(
  {
    grantedAt,
    disclosure,
    schoolIds,
    certificateUrl,
    uncheckedSchoolIds,
    textGaps,
    claimedBy,
  }: NonNullable<TimelineLead['consent']>,
  certificates: TimelineLead['certificates'] = [],
): string[] {
  return [
    `at ${grantedAt}, to text ${disclosure.version} (SHA-256 ${disclosure.sha256})`,
    `named: ${disclosure.schoolIds.join(', ')}`,
    `chosen: ${schoolIds.join(', ')}`,
    ...(uncheckedSchoolIds ? [`unchecked: ${uncheckedSchoolIds.join(', ')}`] : []),
    ...(textGaps ? [`missing in the text: ${[...textGaps.elements, ...textGaps.schoolIds].join(', ')}`] : []),
    ...(claimedBy ? [`text, IP address and browser stated by: ${claimedBy}`] : []),
    ...(certificateUrl === undefined ? [] : [`certificate: ${certificateUrl}`]),
    ...certificates.map(formatCertificate),
    toOneLine(disclosure.text),
  ]
}

function formatCertificate(certificate: NonNullable<TimelineLead['certificates']>[number]): string {
  const { vendor, state, fault, matches, reason, failures } = certificate
  const details = [
    fault,
    matches === undefined ? undefined : matches ? 'matches the lead' : 'does not match the lead',
    failures > 0 && state !== 'retained' ? `${failures} failed attempts` : undefined,
    reason,
  ]
  return toOneLine(`${vendor}: ${[state, ...details].filter(Boolean).join(', ')}`)
}

function formatSpamAssessment({ abuse, quarantine }: TimelineLead): string[] {
  const signals = abuse ? [`${abuse.verdict}, ${abuse.score}${withPrefix(': ', abuse.reasons.join(', '))}`] : []
  return [...signals, ...(quarantine === undefined ? [] : [`quarantine: ${quarantine}`])]
}

function formatVerdict({
  campaignId,
  rank,
  selected,
  priceCents,
  reason,
  ...more
}: TimelineDecision['verdicts'][number]): string[] {
  const reasonText = Object.entries<string>(reasons).find(([code]) => code === reason)?.[1]
  const until = more.until === undefined ? '' : ` Until ${more.until}${more.parked ? ', parked until then' : ''}.`
  const why = selected
    ? `selected for ${formatDollars(priceCents ?? 0)}${more.exclusive ? ', exclusive' : ''}`
    : toOneLine(
        `${reason}: ${more.detail ?? reasonText ?? ''}${until}${more.also ? ` Also: ${more.also.join(', ')}.` : ''}`,
      )
  return [`${String(rank ?? '-').padStart(2)}  ${campaignId.padEnd(28)}  ${why}`]
}

function formatDelivery({ attemptLog, dispositions, return: leadReturn, ...delivery }: TimelineDelivery): string[] {
  const due = delivery.dueAt === undefined ? '' : `, due ${delivery.dueAt}`
  return [
    `${delivery.deliveryId}  ${toOneLine(delivery.schoolName)}, ${delivery.campaignId}: ${delivery.state}${due}`,
    ...attemptLog.map((attempt) => `    ${attempt.number}  ${attempt.startedAt}  ${formatAttempt(attempt)}`),
    ...dispositions.map(
      ({ at, disposition, note }) => `    ${at}  the school: ${disposition}${withPrefix(': ', note)}`,
    ),
    ...(leadReturn ? [`    ${leadReturn.requestedAt}  ${formatReturn(leadReturn)}`] : []),
  ]
}

function formatReturn({
  reason,
  note,
  creditCents,
  state,
  decidedBy,
  answer,
}: NonNullable<TimelineDelivery['return']>): string {
  const decider = decidedBy ? ` by ${toOneLine(decidedBy.name)}` : ''
  const claim = `the school requests a credit of ${formatDollars(creditCents)}: ${reason}${withPrefix(': ', note)}`
  return `${claim}; ${state}${decider}${withPrefix(': ', answer)}`
}

function formatAttempt({
  kind,
  stage,
  status,
  outcome,
  reason,
  response,
}: TimelineDelivery['attemptLog'][number]): string {
  const result = status === undefined ? stage : String(status)
  return toOneLine(`${kind}, ${result}, ${outcome}${withPrefix(': ', reason)}${withPrefix('  ', response)}`)
}

function formatSection(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.filter(Boolean).map((line) => `  ${line}`)]
}

function withPrefix(sign: string, text: string | undefined): string {
  return text ? `${sign}${toOneLine(text)}` : ''
}
