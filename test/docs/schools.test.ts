import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dispositions } from '#shared/domain/aftercare/disposition.ts'
import { defaultReturnTerms, reasonsWithNote, returnReason } from '#shared/domain/aftercare/lead-return.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { type CallingRule, federalRule, stateRules } from '#shared/domain/routing/calling/calling-rules.ts'

const guide = readFileSync(new URL('../../docs/schools.md', import.meta.url), 'utf8')

describe('the guide for schools', () => {
  it('shows a valid body', () => {
    const [, body = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? []
    expect(leadCreated.safeParse(JSON.parse(body)).error?.issues ?? []).toEqual([])
  })

  it('lists the retry delays and the response deadline', () => {
    const last = retryDelays.filter((delay) => delay === 24 * 3600)
    const first = retryDelays.slice(0, retryDelays.length - last.length)
    const sentence = `after ${first.map(formatDelay).join(', ')}, and then ${last.length} times after 24 h`
    expect(guide).toContain(sentence)
    expect(guide).toContain(`You have ${attemptTimes.deadlineSeconds} seconds.`)
  })

  it('lists every disposition', () => {
    const words = Object.keys(dispositions).map((word) => `\`${word}\``)
    expect(guide.replaceAll('\n', ' ')).toContain(`One of ${words.join(', ')}.`)
  })

  it('lists the calling hours of each rule, and when they were checked', () => {
    const [, table = ''] = /## When the person may be called[\s\S]*?\n\|---[|-]*\n([\s\S]*?)\n\n/.exec(guide) ?? []
    expect(table.split('\n')).toEqual([federalRule, ...stateRules].map(formatRule))
    expect(guide).toContain(`Checked on ${federalRule.checkedOn};`)
  })

  it('lists every return reason, which ones need a note, and the deadline', () => {
    const quote = (reasons: readonly string[]) => reasons.map((reason) => `\`${reason}\``)
    const text = guide.replaceAll('\n', ' ')
    expect(text).toContain(`One of ${quote(returnReason.options).join(', ')};`)
    expect(text).toContain(`${quote(reasonsWithNote).join(' and ')} need a \`note\``)
    expect(text).toContain(`until ${defaultReturnTerms.days} days after it was delivered`)
  })
})

function formatRule({ id, weekdays, saturday, sunday, holidays, law, evidence }: CallingRule): string {
  const spans = [weekdays, saturday, sunday].map((hours) =>
    hours === 'closed' ? 'no calls' : `${hours.from}–${hours.to}`,
  )
  return `| ${[id, ...spans, holidays ? 'no calls' : '', law, evidence].join(' | ')} |`
}

function formatDelay(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`
}
