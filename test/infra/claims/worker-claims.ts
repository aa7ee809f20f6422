import { expect, it } from 'vitest'
import type { WorkerDefinition } from '#shared/platform/worker-definition.ts'
import { workers } from '#shared/platform/workers.ts'
import { hasText, type SynthesizedApp } from '../synthesize.ts'

/** What must hold of every worker and of the queue. */
export function workerClaims(built: () => SynthesizedApp): void {
  it.each(Object.entries<WorkerDefinition>(workers))(
    'start %s by its queue or its schedule',
    (name, { trigger: on }) => {
      const { id } = built().service.lambda(`worker/${name}`)
      const queueMappings = built()
        .service.of('Lambda::EventSourceMapping')
        .filter((mapping) => hasText(mapping.FunctionName, id))
      const scheduleRules = built()
        .service.of('Events::Rule')
        .filter(({ Targets }) => hasText(Targets, id))
      expect({ fed: queueMappings.length, ticked: scheduleRules.length }).toEqual(
        'queue' in on ? { fed: 1, ticked: 0 } : { fed: 0, ticked: 1 },
      )
      if ('everySeconds' in on) expect(scheduleRules[0]?.ScheduleExpression).toBe(formatRate(on.everySeconds / 60))
    },
  )

  it('have no queue filter, which would delete messages that it does not match', () => {
    for (const mapping of built().service.of('Lambda::EventSourceMapping')) {
      expect(mapping).not.toHaveProperty('FilterCriteria')
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
      expect(mapping.BatchSize).toBeLessThanOrEqual(10)
    }
  })

  it('hide a message for at least six times their timeout', () => {
    const [queue] = built()
      .service.of('SQS::Queue')
      .filter(({ RedrivePolicy }) => RedrivePolicy)
    const { properties } = built().service.lambda('worker/deliver')
    expect(queue?.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(properties.Timeout))
  })
}

function formatRate(count: number): string {
  if (count === 60) return 'rate(1 hour)'
  return count === 1 ? 'rate(1 minute)' : `rate(${count} minutes)`
}
