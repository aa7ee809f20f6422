/** A test of a promise, at full size in `npm run crash` and at the sizes of test-sizes.ts in `npm test`. */
export type Proof = { title: string; run: (scale: ProofScale) => Promise<ProofResult> }
export type ProofScale = { size: 'small' | 'full'; seed: number }
/** Figures of a run, and its faults; none if the promise holds. */
export type ProofResult = { figures: { [what: string]: string | number }; faults: string[] }
