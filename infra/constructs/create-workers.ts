import type { Construct } from 'constructs'
import { ScheduledRule } from '#infra/constructs/scheduled-rule.ts'
import { type ServiceContext, ServiceFunction } from '#infra/constructs/service-function.ts'
import type { WorkQueue } from '#infra/constructs/work-queue.ts'
import type { QueueName, WorkerDefinition } from '#shared/platform/worker-definition.ts'
import { type WorkerName, workers } from '#shared/platform/workers.ts'

/** One Lambda for each row of the table of workers, each with its own role and alarms, started by its queue or schedule. */
export function createWorkers(
  scope: Construct,
  context: ServiceContext,
  queues: { [Name in QueueName]: Pick<WorkQueue, 'addConsumer'> },
): void {
  // What is queued or due meanwhile waits.
  const isEnabled = !context.stage.isInMaintenance
  for (const name of listWorkerNames()) {
    const { trigger, timeoutSeconds, memoryMegabytes, whenItFails, ...definition }: WorkerDefinition = workers[name]
    const id = toPascalCase(name)
    const worker = new ServiceFunction(scope, id, {
      ...context,
      name: `worker/${name}`,
      timeoutSeconds,
      ...(memoryMegabytes !== undefined && { memoryMegabytes }),
      whenItFails,
    })
    if ('queue' in trigger) queues[trigger.queue].addConsumer(worker, { isEnabled })
    else if ('whenItStops' in definition)
      new ScheduledRule(scope, `${id}Schedule`, {
        worker,
        everySeconds: trigger.everySeconds,
        isEnabled,
        whenItStops: definition.whenItStops,
        alarmTopic: context.alarmTopic,
      })
  }
}

function listWorkerNames(): WorkerName[] {
  return Object.keys(workers) as WorkerName[]
}

/** `roll-up` becomes `RollUp`. */
function toPascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
