import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { metrics } from '#shared/platform/metrics.ts'
import type { SynthesizedApp } from '../synthesize.ts'
import { getEdge } from './edge-claims.ts'

type DocumentedCost = { number: number; cents: number }

/** What a stage costs without traffic: the numbers of the table in docs/deploying.md are those of the templates. */
export function costClaims(built: () => SynthesizedApp): void {
  const listOf = (type: string) => {
    const { storage, service } = built()
    return [storage, service, getEdge(built())].flatMap((stack) => stack.of(type))
  }

  it('has the numbers that docs/deploying.md says, and their prices add up', () => {
    const costs = readCosts()
    const findNumber = (what: string) => costs.find(([name]) => name.startsWith(what))?.[1].number
    expect({
      alarms: findNumber('alarms'),
      rules: findNumber('firewall'),
      metrics: findNumber('metrics of our own'),
      dashboards: findNumber('dashboards'),
      keys: findNumber('keys of the tables'),
      secrets: findNumber('secrets'),
    }).toEqual({
      alarms: listOf('CloudWatch::Alarm').reduce((sum, alarm) => sum + countMetrics(alarm), 0),
      rules: listOf('WAFv2::WebACL').flatMap(({ Rules }) => Rules).length,
      metrics: Object.keys(metrics).length,
      dashboards: listOf('CloudWatch::Dashboard').length,
      keys: listOf('KMS::Key').length,
      secrets: listOf('SecretsManager::Secret').length,
    })
    expect(built().service.lambda('worker/sweep').properties).toMatchObject({ MemorySize: 256 })
    const all = costs.find(([name]) => name === '**all**')?.[1].cents
    const lines = costs.filter(([name]) => name !== '**all**')
    expect(lines.reduce((sum, [, { cents }]) => sum + cents, 0)).toBe(all)
  })
}

/** An alarm over an expression counts each metric of it. */
function countMetrics({ Metrics }: { [name: string]: unknown }): number {
  return Array.isArray(Metrics) ? Metrics.filter((metric) => Object.hasOwn(metric, 'MetricStat')).length : 1
}

function readCosts(): [name: string, cost: DocumentedCost][] {
  const docs = readFileSync(new URL('../../../docs/deploying.md', import.meta.url), 'utf8')
  const [, section = ''] = docs.split('## What it costs')
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| (.*?) \|(.*?)\| \**(\d+)\.(\d\d)\** \|$/gm)].map(
    ([, name = '', number = '', dollars, cents]) => [
      name,
      { number: Number.parseInt(number, 10), cents: Number(`${dollars}${cents}`) },
    ],
  )
}
