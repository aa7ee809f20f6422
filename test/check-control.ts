import * as fc from 'fast-check'

/** Where a negative control looks for a fault: in the examples first, then in random inputs. */
type ControlOptions<Inputs> = { numRuns: number; examples?: Inputs[] }

/** Runs a property that must fail. Its random inputs are the same in each run, so that chance decides no control. */
export async function checkControl<Inputs>(
  property: fc.IRawProperty<Inputs>,
  { numRuns, examples = [] }: ControlOptions<Inputs>,
): Promise<{ failed: boolean; numRuns: number }> {
  return fc.check(property, { seed: 1, numRuns, examples, endOnFailure: true })
}
