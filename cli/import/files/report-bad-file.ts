import { stop } from '../../ops/stop.ts'
import { BadFile } from './bad-file.ts'

/** A bad file is wrong usage: its complaint is all that is said. */
export function reportBadFile<Args extends unknown[]>(action: (...args: Args) => Promise<void>) {
  return (...args: Args): Promise<void> =>
    action(...args).catch((error: unknown) => {
      if (error instanceof BadFile) stop({ title: error.message, ends: 'usage' })
      throw error
    })
}
