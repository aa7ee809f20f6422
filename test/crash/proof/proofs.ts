import { fairness } from '../fairness/fairness.ts'
import { rotatingSecrets } from '../fairness/rotating-secrets.ts'
import { hostileAddresses } from '../hostile/hostile-addresses.ts'
import { hostileAnswers } from '../hostile/hostile-answers.ts'
import { crashes } from '../kill/crashes.ts'
import { simulation } from '../simulation/simulation.ts'
import type { Proof } from './proof.ts'

/** All proofs, by their name in `npm run crash`. */
export const proofs: { [name: string]: Proof } = {
  ...crashes,
  fairness,
  'hostile-addresses': hostileAddresses,
  'hostile-answers': hostileAnswers,
  'rotating-secrets': rotatingSecrets,
  simulation,
}
