/** A promise, put to the test: at full size by `npm run crash`, and small in `npm test`. */
export type Proof = { title: string; run: (scale: ProofScale) => Promise<ProofResult> }
export type ProofScale = { size: 'small' | 'full'; seed: number }
/** What was seen, and in what it differs from what is promised: where the promise holds, there are no faults. */
export type ProofResult = { figures: { [what: string]: string | number }; faults: string[] }
