import { normalizeState } from '../../fields/state-names.ts'
import { state as stateCode } from '../../vocabulary.ts'
import type { Fact } from '../fact.ts'

/** Whether the place of a fact is a state, and another one than `state`, a code such as `TX`. */
export function isOfAnotherState({ geography }: Pick<Fact, 'geography'>, state: string): boolean {
  const { success, data } = stateCode.safeParse(normalizeState(geography))
  return success && data !== state
}
