import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type Needs as SweepNeeds, sweepDue } from './sweep-due.ts'

type Needs = SweepNeeds & Pick<Dependencies, 'sleep'>
type Turn = { everySeconds: number; againAfterSeconds: number }

/** Sweeps again and again until the next turn begins, since the first retries are due within seconds. */
export async function keepSweeping({ everySeconds, againAfterSeconds }: Turn, needs: Needs): Promise<void> {
  const ends = needs.now().getTime() + (everySeconds - againAfterSeconds) * 1000
  await sweepDue(needs)
  while (needs.now().getTime() < ends) {
    await needs.sleep(againAfterSeconds * 1000)
    await sweepDue(needs)
  }
}
