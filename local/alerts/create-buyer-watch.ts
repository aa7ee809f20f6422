import type { AttentionItem } from '#shared/domain/reporting/attention.ts'
import type { Log } from '#shared/platform/log.ts'
import type { ScheduledTask } from '../workers/start-scheduled-tasks.ts'
import { findBuyerAttention } from './find-buyer-attention.ts'

type BuyerWatchSetup = { deps: Parameters<typeof findBuyerAttention>[0]; log: Log }

/** Looks once a minute which schools and campaigns need attention, for the console of a host that sends no alerts. */
export function createBuyerWatch({ deps, log }: BuyerWatchSetup) {
  let current: AttentionItem[] = []
  async function run(): Promise<void> {
    const at = deps.now().toISOString()
    try {
      const findings = await findBuyerAttention(deps)
      current = findings.map(({ since, ...finding }) => {
        const earlier = current.find(({ code, subject }) => code === finding.code && subject === finding.subject)
        return { ...finding, since: since ?? earlier?.since ?? at }
      })
    } catch (error) {
      log('attention.failed', {
        codes: ['endpoint-failing'],
        error: error instanceof Error ? error.message : String(error),
      })
    }
  }
  return { task: { everySeconds: 60, run } satisfies ScheduledTask, list: () => current }
}
