import { crashes } from './crashes.ts'
import { fairness } from './fairness.ts'
import { hostileAddresses } from './hostile-addresses.ts'
import { hostileAnswers } from './hostile-answers.ts'
import type { Proof } from './proof.ts'
import { rotatingSecrets } from './rotating-secrets.ts'
import { simulation } from './simulation.ts'

/** Every proof there is, by the name that `npm run crash` knows it by. */
export const proofs: { [name: string]: Proof } = {
  ...crashes,
  fairness,
  'hostile-addresses': hostileAddresses,
  'hostile-answers': hostileAnswers,
  'rotating-secrets': rotatingSecrets,
  simulation,
}
