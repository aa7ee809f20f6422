import { stop } from '../../ops/stop.ts'
import { BadFile } from './bad-file.ts'

/** Wraps an action: a BadFile exits with the code for wrong usage and its message. */
export function reportBadFile<Args extends unknown[]>(action: (...args: Args) => Promise<void>) {
  return (...args: Args): Promise<void> =>
    action(...args).catch((error: unknown) => {
      if (error instanceof BadFile) stop({ title: error.message, ends: 'usage' })
      throw error
    })
}
