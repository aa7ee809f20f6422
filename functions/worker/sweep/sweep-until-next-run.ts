import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type SweepDueDependencies, sweepDue } from './sweep-due.ts'

type SweepUntilNextRunDependencies = SweepDueDependencies & Pick<Dependencies, 'sleep'>
type SweepSchedule = { everySeconds: number; againAfterSeconds: number }

/** Sweeps every `againAfterSeconds` until the next scheduled run, because the first retries are due within seconds. */
export async function sweepUntilNextRun(
  { everySeconds, againAfterSeconds }: SweepSchedule,
  deps: SweepUntilNextRunDependencies,
): Promise<void> {
  const endsAt = deps.now().getTime() + (everySeconds - againAfterSeconds) * 1000
  await sweepDue(deps)
  while (deps.now().getTime() < endsAt) {
    await deps.sleep(againAfterSeconds * 1000)
    await sweepDue(deps)
  }
}
