import { Refusal } from '../contract/problems.ts'

/**
 * The one policy for optimistic locks: read, compute and write again, at once, up to `limit` times in total.
 * `work` returns `conflict` if its conditional write lost against another writer; it must read again on each attempt.
 * Returns the first other result, or `conflict` if every attempt lost. An error that `work` throws ends the attempts.
 */
export async function retryOnConflict<Result>(
  limit: number,
  work: () => Promise<Result | 'conflict'>,
): Promise<Result | 'conflict'> {
  for (let attempt = 1; attempt <= limit; attempt++) {
    const result = await work()
    if (result !== 'conflict') return result
  }
  return 'conflict'
}

/** For callers that have no other answer to a lasting conflict: the client may send the same request again. */
export function conflictRefusal(detail = 'Another change was made at the same time. Send the same request again.') {
  return new Refusal('CONFLICT_RETRY', detail, { headers: { 'retry-after': '1' } })
}
