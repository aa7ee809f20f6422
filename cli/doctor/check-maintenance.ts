import type { StageFile } from '#infra/stage-file.ts'
import { queueRetentionDays } from '#shared/platform/workers.ts'
import { type CheckResult, fail, pass } from './check-result.ts'

/** What of a stage is deployed, and when that was last changed. */
export type DeployedState = { isInMaintenance: boolean; updatedAt: Date }
type CheckedStage = { name: string; file: Pick<StageFile, 'maintenance'> }

const msPerDay = 24 * 60 * 60 * 1000
const keptFor = queueRetentionDays === 1 ? 'a day' : `${queueRetentionDays} days`

/**
 * Whether a stage refuses writes, as deployed and as its file says. It is a fault once bounces of emails may be lost: the queue
 * that keeps them meanwhile deletes those that are older.
 * @param deployed undefined if nothing is deployed
 */
export function checkMaintenance(
  { name, file: { maintenance } }: CheckedStage,
  deployed: DeployedState | undefined,
  now: Date,
): CheckResult {
  const nextDeploy = `The next deploy of stages/${name}.json turns it`
  if (!deployed?.isInMaintenance) return pass(maintenance === 'on' ? `off. ${nextDeploy} on` : 'off')
  const since = deployed.updatedAt.toISOString()
  const actual = `on at least since ${since}: writes get 503, and deliveries, schedules and bounces wait`
  const bouncesUntil = new Date(deployed.updatedAt.getTime() + queueRetentionDays * msPerDay)
  const ending =
    maintenance === 'on'
      ? `Write "maintenance": "off" into stages/${name}.json and deploy`
      : `Run: npm run deploy -- ${name}`
  if (now >= bouncesUntil)
    return fail(
      `${actual}. Bounces are kept for ${keptFor}: older ones are lost`,
      `${ending}, as soon as no restore needs it.`,
    )
  const outlook = `Bounces are kept for ${keptFor}, the first ones until ${bouncesUntil.toISOString()}`
  return pass(`${actual}. ${outlook}${maintenance === 'off' ? `. ${nextDeploy} off` : ''}`)
}
