import { stop } from '../../ops/stop.ts'
import { BadFile } from './bad-file.ts'

/** A bad file is wrong usage: its complaint is all that is said. */
export function toldPlainly<Given extends unknown[]>(action: (...given: Given) => Promise<void>) {
  return (...given: Given): Promise<void> =>
    action(...given).catch((error: unknown) => {
      if (error instanceof BadFile) stop({ title: error.message, ends: 'usage' })
      throw error
    })
}
