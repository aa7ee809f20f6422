import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problems } from '#shared/contract/problems.ts'
import { matchSeconds } from '#shared/domain/capture/match.ts'
import { publisherDeliveryState } from '#shared/domain/capture/publisher-lead.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { retryDelays, unclearRetryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { firewallLimits, type RateLimitSettings, rateLimits } from '#shared/platform/rate-limits.ts'
import { responseRetentionDays } from '#shared/store/capture/lead-writes.ts'

const guide = readDocument('api.md')
const text = guide.replaceAll('\n', ' ')

describe('the page of promises, limits and errors', () => {
  it('has the rate limits of every deployment', () => {
    const names = { dev: 'AWS, stage dev', prod: 'AWS, stage prod', serve: 'one machine, `npm run serve`' }
    const rows = Object.entries({ ...names, sample: 'sample data, `npm start`' }).map(([name, title]) => {
      const { perAddress, perKey }: RateLimitSettings = rateLimits[name as keyof typeof rateLimits]
      return `| ${title} | ${perAddress ?? 'none'} | ${perKey ?? 'none'} |`
    })
    expect(rows).toHaveLength(Object.keys(rateLimits).length)
    expect(guide).toContain(['|---|---|---|', ...rows, ''].join('\n'))
    const { anonymous, any } = firewallLimits
    expect(text).toContain(
      `in five minutes, one address may send ${anonymous} requests that neither read nor carry an \`Authorization\` header, and ${any} requests of any kind`,
    )
  })

  it('has the lifetimes of an idempotency key and of a match', () => {
    expect(text).toContain(`For ${responseRetentionDays} days, the same key with the same body gets the same bytes`)
    expect(text).toContain(`A \`matchId\` is valid for ${matchSeconds / 3600} hours`)
  })

  it('has the response deadline and both retry schedules', () => {
    const daily = retryDelays.filter((delay) => delay === 24 * 3600)
    const first = retryDelays.slice(0, retryDelays.length - daily.length).map(formatDelay)
    const unclear = unclearRetryDelays.map(formatDelay)
    expect(text).toContain(`has ${attemptTimes.deadlineSeconds} seconds to respond`)
    expect(text).toContain(`after ${first.join(', ')}, and then ${daily.length} times after 24 h`)
    expect(text).toContain(`again after ${unclear.slice(0, -1).join(', ')} and ${unclear.at(-1)}.`)
  })

  it('lists every problem with its status and title, and no other', () => {
    const rows = Object.entries(problems).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
    const table = guide.slice(guide.indexOf('| code | status | title |'))
    expect(table.trim().split('\n').slice(2)).toEqual(rows)
  })
})

describe('the guide for publishers', () => {
  it('names every state that a lead can have at a school', () => {
    const publishers = readDocument('publishers.md')
    expect(publisherDeliveryState.options.filter((state) => !publishers.includes(`\`${state}\``))).toEqual([])
  })
})

function readDocument(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
}

function formatDelay(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`
}
