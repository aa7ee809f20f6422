import type * as z from 'zod'
import type { leadStory } from '#shared/contract/operator.ts'
import { reasons } from '#shared/domain/routing/reasons.ts'
import { oneLine } from '#shared/format/one-line.ts'
import { dollars } from '../tell.ts'

type Story = z.output<typeof leadStory>
type Decision = Story['decisions'][number]
type Sent = Story['deliveries'][number]

/** A lead's story as people read it, heading by heading; what has not happened is left out. */
export function storyOf(story: Story): string {
  const { leadId, outcome, receivedAt, test, decisions } = story
  return [
    `${leadId}, ${outcome}, received ${receivedAt}${test ? ', a test' : ''}`,
    ...headed('What came', received(story)),
    ...headed('What the visitor agreed to', story.consent ? agreed(story.consent) : []),
    ...headed('Person or program', judged(story)),
    ...decisions.flatMap((one) =>
      headed(`Decision of ${one.decidedAt}, by rules ${one.rulesVersion}`, one.verdicts.flatMap(verdictOf)),
    ),
    ...headed('Deliveries', story.deliveries.flatMap(deliveryOf)),
    ...headed(
      'Who looked at what is masked',
      story.reveals.map(({ at, name, keyId, purpose }) => `${at}  ${name} (${keyId})${after(': ', purpose)}`),
    ),
  ].join('\n')
}

function received(story: Story): string[] {
  const { contact, page, education, startWindow, modality, answers = {}, erased } = story
  const wants = [education?.highestLevel, startWindow && `starts ${startWindow}`, modality].filter(Boolean).join(', ')
  return [
    `for ${story.careerSlug}${after(', ', story.programId)}, in ${story.state}, through ${story.sourceId}`,
    ...(erased ? [`the person was forgotten at ${erased.erasedAt} (${erased.erasureId})`] : []),
    ...(contact
      ? [`${contact.firstName} ${contact.lastName}, ${contact.email}, ${contact.phone}, ${contact.zip}`]
      : []),
    ...(page ? [`at ${page.url}${after(', from ', page.referrer)}`] : []),
    wants,
    ...Object.entries(answers).map(([question, answer]) => `${question}: ${String(answer)}`),
    ...(story.offerAt === undefined ? [] : [`is offered again at ${story.offerAt}`]),
  ].map(oneLine)
}

function agreed({ grantedAt, disclosure, schoolIds, certificateUrl }: NonNullable<Story['consent']>): string[] {
  return [
    `at ${grantedAt}, to text ${disclosure.version} (SHA-256 ${disclosure.sha256})`,
    `named: ${disclosure.schoolIds.join(', ')}`,
    `chosen: ${schoolIds.join(', ')}`,
    ...(certificateUrl === undefined ? [] : [`certificate: ${certificateUrl}`]),
    oneLine(disclosure.text),
  ]
}

function judged({ abuse, quarantine }: Story): string[] {
  const signals = abuse ? [`${abuse.verdict}, ${abuse.score}${after(': ', abuse.reasons.join(', '))}`] : []
  return [...signals, ...(quarantine === undefined ? [] : [`quarantine: ${quarantine}`])]
}

function verdictOf({
  campaignId,
  rank,
  selected,
  priceCents,
  reason,
  ...more
}: Decision['verdicts'][number]): string[] {
  const said = Object.entries<string>(reasons).find(([code]) => code === reason)?.[1]
  const until = more.until === undefined ? '' : ` Until ${more.until}${more.parked ? ', and kept for it' : ''}.`
  const why = selected
    ? `takes it for ${dollars(priceCents ?? 0)}${more.exclusive ? ', alone' : ''}`
    : oneLine(`${reason}: ${more.detail ?? said ?? ''}${until}`)
  return [`${String(rank ?? '-').padStart(2)}  ${campaignId.padEnd(28)}  ${why}`]
}

function deliveryOf({ attemptLog, dispositions, return: returned, ...one }: Sent): string[] {
  const due = one.dueAt === undefined ? '' : `, due ${one.dueAt}`
  return [
    `${one.deliveryId}  ${oneLine(one.schoolName)}, ${one.campaignId}: ${one.state}${due}`,
    ...attemptLog.map((attempt) => `    ${attempt.number}  ${attempt.startedAt}  ${attemptOf(attempt)}`),
    ...dispositions.map(({ at, disposition, note }) => `    ${at}  the school: ${disposition}${after(': ', note)}`),
    ...(returned ? [`    ${returned.requestedAt}  ${returnOf(returned)}`] : []),
  ]
}

function returnOf({ reason, note, creditCents, state, decidedBy, answer }: NonNullable<Sent['return']>): string {
  const decided = decidedBy ? ` by ${oneLine(decidedBy.name)}` : ''
  const wanted = `the school wants ${dollars(creditCents)} back: ${reason}${after(': ', note)}`
  return `${wanted}; ${state}${decided}${after(': ', answer)}`
}

function attemptOf({ kind, stage, status, outcome, reason, answer }: Sent['attemptLog'][number]): string {
  const came = status === undefined ? stage : String(status)
  return oneLine(`${kind}, ${came}, ${outcome}${after(': ', reason)}${after('  ', answer)}`)
}

function headed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.filter(Boolean).map((line) => `  ${line}`)]
}

function after(sign: string, text: string | undefined): string {
  return text ? `${sign}${oneLine(text)}` : ''
}
