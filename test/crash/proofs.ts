import { crashes } from './crashes.ts'
import { fairness } from './fairness.ts'
import type { Proof } from './proof.ts'

/** Every proof there is, by the name that `npm run crash` knows it by. */
export const proofs: { [name: string]: Proof } = { ...crashes, fairness }
