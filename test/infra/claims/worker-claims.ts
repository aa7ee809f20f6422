import { expect, it } from 'vitest'
import { type Worker, workers } from '#shared/contract/delivery/workers.ts'
import { mentions, type Synthesised } from '../synthesised.ts'

/** What must hold of every worker and of the queue. */
export function workerClaims(built: () => Synthesised): void {
  it.each(Object.entries<Worker>(workers))('%s is run by its queue or its clock', (name, { on }) => {
    const { id } = built().service.lambda(`worker/${name}`)
    const fed = built()
      .service.of('Lambda::EventSourceMapping')
      .filter((mapping) => mentions(mapping.FunctionName, id))
    const ticked = built()
      .service.of('Events::Rule')
      .filter(({ Targets }) => mentions(Targets, id))
    expect({ fed: fed.length, ticked: ticked.length }).toEqual(
      'queue' in on ? { fed: 1, ticked: 0 } : { fed: 0, ticked: 1 },
    )
    if ('everySeconds' in on) expect(ticked[0]?.ScheduleExpression).toBe(everyMinutes(on.everySeconds / 60))
  })

  it('is fed without a filter, which would delete what it does not match', () => {
    for (const mapping of built().service.of('Lambda::EventSourceMapping')) {
      expect(mapping).not.toHaveProperty('FilterCriteria')
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
      expect(mapping.BatchSize).toBeLessThanOrEqual(10)
    }
  })

  it('keeps a message for at least six times as long as it may run', () => {
    const [queue] = built()
      .service.of('SQS::Queue')
      .filter(({ RedrivePolicy }) => RedrivePolicy)
    const { properties } = built().service.lambda('worker/deliver')
    expect(queue?.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(properties.Timeout))
  })
}

function everyMinutes(count: number): string {
  if (count === 60) return 'rate(1 hour)'
  return count === 1 ? 'rate(1 minute)' : `rate(${count} minutes)`
}
