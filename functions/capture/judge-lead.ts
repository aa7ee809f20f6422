import { type Abuse, judge, signals, type Trace } from '#shared/domain/capture/abuse.ts'
import { guardOfToken } from '#shared/domain/capture/form-token.ts'
import type { Source } from '#shared/domain/capture/source.ts'
import type { Guard } from '#shared/domain/routing/duplicates.ts'

/** `guards`: what the lead's transaction holds against a second lead with the same form token. */
export type Judged = { abuse: Abuse | undefined; way: 'route' | 'quarantine'; guards: readonly Guard[] }

/** What is thought of a lead, and what its source wants done about it. */
export function judgeLead({ abuse: wanted }: Pick<Source, 'abuse'>, trace: Trace | undefined, table = signals): Judged {
  if (!trace) return { abuse: undefined, way: 'route', guards: [] }
  const abuse = judge(trace, table)
  return {
    abuse,
    way: abuse.verdict === 'suspicious' && wanted === 'enforce' ? 'quarantine' : 'route',
    guards: trace.token.is === 'live' ? [guardOfToken(trace.token.id)] : [],
  }
}
