import * as z from 'zod'
import type { EdgeSecrets } from '../../http/edge.ts'

const maxAgeMs = 60_000

/** Reads `{"current": "...", "previous": "..."}`, and again after a minute. A secret that cannot be read is asked for again. */
export function createEdgeSecretReader(readSecret: () => Promise<string>, { now }: { now: () => Date }): EdgeSecrets {
  let stored: { secrets: readonly string[]; readAt: number } | undefined
  return async () => {
    const at = now().getTime()
    if (stored && at - stored.readAt < maxAgeMs) return stored.secrets
    const { current, previous } = edgeSecret.parse(JSON.parse(await readSecret()))
    stored = { secrets: previous === undefined ? [current] : [current, previous], readAt: at }
    return stored.secrets
  }
}

const edgeSecret = z.object({ current: z.string().min(32), previous: z.string().min(32).optional() })
